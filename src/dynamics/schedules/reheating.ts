// Re-heating: a schedule with kicks. Kick n = 1, 2, ... begins at step n x every, lasts some steps, and adds
// to the base
//   height x fade^(n - 1).
// Sources: EMTD section 4 (traps); Dueck and Scheuer, J. Comput. Phys. 90 (1990) 161,
// doi:10.1016/0021-9991(90)90201-B, on what leaves traps.
import { requireInteger } from '../../numerics/check.js';
import {
  byDefault,
  needed,
  type Options,
  type OptionsOf,
  readOptions,
  typed,
} from '../../numerics/options.js';
import { anything, integer, nonNegative } from '../../numerics/rules.js';
import { asSchedule, type Schedule, schedule, type Temperature } from './schedule.js';

const reheatingOptions = {
  /** The temperature between kicks. */
  base: needed(typed<Temperature>(anything)),
  /** What the first kick adds, in units of energy. */
  height: needed(nonNegative),
  /** Steps from one kick to the next. */
  every: needed(integer(1)),
  /** Steps of a kick, at most `every`; 1 by default. */
  duration: byDefault(1, typed<number>(anything)),
  /** Height of each kick over that of the kick before; 1 by default: kicks do not decay. */
  fade: byDefault(1, nonNegative),
};

/** Options of `reheating`. */
export interface ReheatingOptions extends Options, OptionsOf<typeof reheatingOptions> {}

/**
 * A schedule with kicks: every so many steps the temperature rises above `base` for a while.
 *
 * @throws RangeError unless height and fade are not negative, and every and duration positive integers
 * @example
 * const T = dynamics.reheating({ base: 0.5, height: 2, every: 100, duration: 10, fade: 0.5 });
 * [99, 100, 110, 200].map((step) => T.at(step)); // [0.5, 2.5, 0.5, 1.5]
 */
export function reheating(options: ReheatingOptions): Schedule {
  const { base, height, every, duration, fade } = readOptions('reheating', options, reheatingOptions);
  requireInteger('reheating', 'duration', duration, 1, every);
  const under = asSchedule('reheating', base, 'base');
  const name = `${under.name}, and ${height}${fade === 1 ? '' : ` x ${fade}^n`} more for ${duration} of every ${every} steps`;
  return schedule(name, (step) => {
    const kick = Math.floor(step / every);
    const isKicked = kick >= 1 && step % every < duration;
    return under.at(step) + (isKicked ? height * fade ** (kick - 1) : 0);
  });
}
