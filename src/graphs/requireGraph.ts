// The check of an argument that must be a graph. It looks at the parts of a graph, so that one of another
// copy of the package passes.
import { got } from '../numerics/check.js';
import type { CompressedRows } from './compressedRows.js';

/** @throws TypeError unless `graph` is one */
export function requireGraph(caller: string, graph: CompressedRows): void {
  const { nodeCount, offsets, neighbours }: Partial<CompressedRows> = graph ?? {};
  if (Number.isInteger(nodeCount) && offsets instanceof Int32Array && neighbours instanceof Int32Array)
    return;
  throw new TypeError(`${caller}: graph must be a graph, such as ring(10), got ${got(graph)}`);
}

/**
 * @throws RangeError for a graph with a negative coupling, such as that of a spin glass: here a coupling is a
 * weight, a rate or a length
 */
export function requireUnsigned(caller: string, graph: CompressedRows): void {
  requireGraph(caller, graph);
  const { equalCoupling } = graph;
  const least = equalCoupling ?? graph.couplings.find((J) => J < 0) ?? 0;
  if (least < 0)
    throw new RangeError(`${caller}: the couplings of the graph must not be negative, got ${least}`);
}
