// The feedback of geometry on the field: a spring of half the length is twice as stiff, J = J_0 / length.
import type { Graph } from '../graph/index.js';
import { fromEdges } from '../graph/index.js';
import { quotientOf } from './quotient.js';
import type { RicciFlow } from './ricciFlow.js';

/**
 * The graph that a flow has made, with couplings J = J_0 / length, J_0 those of the graph that flowed: without what was cut, contracted
 * nodes as one (numbered by lowest node), couplings of edges that have come to lie side by side added up.
 *
 * @throws RangeError for a flow that is not of this graph
 * @example
 * flowCouplings(karateClub(), await ricciFlow(karateClub(), { steps: 3 })).couplings[0]; // 1.710450 = 1 / 0.584642
 */
export function flowCouplings(graph: Graph, flow: Pick<RicciFlow, 'lengths'>): Graph {
  if (flow.lengths.length !== graph.edgeCount) {
    throw new RangeError(`flowCouplings: the flow must have ${graph.edgeCount} lengths, got ${flow.lengths.length}`);
  }
  const { graph: left, edgeOf } = quotientOf(graph, flow.lengths);
  const weights = new Float64Array(left.edgeCount);
  edgeOf.forEach((at, edge) => {
    if (at >= 0) weights[at] += graph.coupling(edge) / flow.lengths[edge];
  });
  return fromEdges(left.nodeCount, left.endpoints, { weights, name: graph.name, connected: false });
}
