// Temperature schedules T(step), in units of energy (k_B = 1): a number for all nodes, or an array [nodes].
import { card, formatNumber, type MimeBundle, numeral, showAs, sparkline } from '../../display/index.js';
import { got, requireNonNegative } from '../../numerics/check.js';
import { needed, type Options, type OptionsOf, readOptions, type Rule } from '../../numerics/options.js';
import { integer, nonNegative, positive } from '../../numerics/rules.js';

/** A temperature for every step. */
export interface Schedule<T = number> {
  readonly name: string;
  /** Temperature at a step, counted from 0. */
  at(step: number): T;
}

/** A number stands for the constant schedule. */
export type Temperature = number | Schedule;

export const schedule = (name: string, at: (step: number) => number): Schedule =>
  showAs<Schedule>({ name, at }, scheduleCard);

/**
 * The constant schedule, T(step) = T. Where a temperature is asked for, a number means the same.
 *
 * @throws RangeError unless T >= 0
 * @example dynamics.constant(0.5).at(1000); // 0.5
 */
export function constant(temperature: number): Schedule {
  requireNonNegative('constant', 'temperature', temperature);
  return schedule(`T = ${temperature}`, () => temperature);
}

const rampOptions = (temperature: Rule<number>) => ({
  /** The temperature at step 0. */
  from: needed(temperature),
  /** The temperature at the end. */
  to: needed(temperature),
  /** Steps from one to the other. */
  steps: needed(integer(2)),
});

/** From one temperature to another in so many steps. */
export interface Ramp extends Options, OptionsOf<ReturnType<typeof rampOptions>> {}

/**
 * The geometric schedule, T(step) = from (to / from)^(step / (steps - 1)), constant at `to` afterwards.
 *
 * @throws RangeError unless from, to > 0 and steps >= 2
 * @example geometric({ from: 4, to: 1, steps: 3 }).at(1); // 2
 */
export function geometric(ramp: Ramp): Schedule {
  const { from, to, steps } = readOptions('geometric', ramp, rampOptions(positive));
  return schedule(
    `T = ${from} to ${to}, geometric in ${steps} steps`,
    (step) => from * (to / from) ** Math.min(1, step / (steps - 1)),
  );
}

/**
 * The linear schedule, T(step) = from + (to - from) step / (steps - 1), constant at `to` afterwards.
 * @throws RangeError unless from, to >= 0 and steps >= 2
 * @example linear({ from: 2, to: 0, steps: 5 }).at(1); // 1.5
 */
export function linear(ramp: Ramp): Schedule {
  const { from, to, steps } = readOptions('linear', ramp, rampOptions(nonNegative));
  return schedule(
    `T = ${from} to ${to}, linear in ${steps} steps`,
    (step) => from + (to - from) * Math.min(1, step / (steps - 1)),
  );
}

/**
 * The logarithmic schedule, T(step) = depth / ln(2 + step): annealing finds the ground state with certainty
 * if and only if `depth` is at least that of the deepest local minimum (Hajek, Math. Oper. Res. 13 (1988)
 * 311).
 *
 * @throws RangeError unless depth > 0
 * @example dynamics.logarithmic({ depth: 6 }).at(0); // 8.656 = 6 / ln 2
 */
export function logarithmic(options: { readonly depth: number }): Schedule {
  const { depth } = readOptions('logarithmic', options, { depth: needed(positive) });
  return schedule(`T = ${depth} / ln(2 + step)`, (step) => depth / Math.log(2 + step));
}

/**
 * @throws RangeError for a temperature that is negative or not finite: here, or at the step where that is so;
 * TypeError unless it is a schedule, and for temperatures by node, which the caller cannot use
 */
export function asSchedule(caller: string, temperature: Temperature, name = 'temperature'): Schedule {
  if (typeof temperature === 'number') {
    requireNonNegative(caller, name, temperature);
    return constant(temperature);
  }
  requireSchedule(caller, name, temperature);
  const given = 'length' in temperature ? temperature : (temperature.at(0) as unknown); // arrays have a method `at` too
  if (typeof given === 'object' && given !== null) {
    throw new TypeError(
      `${caller}: the temperature must be one for all nodes, got ${String((given as ArrayLike<number>).length)} by node`,
    );
  }
  const at = (step: number): number => {
    const T = temperature.at(step);
    if (!(Number.isFinite(T) && T >= 0)) requireNonNegative(caller, `${name} at step ${step}`, T);
    return T;
  };
  at(0);
  return showAs<Schedule>({ name: temperature.name, at }, () => scheduleCard(temperature));
}

/** @throws TypeError for what is neither a schedule nor a list */
export function requireSchedule(caller: string, name: string, value: unknown): void {
  if (typeof value === 'object' && value !== null && typeof (value as Schedule).at === 'function') return;
  const example = 'linear({ from, to, steps }) or { name, at: (step) => T }';
  throw new TypeError(
    `${caller}: ${name} must be a number or a schedule, such as ${example}, got ${got(value)}`,
  );
}

const STEPS = [0, 10, 100, 1000, 10_000];

export function scheduleCard(schedule: Schedule): MimeBundle {
  const temperatures = STEPS.map((step) => schedule.at(step));
  if (temperatures.every((T) => T === temperatures[0])) return card(`Temperature ${schedule.name}`, {});
  const curve = Float64Array.from({ length: 120 }, (_, k) => schedule.at(Math.round(10 ** (k / 29.75)) - 1));
  return card(
    `Temperature ${schedule.name}`,
    Object.fromEntries(STEPS.map((step, k) => [`at step ${numeral(step)}`, formatNumber(temperatures[k])])),
    sparkline([curve]),
    'steps 0 to 10,000, logarithmic',
  );
}
