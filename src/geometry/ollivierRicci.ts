// Ollivier's Ricci curvature of an edge compares the distance of the neighbourhoods of its two ends with the
// distance of the ends,
//   kappa(u, v) = 1 - W1(m_u, m_v) / d(u, v)
// with m_u the law of a lazy walk after one step from u, W1 the least cost of moving m_u to m_v, and d the
// length of the shortest path. Mass that both have does not move, which is optimal since d is a metric.
// Source: Ollivier, J. Funct. Anal. 256 (2009) 810, doi:10.1016/j.jfa.2008.11.001.
import { type Graph, requireUnsigned } from '../graphs/index.js';
import {
  byDefault,
  type Filled,
  type Options,
  type OptionsOf,
  readOptions,
  typed,
} from '../numerics/options.js';
import { aFunction, aList, oneOf, positive, fraction } from '../numerics/rules.js';
import { edgeLengths } from './edgeLengths.js';
import { type Decay, walkShares } from './lazyWalk.js';
import { sinkhornCost } from './sinkhorn.js';
import { DUST, type Transport, transportCost } from './optimalTransport.js';
import { Surroundings } from './surroundings.js';

const square: Decay = (length) => length * length;

export const walkOptions = {
  /** Probability that the walk stays, in [0, 1]; 0.5 by default. */
  idleness: byDefault(0.5, fraction),
  /**
   * A neighbour's share falls as exp(-decay(length)): l^2 by default, as in GraphRicciCurvature; `() => 0`
   * for equal shares.
   */
  decay: byDefault(square, typed(aFunction)),
  /** 'exact' by default; the curvature of 'sinkhorn' is never above it. */
  method: byDefault<'exact' | 'sinkhorn'>('exact', oneOf('exact', 'sinkhorn')),
  /** The regularisation of 'sinkhorn', in units of d(u, v); 0.1 by default. */
  regularisation: byDefault(0.1, positive),
};

/** Options of the lazy walk behind Ollivier's curvature. */
export interface LazyWalkOptions extends Options, OptionsOf<typeof walkOptions> {}

const ollivierOptions = {
  /** [E], from 0 to 1e300; all 1 by default. Couplings have no effect. */
  lengths: typed<ArrayLike<number>>(aList),
};

/** Options of `ollivierRicci`. */
export interface OllivierOptions extends LazyWalkOptions, OptionsOf<typeof ollivierOptions> {}

/**
 * `[E]`: kappa of each edge, in the order of the input; at most 1, and 0 if the ends are at distance 0. The
 * divisor is the distance of the ends, which is below the length of an edge that has a shorter detour;
 * GraphRicciCurvature divides by the length. 1e4 nodes of mean degree 8 take about a second.
 *
 * @throws RangeError for an idleness outside [0, 1], lengths that are negative or above 1e300, or a
 * regularisation that is not positive
 * @example geometry.ollivierRicci(karateClub())[15]; // -0.427083 = -41/96, of the edge between members 0 and 31
 */
export function ollivierRicci(graph: Graph, options: OllivierOptions = {}): Float64Array {
  requireUnsigned('ollivierRicci', graph);
  const given = readOptions('ollivierRicci', options, { ...walkOptions, ...ollivierOptions });
  return curvatureOf('ollivierRicci', graph, edgeLengths('ollivierRicci', graph, given.lengths), given)
    .curvatures;
}

/** `[E]`: curvatures, and d(u, v) of the ends. */
export type Curvature = Readonly<Record<'curvatures' | 'distances', Float64Array>>;

export function curvatureOf(
  caller: string,
  graph: Graph,
  lengths: Float64Array,
  { idleness, decay, method, regularisation }: Filled<typeof walkOptions>,
): Curvature {
  const { nodeCount, edgeCount, neighbours, edgeOf } = graph;
  const shares = walkShares(caller, graph, lengths, idleness, decay);
  const walk: Walk = { graph, lengths, idleness, shares, surplus: new Float64Array(nodeCount) };
  const near = new Surroundings(graph, lengths);
  const [curvatures, distances] = [new Float64Array(edgeCount), new Float64Array(edgeCount)];
  for (let u = 0; u < nodeCount; u++) {
    const starts = startsAt(graph, u);
    if (starts.length === 0) continue;
    near.moveTo(u);
    for (const h of starts) {
      const [v, edge] = [neighbours[h], edgeOf[h]];
      const distance = (distances[edge] = near.distancesFrom(u, 0)[near.place[v]]);
      if (distance === 0) continue;
      const transport = transportBetween(u, v, walk, near);
      curvatures[edge] = 1 - leastCost(transport, method, regularisation * distance) / distance;
    }
  }
  return { curvatures, distances };
}

/** The half-edges from u whose edge is computed from u: the end of lower degree, from which fewer paths start. */
function startsAt(graph: Graph, u: number): number[] {
  const starts: number[] = [];
  for (let h = graph.offsets[u]; h < graph.offsets[u + 1]; h++) {
    const v = graph.neighbours[h];
    const [a, b] = [graph.degree(u), graph.degree(v)];
    if (a < b || (a === b && u < v)) starts.push(h);
  }
  return starts;
}

/** W1, up to a regularisation. */
function leastCost(transport: Transport, method: 'exact' | 'sinkhorn', regularisation: number): number {
  if (transport.costs.length === 0) return 0; // the laws are equal
  return method === 'exact' ? transportCost(transport) : sinkhornCost(transport, regularisation);
}

interface Walk {
  readonly graph: Graph;
  readonly lengths: Float64Array;
  readonly idleness: number;
  readonly shares: Float64Array;
  /** `[N]`: m_u - m_v while an edge (u, v) is computed, 0 otherwise. */
  readonly surplus: Float64Array;
}

/** The transport of m_u to m_v, of what one has more than the other. */
function transportBetween(u: number, v: number, walk: Walk, near: Surroundings): Transport {
  const { surplus, lengths } = walk;
  const { offsets, neighbours, edgeOf } = walk.graph;
  addLaw(walk, u, 1);
  addLaw(walk, v, -1);
  const [supplies, demands, sinks]: number[][] = [[], [], []];
  const sources: Float64Array[] = [];
  const supply = (x: number, toU: number): void => {
    if (surplus[x] <= DUST) return;
    supplies.push(surplus[x]);
    sources.push(near.distancesFrom(x, toU));
  };
  const demand = (y: number): void => {
    if (surplus[y] >= -DUST) return;
    demands.push(-surplus[y]);
    sinks.push(near.place[y]);
  };
  supply(u, 0);
  for (let h = offsets[u]; h < offsets[u + 1]; h++) supply(neighbours[h], lengths[edgeOf[h]]);
  demand(v);
  for (let h = offsets[v]; h < offsets[v + 1]; h++) demand(neighbours[h]);
  forgetLaw(walk, u);
  forgetLaw(walk, v);
  const costs = new Float64Array(sources.length * sinks.length);
  let at = 0;
  for (const row of sources) for (const y of sinks) costs[at++] = row[y];
  return { supplies: new Float64Array(supplies), demands: new Float64Array(demands), costs };
}

/** Adds m_u, or subtracts it. */
function addLaw({ graph, idleness, shares, surplus }: Walk, u: number, sign: 1 | -1): void {
  const { offsets, neighbours } = graph;
  surplus[u] += sign * idleness;
  for (let h = offsets[u]; h < offsets[u + 1]; h++) surplus[neighbours[h]] += sign * shares[h];
}

function forgetLaw({ graph: { offsets, neighbours }, surplus }: Walk, u: number): void {
  surplus[u] = 0;
  for (let h = offsets[u]; h < offsets[u + 1]; h++) surplus[neighbours[h]] = 0;
}
