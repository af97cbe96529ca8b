// The quanta of a presence field: their numbers by place, their jump rates, and the next jump, drawn in
// proportion to its rate.
import { type Presence, requireState } from './presence.js';
import { SumTree } from './sumTree.js';

export class Jumps {
  readonly currents: Float64Array;
  readonly #leave: Float64Array; // by node: of one quantum, along edges and to the pool
  readonly #leaving: SumTree; // by (node, state): of all its quanta
  readonly #condensing: SumTree; // by (node, state): of one quantum in the air
  readonly #masses: Float64Array;
  readonly #phi: Float64Array;

  constructor(
    readonly presence: Presence,
    readonly counts: Float64Array,
    readonly quanta: number,
  ) {
    const { graph, states: d, decay } = presence;
    this.currents = new Float64Array(graph.edgeCount);
    this.#masses = new Float64Array(d);
    this.#phi = new Float64Array(d);
    this.#leave = new Float64Array(graph.nodeCount).fill(decay);
    graph.endpoints.forEach((node, h) => (this.#leave[node] += graph.couplings[h >> 1]));
    this.#leaving = new SumTree(
      counts.subarray(0, graph.nodeCount * d).map((n, at) => n * this.#leave[Math.floor(at / d)]),
    );
    const rates = new Float64Array(graph.nodeCount * d);
    for (let i = 0; i < graph.nodeCount; i++) rates.set(this.#condense(i), i * d);
    this.#condensing = new SumTree(rates);
  }

  get #pool(): number {
    return this.presence.graph.nodeCount * this.presence.states;
  }

  get rate(): number {
    return this.#leaving.total + this.counts[this.#pool] * this.#condensing.total;
  }

  next(random: () => number): void {
    const point = random() * this.rate;
    if (point >= this.#leaving.total) {
      const to = this.#condensing.find(random() * this.#condensing.total);
      this.counts[this.#pool]--;
      this.#add(to, 1);
      return;
    }
    const { graph, states: d } = this.presence;
    const from = this.#leaving.find(point);
    const [node, state] = [Math.floor(from / d), from % d];
    let way = random() * this.#leave[node];
    this.#add(from, -1);
    for (let h = graph.offsets[node]; h < graph.offsets[node + 1]; h++) {
      const e = graph.edgeOf[h];
      way -= graph.couplings[e];
      if (way >= 0) continue;
      this.currents[e] += graph.endpoints[2 * e] === node ? 1 : -1;
      this.#add(graph.neighbours[h] * d + state, 1);
      return;
    }
    this.counts[this.#pool]++;
  }

  #add(at: number, change: number): void {
    const d = this.presence.states;
    const node = Math.floor(at / d);
    this.counts[at] += change;
    this.#leaving.set(at, this.counts[at] * this.#leave[node]);
    if (!this.presence.isLinear)
      this.#condense(node).forEach((rate, k) => this.#condensing.set(node * d + k, rate));
  }

  /** sigma phi_k of a node as it is now. */
  #condense(node: number): Float64Array {
    const { states: d, release } = this.presence;
    for (let k = 0; k < d; k++) this.#masses[k] = this.counts[node * d + k] / this.quanta;
    this.presence.replacement(this.#phi, this.#masses, node);
    return this.#phi.map((phi) => release * Math.max(0, phi));
  }
}

/** The pool's row as one number. */
export function countsOf(caller: string, presence: Presence, initial: ArrayLike<number>): Float64Array {
  requireState(caller, presence, initial);
  const counts = Float64Array.from(initial);
  const wrong = counts.findIndex((n) => !Number.isInteger(n) || n < 0);
  if (wrong >= 0)
    throw new RangeError(
      `${caller}: counts must be whole and not negative, got ${counts[wrong]} at ${wrong}`,
    );
  const pool = presence.graph.nodeCount * presence.states;
  const air = counts.subarray(pool).reduce((sum, n) => sum + n, 0);
  counts.fill(0, pool);
  counts[pool] = air;
  return counts;
}
