// The identity of a graph for run manifests: SHA-256 over a canonical form, the edges (a, b, J) with a < b in
// ascending order, after a header with N and E. Integers are 32-bit, couplings 64-bit floats, little-endian.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Graph } from './graph.js';

const BYTES_PER_EDGE = 16;

export function hashOf({ nodeCount, edgeCount, offsets, neighbours, edgeOf, couplings }: Graph): string {
  const header = utf8ToBytes(`graph ${nodeCount} ${edgeCount}\n`);
  const bytes = new Uint8Array(header.length + BYTES_PER_EDGE * edgeCount);
  bytes.set(header);
  const view = new DataView(bytes.buffer);
  let at = header.length;
  for (let a = 0; a < nodeCount; a++) {
    for (let h = offsets[a]; h < offsets[a + 1]; h++) {
      if (neighbours[h] < a) continue;
      view.setUint32(at, a, true);
      view.setUint32(at + 4, neighbours[h], true);
      view.setFloat64(at + 8, couplings[edgeOf[h]], true);
      at += BYTES_PER_EDGE;
    }
  }
  return bytesToHex(sha256(bytes));
}
