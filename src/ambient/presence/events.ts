// The presence field as events: Omega quanta are one unit of mass, and every quantum jumps independently,
// after an exponential waiting time: from node i to j at the rate w_ij, to the pool at gamma, from the pool
// to (i, k) at sigma phi_k(m_i, u_i). Exact: the next event comes after a time Exp(R), R the sum of all
// rates, and is drawn in proportion to its rate. The mean follows the field's equation, exactly where phi
// does not depend on m, else to O(1 / Omega). Sources: Gillespie, J. Phys. Chem. 81 (1977) 2340,
// doi:10.1021/j100540a008; Gibson, Bruck, J. Phys. Chem. A 104 (2000) 1876,
// doi:10.1021/jp993732q, for sums kept in a tree; Kurtz, J. Appl. Probab. 7 (1970) 49, doi:10.2307/3212147.
import { needed, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { aList, positive } from '../../numerics/rules.js';
import { defaultSeed, type SeedOption, uniformGenerator, seedOption } from '../../randomness/index.js';
import { card, countText, formatNumber, numeral, printAs, rangeText } from '../../display/index.js';
import { countsOf, Jumps } from './jumps.js';
import { type LongRunOptions, longRunRules, Recording } from './longRun.js';
import { type Presence, requirePresence } from './presence.js';

const eventOptions = {
  /** Whole numbers of quanta, [nodes + 1, states]: the pool last, as the sum of its row. */
  initial: needed(typed<ArrayLike<number>>(aList)),
  /** Omega: quanta per unit of mass. */
  quanta: needed(positive),
  ...seedOption,
};

/** Options of `events`. */
export interface EventOptions extends LongRunOptions<EventRun>, SeedOption, OptionsOf<typeof eventOptions> {}

/** A run of single events, as `events` gives it. */
export interface EventRun {
  readonly times: Float64Array;
  /** [nodes + 1, states] at each time; the pool is in the first number of its row. */
  readonly counts: readonly Float64Array[];
  readonly events: number;
  /** By edge of the graph: quanta from its first end to its second, minus those in the other direction. */
  readonly currents: Float64Array;
  /** Waiting time times the sum of all rates, event by event, up to 10^5 of them: exponential of mean 1. */
  readonly waits: Float64Array;
}

const MOST_WAITS = 100_000;

/**
 * The presence field as exact events: quanta that jump after exponential waiting times.
 *
 * @throws RangeError for counts of another size or that are not counts, and a run to resume with another
 * `every`; Aborted
 * @example
 * const air = ambient.presence(ring(4), { decay: 0.1, release: 0.05 });
 * const run = await ambient.events(air, { initial: [100, 0, 0, 0, 0], quanta: 100, time: 50, seed: 1 });
 * run.counts.at(-1); // [19, 18, 13, 14, 36]
 */
export async function events(presence: Presence, options: EventOptions): Promise<EventRun> {
  requirePresence('events', presence);
  const given = readOptions('events', options, { ...longRunRules, ...eventOptions });
  const { initial, quanta, seed = defaultSeed() } = given;
  const { resume } = options;
  const plan = new Recording('events', options, collected);
  const jumps = new Jumps(presence, countsOf('events', presence, resume?.counts.at(-1) ?? initial), quanta);
  jumps.currents.set(resume?.currents ?? []);
  const counts = [...(resume?.counts ?? [])];
  const waits = [...(resume?.waits ?? [])];
  let count = resume?.events ?? 0;
  const whole = { events: count, waits: waits.length, currents: jumps.currents.slice() }; // at the last record
  for await (const record of plan.spans()) {
    const random = uniformGenerator(seed, `events ${record}`); // the exponential has no memory
    for (let now = 0; jumps.rate > 0; count++) {
      const wait = -Math.log1p(-random());
      now += wait / jumps.rate;
      if (now > plan.span) break;
      if (waits.length < MOST_WAITS) waits.push(wait);
      jumps.next(random);
      if (plan.isDue) await plan.turn();
    }
    counts.push(jumps.counts.slice());
    Object.assign(whole, { events: count, waits: waits.length, currents: jumps.currents.slice() });
  }
  return collected();

  function collected(): EventRun {
    const { events: count, currents } = whole;
    return printAs<EventRun>(
      {
        times: plan.times(counts.length),
        counts,
        events: count,
        currents,
        waits: Float64Array.from(waits.slice(0, whole.waits)),
      },
      eventsCard,
    );
  }
}

const eventsCard = ({ times, counts, events }: EventRun) =>
  card(`${countText(events, 'event')} of a presence field`, {
    'until time': formatNumber(times.at(-1) ?? 0),
    ...(counts.length > 0
      ? {
          quanta: numeral(counts.at(-1)!.reduce((sum, x) => sum + x, 0)),
          'counts at the end': rangeText(counts.at(-1)!),
        }
      : {}),
  });
