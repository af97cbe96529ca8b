// Annealing at constant thermodynamic speed: with heat capacity C and relaxation time e of the system at T,
//   dT/dt = -v T / (e sqrt(C)),
// so that the system stays the same distance, in its own fluctuations, behind equilibrium; slow where C or e
// is large. The speed v follows from the ends and the number of steps. C and e are tables (measured), e
// sqrt(C) linear in T between their entries, so that the time is exactly  v t = [a ln T + b T] of each piece
// a + b T. Source: Salamon, Nulton, Harland, Pedersen, Ruppeiner, Liao, Comput. Phys. Commun. 49 (1988) 423,
// doi:10.1016/0010-4655(88)90003-3.
import { showAs } from '../../display/index.js';
import { needed, type Options, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { each, finite, integer, positive } from '../../numerics/rules.js';
import { lastWhere } from '../../numerics/root.js';
import { requireAscending } from '../../numerics/check.js';
import { type Schedule, scheduleCard } from './schedule.js';

const column = needed(typed<ArrayLike<number>>(each(positive)));
const speedOptions = {
  /** Ascending, at least two; from and to must lie between the first and the last. */
  temperatures: column,
  /** C at each temperature, of the whole system (k_B = 1). */
  heatCapacity: column,
  /** Relaxation time of the energy at each temperature, in steps; a constant factor does not matter. */
  relaxationTime: column,
  /** Temperature at step 0. */
  from: needed(finite),
  /** Temperature at the end. */
  to: needed(finite),
  /** Steps from `from` to `to`, where it stays. */
  steps: needed(integer(2)),
};

/** Options of `constantSpeed`. */
export interface ConstantSpeedOptions extends Options, OptionsOf<typeof speedOptions> {}

/** A schedule that crosses equally many energy fluctuations per relaxation time. */
export interface ConstantSpeedSchedule extends Schedule {
  /** v, in fluctuations of the energy per relaxation time. */
  readonly speed: number;
}

/**
 * A schedule of constant thermodynamic speed, downwards or upwards.
 *
 * @throws RangeError unless the tables are positive, equally long and ascending in T, and the ends inside;
 * for fewer than 2 steps
 * @example
 * // C and relaxation time the same at all T: geometric
 * dynamics.constantSpeed({ temperatures: [1, 4], heatCapacity: [1, 1], relaxationTime: [1, 1], from: 4, to: 1, steps: 3 }).at(1); // 2
 */
export function constantSpeed(options: ConstantSpeedOptions): ConstantSpeedSchedule {
  const given = readOptions('constantSpeed', options, speedOptions);
  const { temperatures, heatCapacity, relaxationTime, from, to, steps } = given;
  const T = Array.from(temperatures);
  requireAscending('constantSpeed', 'temperatures', T);
  for (const [name, { length }] of Object.entries({ heatCapacity, relaxationTime })) {
    if (length !== T.length)
      throw new RangeError(
        `constantSpeed: ${name} needs one value per temperature (${T.length}), got ${length}`,
      );
  }
  for (const [name, end] of Object.entries({ from, to })) {
    if (!(end >= T[0] && end <= T.at(-1)!))
      throw new RangeError(`constantSpeed: ${name} must be in [${T[0]}, ${T.at(-1)}], got ${end}`);
  }
  const weights = T.map((_, k) => relaxationTime[k] * Math.sqrt(heatCapacity[k]));
  const pieces = T.slice(1).map((upper, k) => {
    const slope = (weights[k + 1] - weights[k]) / (upper - T[k]);
    return { lower: T[k], upper, offset: weights[k] - slope * T[k], slope };
  });
  /** Integral of e sqrt(C) / T from the first temperature of the table. */
  const length = (temperature: number): number =>
    pieces.reduce((sum, { lower, upper, offset, slope }) => {
      const end = Math.min(upper, Math.max(lower, temperature));
      return sum + offset * Math.log(end / lower) + slope * (end - lower);
    }, 0);
  const [start, end] = [length(from), length(to)];

  return showAs<ConstantSpeedSchedule>(
    {
      name: `T = ${from} to ${to} at constant thermodynamic speed in ${steps} steps`,
      speed: Math.abs(end - start) / (steps - 1),
      at(step) {
        if (step >= steps - 1) return to;
        const target = start + ((end - start) * step) / (steps - 1);
        return lastWhere(
          (temperature) => length(temperature) < target,
          Math.min(from, to),
          Math.max(from, to),
        );
      },
    },
    scheduleCard,
  );
}
