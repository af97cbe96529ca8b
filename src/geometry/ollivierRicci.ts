// Ollivier's Ricci curvature of an edge compares the distance of the neighbourhoods of its two ends with the
// distance of the ends,
//   kappa(u, v) = 1 - W1(m_u, m_v) / d(u, v)
// with m_u the law of a lazy walk after one step from u, W1 the least cost of moving m_u to m_v, and d the
// length of the shortest
// path. Mass that both have does not move, which is optimal since d is a metric.
// Source: Ollivier, J. Funct. Anal. 256 (2009) 810, doi:10.1016/j.jfa.2008.11.001.
import type { Graph } from '../graph/index.js';
import { requireUnsigned } from '../graph/requireGraph.js';
import { aFunction, aList, checkOptions, oneOf, positive, type Rules, share } from '../numerics/options.js';
import { edgeLengths } from './edgeLengths.js';
import { type Decay, walkShares } from './lazyWalk.js';
import { nearDistances } from './nearDistances.js';
import { sinkhornCost } from './sinkhorn.js';
import { DUST, type Transport, transportCost } from './optimalTransport.js';

/** Options of the lazy walk behind Ollivier's curvature. */
export interface LazyWalkOptions {
  /** Probability that the walk stays, in [0, 1]; 1/2 by default. */
  readonly idleness?: number;
  /**
   * A neighbour's share falls as exp(-decay(length)): l^2 by default, as in GraphRicciCurvature; `() => 0`
   * for equal shares.
   */
  readonly decay?: Decay;
  /** 'exact' by default; the curvature of 'sinkhorn' is never above it. */
  readonly method?: 'exact' | 'sinkhorn';
  /** The regularisation of 'sinkhorn', in units of d(u, v); 0.1 by default. */
  readonly regularisation?: number;
}

export const walkRules: Rules<LazyWalkOptions> = {
  idleness: share,
  decay: aFunction,
  method: oneOf('exact', 'sinkhorn'),
  regularisation: positive,
};

/** Options of `ollivierRicci`. */
export interface OllivierOptions extends LazyWalkOptions {
  /** [E], from 0 to 1e300; all 1 by default. Couplings have no effect. */
  readonly lengths?: ArrayLike<number>;
}

/**
 * `[E]`: kappa of each edge, in the order of the input; at most 1, and 0 if the ends are at distance 0. The
 * divisor is the distance
 * of the ends, which is below the length of an edge that has a shorter detour; GraphRicciCurvature divides by
 * the length. 1e4 nodes of
 * mean degree 8 take about a second.
 *
 * @throws RangeError for an idleness outside [0, 1], lengths that are negative or above 1e300, or a
 * regularisation that is not positive
 * @example ollivierRicci(karateClub())[15]; // -0.427083 = -41/96, of the edge between members 0 and 31
 */
export function ollivierRicci(graph: Graph, options: OllivierOptions = {}): Float64Array {
  requireUnsigned('ollivierRicci', graph);
  checkOptions('ollivierRicci', options, { ...walkRules, lengths: aList });
  return curvatureOf('ollivierRicci', graph, edgeLengths('ollivierRicci', graph, options.lengths), options)
    .curvatures;
}

/** `[E]`: curvatures, and d(u, v) of the ends. */
export type Curvature = Readonly<Record<'curvatures' | 'distances', Float64Array>>;

export function curvatureOf(
  caller: string,
  graph: Graph,
  lengths: Float64Array,
  { idleness = 0.5, decay = square, method = 'exact', regularisation = 0.1 }: LazyWalkOptions,
): Curvature {
  const { nodeCount, edgeCount, offsets, neighbours, edgeOf } = graph;
  const shares = walkShares(caller, graph, lengths, idleness, decay);
  const near = nearDistances(graph, lengths);
  const [curvatures, distances] = [new Float64Array(edgeCount), new Float64Array(edgeCount)];
  const surplus = new Float64Array(nodeCount); // m_u - m_v
  const through = new Float64Array(nodeCount).fill(Infinity); // the length of the shortest path from u of at most two edges
  const place = new Int32Array(nodeCount); // index among the nodes within two edges of u

  for (let u = 0; u < nodeCount; u++) {
    const [begin, end] = [offsets[u], offsets[u + 1]];
    let first = begin;
    while (first < end && !isStart(u, neighbours[first])) first++;
    if (first === end) continue;
    const around = withinTwo(u);
    const rows = new Map<number, Float64Array>(); // for each source, its distances to all nodes of `around`
    const rowOf = (source: number, toU: number): Float64Array => {
      const known = rows.get(source);
      if (known !== undefined) return known;
      const row = near(source, around, (y) => toU + through[y]);
      rows.set(source, row);
      return row;
    };
    for (let h = first; h < end; h++) {
      if (!isStart(u, neighbours[h])) continue;
      const edge = edgeOf[h];
      distances[edge] = rowOf(u, 0)[place[neighbours[h]]];
      if (distances[edge] > 0)
        curvatures[edge] = 1 - wasserstein(u, neighbours[h], distances[edge], rowOf) / distances[edge];
    }
    for (const y of around) through[y] = Infinity;
  }
  return { curvatures, distances };

  /** Whether the edge (u, v) is computed from u: the end of lower degree, from which fewer paths start. */
  function isStart(u: number, v: number): boolean {
    const [a, b] = [graph.degree(u), graph.degree(v)];
    return a < b || (a === b && u < v);
  }

  /** The nodes at most two edges from u; fills `through` and `place`. */
  function withinTwo(u: number): number[] {
    const around = [u];
    through[u] = place[u] = 0;
    const reach = (y: number, distance: number): void => {
      if (through[y] === Infinity) place[y] = around.push(y) - 1;
      if (distance < through[y]) through[y] = distance;
    };
    for (let h = offsets[u]; h < offsets[u + 1]; h++) {
      reach(neighbours[h], lengths[edgeOf[h]]);
      for (let k = offsets[neighbours[h]]; k < offsets[neighbours[h] + 1]; k++) {
        reach(neighbours[k], lengths[edgeOf[h]] + lengths[edgeOf[k]]);
      }
    }
    return around;
  }

  /** W1(m_u, m_v). */
  function wasserstein(
    u: number,
    v: number,
    distance: number,
    rowOf: (source: number, toU: number) => Float64Array,
  ): number {
    surplus[u] += idleness;
    surplus[v] -= idleness;
    for (let h = offsets[u]; h < offsets[u + 1]; h++) surplus[neighbours[h]] += shares[h];
    for (let h = offsets[v]; h < offsets[v + 1]; h++) surplus[neighbours[h]] -= shares[h];
    const [supplies, demands, sinks]: number[][] = [[], [], []];
    const sources: Float64Array[] = [];
    const supply = (x: number, toU: number): void => {
      if (surplus[x] <= DUST) return;
      supplies.push(surplus[x]);
      sources.push(rowOf(x, toU));
    };
    const demand = (y: number): void => {
      if (surplus[y] >= -DUST) return;
      demands.push(-surplus[y]);
      sinks.push(place[y]);
    };
    supply(u, 0);
    for (let h = offsets[u]; h < offsets[u + 1]; h++) supply(neighbours[h], lengths[edgeOf[h]]);
    demand(v);
    for (let h = offsets[v]; h < offsets[v + 1]; h++) demand(neighbours[h]);
    surplus[u] = surplus[v] = 0;
    for (let h = offsets[u]; h < offsets[u + 1]; h++) surplus[neighbours[h]] = 0;
    for (let h = offsets[v]; h < offsets[v + 1]; h++) surplus[neighbours[h]] = 0;
    if (supplies.length === 0 || demands.length === 0) return 0;
    const costs = new Float64Array(sources.length * sinks.length);
    let at = 0;
    for (const row of sources) for (const y of sinks) costs[at++] = row[y];
    const transport: Transport = {
      supplies: new Float64Array(supplies),
      demands: new Float64Array(demands),
      costs,
    };
    return method === 'exact' ? transportCost(transport) : sinkhornCost(transport, regularisation * distance);
  }
}

const square: Decay = (length) => length * length;
