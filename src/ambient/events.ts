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
import { checkedCounts, Jumps } from './jumps.js';
import { type LongRunOptions, recording, RunAborted } from './longRun.js';
import type { Presence } from './presence.js';

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
  const jumps = new Jumps(presence, checkedCounts('events', presence, resume?.counts.at(-1) ?? options.initial), quanta);
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
