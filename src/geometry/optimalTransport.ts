// The cheapest transport of mass from sources to sinks: the transportation problem, and with distances as
// costs the Wasserstein distance
//   W1 = min over flows f >= 0 of sum_ij c_ij f_ij,   sum_j f_ij = supply_i,   sum_i f_ij = demand_j
// solved exactly, up to rounding, by shortest augmenting paths. Prices u_i and v_j with c_ij - u_i - v_j >=
// 0, and 0 where mass flows,
// prove at every moment that the transport so far is the cheapest; every path leads from a source to the
// nearest sink in
// reduced costs. Source: Tomizawa, Networks 1 (1971) 173, doi:10.1002/net.3230010206; Edmonds, Karp, J. ACM
// 19 (1972) 248,
// doi:10.1145/321694.321699.
import { dot } from '../numerics/conjugateGradient.js';

/** Mass up to this is the rounding error of a mass of 1 that is split and added up again. It does not move, so that every path moves
 * more than that, and the number of paths is finite. */
export const DUST = 1e-15;

/** A transportation problem. Supplies and demands have the same sum, up to rounding. */
export interface Transport {
  readonly supplies: Float64Array;
  readonly demands: Float64Array;
  /** [supplies x demands], row by row; not negative. */
  readonly costs: Float64Array;
}

/** The least cost. */
export function transportCost({ supplies, demands, costs }: Transport): number {
  const [rows, columns] = [supplies.length, demands.length];
  if (rows === 1) return (supplies[0] / sumOf(demands)) * dot(costs, demands);
  if (columns === 1) return (demands[0] / sumOf(supplies)) * dot(costs, supplies);
  const [supply, demand] = [supplies.slice(), demands.slice()]; // what is left of them
  const flow = new Float64Array(rows * columns);
  const { u, v } = firstPrices(costs, rows, columns);
  const distance = new Float64Array(columns); // from the current source to each sink, in reduced costs
  const from = new Int32Array(columns); // the source before each sink on the path
  const isSettled = new Uint8Array(columns);
  const sourceDistance = new Float64Array(rows); // the same distance of each source, Infinity if not reached
  const before = new Int32Array(rows); // the sink before each source on the path

  const reach = (row: number, at: number): void => {
    sourceDistance[row] = at;
    for (let j = 0; j < columns; j++) {
      if (isSettled[j]) continue;
      const through = at + Math.max(0, costs[row * columns + j] - u[row] - v[j]);
      if (through >= distance[j]) continue;
      distance[j] = through;
      from[j] = row;
    }
  };

  /** Moves as much mass from source to sink as the path between them allows. */
  const augment = (source: number, sink: number): void => {
    let amount = Math.min(supply[source], demand[sink]);
    for (let i = from[sink]; i !== source; i = from[before[i]])
      amount = Math.min(amount, flow[i * columns + before[i]]);
    for (let i = from[sink], j = sink; ; j = before[i], i = from[j]) {
      flow[i * columns + j] += amount;
      if (i === source) break;
      flow[i * columns + before[i]] -= amount;
    }
    supply[source] -= amount;
    demand[sink] -= amount;
  };

  for (let i = 0; i < rows; i++) {
    // first the mass that the first prices allow
    for (let j = 0; j < columns && supply[i] > 0; j++) {
      if (demand[j] === 0 || costs[i * columns + j] - v[j] > u[i]) continue;
      const amount = Math.min(supply[i], demand[j]);
      flow[i * columns + j] = amount;
      supply[i] -= amount;
      demand[j] -= amount;
    }
  }
  for (let source = 0; source < rows; source++) {
    while (supply[source] > DUST) {
      for (let i = 0; i < rows; i++) sourceDistance[i] = Infinity;
      for (let j = 0; j < columns; j++) {
        distance[j] = Infinity;
        isSettled[j] = 0;
      }
      reach(source, 0);
      let sink = nearestOf(distance, isSettled);
      while (sink >= 0 && demand[sink] <= DUST) {
        isSettled[sink] = 1;
        for (let i = 0; i < rows; i++) {
          // back to the sources that feed this sink, which could feed another
          if (flow[i * columns + sink] <= DUST || sourceDistance[i] < Infinity) continue;
          before[i] = sink;
          reach(i, distance[sink]);
        }
        sink = nearestOf(distance, isSettled);
      }
      if (sink < 0) break; // all demands are met: the rest is rounding
      const end = distance[sink];
      for (let i = 0; i < rows; i++) if (sourceDistance[i] < end) u[i] += end - sourceDistance[i];
      for (let j = 0; j < columns; j++) if (isSettled[j]) v[j] -= end - distance[j];
      augment(source, sink);
    }
  }
  return dot(costs, flow);
}

/** v_j, the least cost to a sink, and u_i, the least c_ij - v_j of a source: no reduced cost is negative. */
function firstPrices(
  costs: Float64Array,
  rows: number,
  columns: number,
): { u: Float64Array; v: Float64Array } {
  const v = new Float64Array(columns).fill(Infinity);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) v[j] = Math.min(v[j], costs[i * columns + j]);
  const u = new Float64Array(rows).fill(Infinity);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) u[i] = Math.min(u[i], costs[i * columns + j] - v[j]);
  return { u, v };
}

/** The nearest reachable sink that is not settled; -1 if there is none. */
function nearestOf(distance: Float64Array, isSettled: Uint8Array): number {
  let [nearest, least] = [-1, Infinity];
  for (let j = 0; j < distance.length; j++) {
    if (isSettled[j] || distance[j] >= least) continue;
    nearest = j;
    least = distance[j];
  }
  return nearest;
}

export function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const x of values) sum += x;
  return sum;
}
