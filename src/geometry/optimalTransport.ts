// The cheapest transport of mass from sources to sinks: the transportation problem, and with distances as
// costs the Wasserstein distance
//   W1 = min over flows f >= 0 of sum_ij c_ij f_ij,   sum_j f_ij = supply_i,   sum_i f_ij = demand_j
// solved exactly, up to rounding, by shortest augmenting paths. Prices u_i and v_j with c_ij - u_i - v_j >= 0,
// and 0 where mass flows, prove at every moment that the transport so far is the cheapest; every path leads
// from a source to the nearest sink in reduced costs. Source: Tomizawa, Networks 1 (1971) 173,
// doi:10.1002/net.3230010206; Edmonds, Karp, J. ACM 19 (1972) 248, doi:10.1145/321694.321699.
import { dot } from '../numerics/conjugateGradient.js';

/**
 * Mass up to this is the rounding error of a mass of 1 that is split and added up again. It does not move,
 * so that every path moves more than that, and the number of paths is finite.
 */
export const DUST = 1e-15;

/** A transportation problem. Supplies and demands have the same sum, up to rounding. */
export interface Transport {
  readonly supplies: Float64Array;
  readonly demands: Float64Array;
  /** [supplies x demands], row by row; not negative. */
  readonly costs: Float64Array;
}

/** The least cost. */
export function transportCost(transport: Transport): number {
  const { supplies, demands, costs } = transport;
  const [rows, columns] = [supplies.length, demands.length];
  if (rows === 1) return (supplies[0] / sumOf(demands)) * dot(costs, demands);
  if (columns === 1) return (demands[0] / sumOf(supplies)) * dot(costs, supplies);
  const plan = new CheapestPlan(transport);
  plan.moveAtFirstPrices();
  for (let source = 0; source < rows; source++) {
    while (plan.supply[source] > DUST) {
      const sink = plan.nearestOpenSink(source);
      if (sink < 0) break; // all demands are met: the rest is rounding
      plan.raisePrices(sink);
      plan.augment(source, sink);
    }
  }
  return dot(costs, plan.flow);
}

/** A flow that is the cheapest for the mass it moves, its prices, and the paths of the last search. */
class CheapestPlan {
  readonly flow: Float64Array;
  /** What is left of them. */
  readonly supply: Float64Array;
  readonly demand: Float64Array;
  readonly #costs: Float64Array;
  readonly #u: Float64Array;
  readonly #v: Float64Array;
  /** From the source of the search to each sink, in reduced costs. */
  readonly #distance: Float64Array;
  /** The same distance of each source, Infinity if not reached. */
  readonly #sourceDistance: Float64Array;
  /** The source before each sink on the path, and the sink before each source. */
  readonly #from: Int32Array;
  readonly #before: Int32Array;
  readonly #isSettled: Uint8Array;

  constructor({ supplies, demands, costs }: Transport) {
    const [rows, columns] = [supplies.length, demands.length];
    [this.supply, this.demand, this.#costs] = [supplies.slice(), demands.slice(), costs];
    this.flow = new Float64Array(rows * columns);
    ({ u: this.#u, v: this.#v } = firstPrices(costs, rows, columns));
    [this.#distance, this.#sourceDistance] = [new Float64Array(columns), new Float64Array(rows)];
    [this.#from, this.#before] = [new Int32Array(columns), new Int32Array(rows)];
    this.#isSettled = new Uint8Array(columns);
  }

  /** Moves mass where the reduced cost is 0 from the start. */
  moveAtFirstPrices(): void {
    const { supply, demand, flow } = this;
    const [costs, u, v, columns] = [this.#costs, this.#u, this.#v, demand.length];
    for (let i = 0; i < supply.length; i++) {
      for (let j = 0; j < columns && supply[i] > 0; j++) {
        if (demand[j] === 0 || costs[i * columns + j] - v[j] > u[i]) continue;
        const amount = Math.min(supply[i], demand[j]);
        flow[i * columns + j] = amount;
        supply[i] -= amount;
        demand[j] -= amount;
      }
    }
  }

  /** The sink with demand left that is nearest to the source; -1 if there is none. Dijkstra's algorithm. */
  nearestOpenSink(source: number): number {
    this.#sourceDistance.fill(Infinity);
    this.#distance.fill(Infinity);
    this.#isSettled.fill(0);
    this.#reach(source, 0);
    let sink = this.#nearest();
    while (sink >= 0 && this.demand[sink] <= DUST) {
      this.#isSettled[sink] = 1;
      this.#goBackFrom(sink);
      sink = this.#nearest();
    }
    return sink;
  }

  /** Reaches the sources that feed this sink: they could feed another. */
  #goBackFrom(sink: number): void {
    const columns = this.demand.length;
    for (let i = 0; i < this.supply.length; i++) {
      if (this.flow[i * columns + sink] <= DUST || this.#sourceDistance[i] < Infinity) continue;
      this.#before[i] = sink;
      this.#reach(i, this.#distance[sink]);
    }
  }

  #reach(row: number, at: number): void {
    const [costs, u, v] = [this.#costs, this.#u, this.#v];
    const [distance, from, isSettled, columns] = [this.#distance, this.#from, this.#isSettled, v.length];
    this.#sourceDistance[row] = at;
    for (let j = 0; j < columns; j++) {
      if (isSettled[j]) continue;
      const through = at + Math.max(0, costs[row * columns + j] - u[row] - v[j]);
      if (through >= distance[j]) continue;
      distance[j] = through;
      from[j] = row;
    }
  }

  /** The nearest reachable sink that is not settled; -1 if there is none. */
  #nearest(): number {
    const [distance, isSettled] = [this.#distance, this.#isSettled];
    let [nearest, least] = [-1, Infinity];
    for (let j = 0; j < distance.length; j++) {
      if (isSettled[j] || distance[j] >= least) continue;
      nearest = j;
      least = distance[j];
    }
    return nearest;
  }

  /** Makes the reduced costs of the path to this sink 0, and none negative. */
  raisePrices(sink: number): void {
    const [distance, sourceDistance] = [this.#distance, this.#sourceDistance];
    const end = distance[sink];
    for (let i = 0; i < sourceDistance.length; i++)
      if (sourceDistance[i] < end) this.#u[i] += end - sourceDistance[i];
    for (let j = 0; j < distance.length; j++) if (this.#isSettled[j]) this.#v[j] -= end - distance[j];
  }

  /** Moves as much mass from source to sink as the path between them allows. */
  augment(source: number, sink: number): void {
    const { supply, demand, flow } = this;
    const [from, before, columns] = [this.#from, this.#before, demand.length];
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
  }
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

export function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const x of values) sum += x;
  return sum;
}
