// The presence field as events: Omega quanta stand for one unit of mass, and every quantum jumps by itself, after a waiting time
// that is exponential: from node i to j at the rate w_ij, to the pool at gamma, from the pool to (i, k) at sigma phi_k(m_i, u_i).
// Exact: the next event after a time Exp(R), R the sum of all rates, is each one in proportion to its rate. The mean follows the
// field's equation, exactly where phi does not depend on m, else to O(1 / Omega).
// Sources: Gillespie, J. Phys. Chem. 81 (1977) 2340, doi:10.1021/j100540a008; Gibson, Bruck, J. Phys. Chem. A 104 (2000) 1876,
// doi:10.1021/jp993732q, for sums kept in a tree; Kurtz, J. Appl. Probab. 7 (1970) 49, doi:10.2307/3212147.
import { requirePositive } from '../graph/check.js';
import { defaultSeed, type Seed, uniformGenerator } from '../random/index.js';
import { summarised } from '../display/index.js';
import { eventsCard } from './display.js';
import { type LongRunOptions, recording, RunAborted } from './longRun.js';
import type { Presence } from './presence.js';
import { SumTree } from './sumTree.js';

export interface EventOptions extends LongRunOptions<EventRun> {
  /** Whole numbers of quanta, [nodes + 1, states]: the pool last, its row taken together. */
  readonly initial: ArrayLike<number>;
  /** Omega: quanta a unit of mass. */
  readonly quanta: number;
  readonly seed?: Seed;
}

export interface EventRun {
  readonly times: Float64Array;
  /** [nodes + 1, states] at each time; the pool is in the first number of its row. */
  readonly counts: readonly Float64Array[];
  readonly events: number;
  /** By edge of the graph: quanta that went from its first end to its second, less those that came back. */
  readonly currents: Float64Array;
  /** Waiting time times the sum of all rates, event by event, up to 10^5 of them: exponential of mean 1. */
  readonly waits: Float64Array;
}

const MOST_WAITS = 100_000;

/**
 * @throws RangeError for counts of another number or that are no counts, and a run to resume with other records; RunAborted
 * @example
 * await events(air, { initial: counts, quanta: 100, time: 50, records: 25, seed: 1 });
 */
export async function events(presence: Presence, options: EventOptions): Promise<EventRun> {
  const { quanta, seed = defaultSeed(), resume, onProgress } = options;
  requirePositive('events', 'quanta', quanta);
  const plan = recording('events', options);
  const jumps = new Jumps(presence, checkedCounts(presence, resume?.counts.at(-1) ?? options.initial), quanta);
  jumps.currents.set(resume?.currents ?? []);
  const counts: Float64Array[] = [...(resume?.counts ?? [])];
  const waits: number[] = [...(resume?.waits ?? [])];
  let made = resume?.events ?? 0;
  const whole = { events: made, waits: waits.length, currents: jumps.currents.slice() }; // at the last record
  while (counts.length < plan.records) {
    if (await plan.isAborted()) throw new RunAborted('events', collected());
    const random = uniformGenerator(seed, `events ${counts.length}`); // what is left of a waiting time is as good as a new one
    for (let now = 0; jumps.rate > 0; made++) {
      const wait = -Math.log1p(-random());
      now += wait / jumps.rate;
      if (now > plan.span) break;
      if (waits.length < MOST_WAITS) waits.push(wait);
      jumps.next(random);
      if (made % 4096 === 0 && (await plan.isAborted())) throw new RunAborted('events', collected());
    }
    counts.push(jumps.counts.slice());
    Object.assign(whole, { events: made, waits: waits.length });
    whole.currents.set(jumps.currents);
    onProgress?.(counts.length, plan.records);
  }
  return collected();

  function collected(): EventRun {
    const { events: count, currents } = whole;
    return summarised<EventRun>({ times: plan.times(counts.length), counts, events: count, currents, waits: Float64Array.from(waits.slice(0, whole.waits)) }, eventsCard);
  }
}

/** All quanta, and the rates at which they jump. */
class Jumps {
  readonly currents: Float64Array;
  readonly #leave: Float64Array; // by node: of one quantum, along edges and to the pool
  readonly #leaving: SumTree; // by (node, state): of all its quanta
  readonly #condensing: SumTree; // by (node, state): of one quantum in the air
  readonly #held: Float64Array;
  readonly #phi: Float64Array;

  constructor(readonly presence: Presence, readonly counts: Float64Array, readonly quanta: number) {
    const { graph, states: d, decay } = presence;
    this.currents = new Float64Array(graph.edgeCount);
    this.#held = new Float64Array(d);
    this.#phi = new Float64Array(d);
    this.#leave = new Float64Array(graph.nodeCount).fill(decay);
    graph.endpoints.forEach((node, h) => (this.#leave[node] += graph.couplings[h >> 1]));
    this.#leaving = new SumTree(counts.subarray(0, graph.nodeCount * d).map((n, at) => n * this.#leave[Math.floor(at / d)]));
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
    if (!this.presence.isLinear) this.#condense(node).forEach((rate, k) => this.#condensing.set(node * d + k, rate));
  }

  /** sigma phi_k of a node as it is now. */
  #condense(node: number): Float64Array {
    const { states: d, release } = this.presence;
    for (let k = 0; k < d; k++) this.#held[k] = this.counts[node * d + k] / this.quanta;
    this.presence.replacement(this.#phi, this.#held, node);
    return this.#phi.map((phi) => release * Math.max(0, phi));
  }
}

/** The pool's row as one number. */
function checkedCounts({ graph, states: d }: Presence, initial: ArrayLike<number>): Float64Array {
  const counts = Float64Array.from(initial);
  if (counts.length !== (graph.nodeCount + 1) * d) {
    throw new RangeError(`events: counts must be [nodes + 1, states] = [${graph.nodeCount + 1}, ${d}], got ${counts.length} numbers`);
  }
  const wrong = counts.findIndex((n) => !Number.isInteger(n) || n < 0);
  if (wrong >= 0) throw new RangeError(`events: counts must be whole and not negative, got ${counts[wrong]} at ${wrong}`);
  const pool = graph.nodeCount * d;
  const air = counts.subarray(pool).reduce((sum, n) => sum + n, 0);
  counts.fill(0, pool);
  counts[pool] = air;
  return counts;
}
