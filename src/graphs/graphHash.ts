// The identity of a graph for run manifests: SHA-256 over a canonical form, the edges (a, b, J) with a < b in
// ascending order, after a header with N and E. Integers are 32-bit, couplings 64-bit floats, little-endian.
import { Sha256 } from '../numerics/sha256.js';
import type { CompressedRows } from './compressedRows.js';

const BYTES_PER_EDGE = 16;
const EDGES_AT_ONCE = 4096;

export function hashOf(graph: CompressedRows): string {
  const { nodeCount, edgeCount, offsets, neighbours } = graph;
  const edgeOf = graph.equalCoupling === undefined ? graph.edgeOf : undefined;
  const digest = new Sha256().add(`graph ${nodeCount} ${edgeCount}\n`);
  const bytes = new Uint8Array(BYTES_PER_EDGE * EDGES_AT_ONCE);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (let a = 0; a < nodeCount; a++) {
    for (let h = offsets[a]; h < offsets[a + 1]; h++) {
      if (neighbours[h] < a) continue;
      view.setUint32(at, a, true);
      view.setUint32(at + 4, neighbours[h], true);
      view.setFloat64(at + 8, graph.coupling(edgeOf === undefined ? 0 : edgeOf[h]), true);
      at += BYTES_PER_EDGE;
      if (at < bytes.length) continue;
      digest.add(bytes);
      at = 0;
    }
  }
  return digest.add(bytes.subarray(0, at)).hex();
}
