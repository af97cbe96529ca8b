// The feedback of geometry on the field: a spring of half the length is twice as stiff, J = J_0 / length.
import { type Graph, requireUnsigned, fromEdges } from '../graphs/index.js';
import { aList } from '../numerics/rules.js';
import { quotientOf } from './quotient.js';
import type { RicciFlow } from './ricciFlow.js';

/**
 * The graph after a flow, with couplings J = J_0 / length, J_0 those of the graph before: without cut edges,
 * contracted nodes as one (numbered by lowest node), parallel edges as one with the sum of their couplings.
 *
 * @throws RangeError for a flow that is not of this graph
 * @example
 * const club = karateClub();
 * geometry.flowCouplings(club, await geometry.ricciFlow(club, { steps: 3 })).couplings[0]; // 1.710
 */
export function flowCouplings(graph: Graph, flow: Pick<RicciFlow, 'lengths'>): Graph {
  requireUnsigned('flowCouplings', graph);
  aList('flowCouplings', 'the lengths of the flow', flow?.lengths as never);
  if (flow.lengths.length !== graph.edgeCount) {
    throw new RangeError(
      `flowCouplings: the flow must have ${graph.edgeCount} lengths, got ${flow.lengths.length}`,
    );
  }
  const { graph: left, edgeOf } = quotientOf(graph, flow.lengths);
  const couplings = new Float64Array(left.edgeCount);
  edgeOf.forEach((at, edge) => {
    if (at >= 0) couplings[at] += graph.coupling(edge) / flow.lengths[edge];
  });
  return fromEdges(left.nodeCount, left.endpoints, { couplings, name: graph.name, connected: false });
}
