// Re-heating: a schedule with kicks. Kick n = 1, 2, ... begins at step n x every, lasts some steps, and adds
// to the base
//   height x fade^(n - 1).
// Sources: EMTD section 4 (traps); Dueck and Scheuer, J. Comput. Phys. 90 (1990) 161,
// doi:10.1016/0021-9991(90)90201-B, on what leaves traps.
import { checkOptions, needed } from '../../numerics/options.js';
import { anything, integer, nonNegative } from '../../numerics/rules.js';
import { asSchedule, type Schedule, schedule, type Temperature } from './schedule.js';

/** Options of `reheating`. */
export interface ReheatingOptions {
  /** The temperature between kicks. */
  readonly base: Temperature;
  /** What the first kick adds, in units of energy. */
  readonly height: number;
  /** Steps from one kick to the next. */
  readonly every: number;
  /** Steps of a kick, at most `every`; 1 by default. */
  readonly duration?: number;
  /** Height of each kick over that of the kick before; 1 by default: kicks do not decay. */
  readonly fade?: number;
}

/**
 * A schedule with kicks: every so many steps the temperature rises above `base` for a while.
 *
 * @throws RangeError unless height and fade are not negative, and every and duration positive integers
 * @example
 * const T = dynamics.reheating({ base: 0.5, height: 2, every: 100, duration: 10, fade: 0.5 });
 * [99, 100, 110, 200].map((step) => T.at(step)); // [0.5, 2.5, 0.5, 1.5]
 */
export function reheating(options: ReheatingOptions): Schedule {
  checkOptions('reheating', options, {
    base: needed(anything),
    height: needed(nonNegative),
    every: needed(integer(1)),
    duration: integer(1, options?.every),
    fade: nonNegative,
  });
  const { base, height, every, duration = 1, fade = 1 } = options;
  const under = asSchedule('reheating', base, 'base');
  const name = `${under.name}, and ${height}${fade === 1 ? '' : ` x ${fade}^n`} more for ${duration} of every ${every} steps`;
  return schedule(name, (step) => {
    const kick = Math.floor(step / every);
    const isKicked = kick >= 1 && step % every < duration;
    return under.at(step) + (isKicked ? height * fade ** (kick - 1) : 0);
  });
}
