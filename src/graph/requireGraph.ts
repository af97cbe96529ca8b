// The check of an argument that must be a graph. It looks at the parts of a graph, so that one of another copy of the package passes.
import { got } from '../numerics/check.js';
import type { CompressedRows } from './compressedRows.js';

/** @throws TypeError unless `graph` is one */
export function requireGraph(caller: string, graph: CompressedRows): void {
  const { nodeCount, offsets, neighbours }: Partial<CompressedRows> = graph ?? {};
  if (Number.isInteger(nodeCount) && offsets instanceof Int32Array && neighbours instanceof Int32Array) return;
  throw new TypeError(`${caller}: graph must be a graph, such as ring(10), got ${got(graph)}`);
}
