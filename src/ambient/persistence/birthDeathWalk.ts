// A birth-death chain as events: from state u it goes to u + 1 at the rate rise_u, to u - 1 at fall_u, after
// an exponential waiting time. Where only a number matters, as the number of up spins on the complete graph,
// the whole network is one such walk, and the cost of a run is its number of events, for any number of nodes.
// The exact mean passage times are those of `completeIsing`. Sources: Gillespie, J. Phys. Chem. 81 (1977)
// 2340, doi:10.1021/j100540a008; rows AE-5, AE-17, AE-23.
import { card, countText, formatNumber, numeral, printAs, sparkline } from '../../display/index.js';
import type { BirthDeath } from '../../exact/index.js';
import { got, requireInteger, requireRecords } from '../../numerics/check.js';
import { needed, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { aFunction, integer, positive } from '../../numerics/rules.js';
import { defaultSeed, type SeedOption, uniformGenerator, seedOption } from '../../randomness/index.js';

const walkOptions = {
  /** The state at time 0. */
  start: needed(integer(0)),
  /** The run ends at this time, or earlier where `until` is true. */
  time: needed(positive),
  /** Whether the run ends in this state; by default in no state. */
  until: typed<(state: number) => boolean>(aFunction),
  /** Time between two records, of which `time` is a multiple; `time` by default: one record, at the end. */
  every: positive,
  ...seedOption,
};

/** Options of `birthDeathWalk`. */
export interface WalkOptions extends SeedOption, OptionsOf<typeof walkOptions> {}

/** One path of a birth-death walk. */
export interface Walk {
  readonly times: Float64Array;
  /** The state at each time; after `until` was true, the state of that event. */
  readonly states: Int32Array;
  /** When `until` was first true; undefined if never. */
  readonly passage: number | undefined;
  readonly events: number;
}

/**
 * A run of a birth-death chain, by exact events: from u to u + 1 at the rate rise_u, to u - 1 at fall_u.
 *
 * @throws RangeError for a start that is not a state, times that are not positive, and rates that are
 * negative or lead out of the states
 * @example
 * const { chain, reversalTime } = exact.completeIsing(20, { temperature: 0.5 });
 * ambient.birthDeathWalk(chain, { start: 19, time: 1e6, until: (up) => up <= 1, seed: 1 }).passage; // 5890
 * reversalTime(); // 5110
 */
export function birthDeathWalk(chain: BirthDeath, options: WalkOptions): Walk {
  checkRates(chain);
  const { rise, fall } = chain;
  const {
    start,
    time,
    until = () => false,
    every,
    seed = defaultSeed(),
  } = readOptions('birthDeathWalk', options, walkOptions);
  requireInteger('birthDeathWalk', 'start', start, 0, rise.length - 1);
  const random = uniformGenerator(seed, 'birth-death walk');
  const records = requireRecords('birthDeathWalk', time, every);
  const span = time / records;
  const states = new Int32Array(records);
  let [u, now, events, record] = [start, 0, 0, 0];
  let passage = until(u) ? 0 : undefined;
  while (passage === undefined) {
    const rate = rise[u] + fall[u];
    now = rate > 0 ? now - Math.log1p(-random()) / rate : Infinity;
    for (; record < records && now > (record + 1) * span * (1 - 1e-15); record++) states[record] = u;
    if (record === records) break;
    u += random() * rate < rise[u] ? 1 : -1;
    events++;
    if (until(u)) passage = now;
  }
  states.fill(u, record);
  const times = Float64Array.from({ length: records }, (_, k) => (k + 1) * span);
  return printAs<Walk>({ times, states, passage, events }, walkCard);
}

function checkRates(chain: BirthDeath): void {
  const { rise, fall }: Partial<BirthDeath> = chain ?? {};
  if (rise === undefined || fall === undefined)
    throw new TypeError(`birthDeathWalk: chain must have rise and fall, got ${got(chain)}`);
  if (rise.length === 0 || rise.length !== fall.length) {
    throw new RangeError(
      `birthDeathWalk: needs a rise and a fall per state, got ${rise.length} and ${fall.length}`,
    );
  }
  if (rise.at(-1) !== 0 || fall[0] !== 0) {
    throw new RangeError(
      `birthDeathWalk: rates must not lead out of the states, got rise ${rise.at(-1)} at the last and fall ${fall[0]} at 0`,
    );
  }
  for (const [name, rates] of Object.entries({ rise, fall })) {
    const bad = rates.findIndex((rate) => !(rate >= 0 && rate < Infinity));
    if (bad >= 0)
      throw new RangeError(
        `birthDeathWalk: rates must be finite and not negative, got ${name} ${rates[bad]} at ${bad}`,
      );
  }
}

const walkCard = ({ times, states, passage, events }: Walk) =>
  card(
    `Birth-death walk of ${countText(events, 'event')}`,
    {
      'until time': formatNumber(times.at(-1)!),
      'passage at time': passage === undefined ? 'none' : formatNumber(passage),
      'state at the end': numeral(states.at(-1)!),
    },
    states.length > 1 && sparkline([states]),
    'state by time',
  );
