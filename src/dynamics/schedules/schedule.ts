// Temperature schedules T(step), in units of energy (k_B = 1): a number for all nodes, or an array [nodes].
import { captioned, card, formatNumber, grouped, type MimeBundle, shown, sparkline } from '../../display/index.js';

export interface Schedule<T = number> {
  readonly name: string;
  /** Temperature at a step, counted from 0. */
  at(step: number): T;
}

/** A number stands for the constant schedule. */
export type Temperature = number | Schedule;

/** T(step) = T. @throws RangeError unless T >= 0 */
export function constant(temperature: number): Schedule {
  atLeast('constant', 'temperature', temperature, 0);
  return shown({ name: `T = ${temperature}`, at: () => temperature }, scheduleCard);
}

/**
 * T(step) = from (to / from)^(step / (steps - 1)), constant at `to` afterwards.
 * @throws RangeError unless from, to > 0 and steps >= 2
 */
export function geometric({ from, to, steps }: { from: number; to: number; steps: number }): Schedule {
  positive('geometric', 'from', from);
  positive('geometric', 'to', to);
  atLeast('geometric', 'steps', steps, 2);
  return shown<Schedule>({
    name: `T = ${from} to ${to}, geometric in ${steps} steps`,
    at: (step) => from * (to / from) ** Math.min(1, step / (steps - 1)),
  }, scheduleCard);
}

/**
 * T(step) = from + (to - from) step / (steps - 1), constant at `to` afterwards.
 * @throws RangeError unless from, to >= 0 and steps >= 2
 * @example linear({ from: 2, to: 0, steps: 5 }).at(1); // 1.5
 */
export function linear({ from, to, steps }: { from: number; to: number; steps: number }): Schedule {
  atLeast('linear', 'from', from, 0);
  atLeast('linear', 'to', to, 0);
  atLeast('linear', 'steps', steps, 2);
  return shown<Schedule>({
    name: `T = ${from} to ${to}, linear in ${steps} steps`,
    at: (step) => from + (to - from) * Math.min(1, step / (steps - 1)),
  }, scheduleCard);
}

/**
 * T(step) = depth / ln(2 + step): annealing finds the ground state with certainty if and only if
 * `depth` is at least that of the deepest local minimum (Hajek, Math. Oper. Res. 13 (1988) 311).
 * @throws RangeError unless depth > 0
 */
export function logarithmic({ depth }: { depth: number }): Schedule {
  positive('logarithmic', 'depth', depth);
  return shown<Schedule>({ name: `T = ${depth} / ln(2 + step)`, at: (step) => depth / Math.log(2 + step) }, scheduleCard);
}

/** @throws TypeError for temperatures by node, of which the caller cannot make use */
export function asSchedule(caller: string, temperature: Temperature): Schedule {
  if (typeof temperature === 'number') return constant(temperature);
  const given = 'length' in temperature ? temperature : temperature.at(0) as unknown; // arrays have a method `at` too
  if (typeof given === 'number') return temperature;
  throw new TypeError(`${caller}: the temperature must be one for all nodes, got ${String((given as ArrayLike<number>).length)} by node`);
}

function positive(name: string, what: string, value: number): void {
  if (!(value > 0 && Number.isFinite(value))) throw new RangeError(`${name}: ${what} must be positive, got ${value}`);
}

function atLeast(name: string, what: string, value: number, least: number): void {
  if (!(value >= least && Number.isFinite(value))) {
    throw new RangeError(`${name}: ${what} must be at least ${least}, got ${value}`);
  }
}

/** Where a schedule shows its temperatures. */
const shownSteps = [0, 10, 100, 1000, 10_000];

export function scheduleCard(schedule: Schedule): MimeBundle {
  const temperatures = shownSteps.map((step) => schedule.at(step));
  if (temperatures.every((T) => T === temperatures[0])) return card(`Temperature ${schedule.name}`, {});
  const curve = Float64Array.from({ length: 120 }, (_, k) => schedule.at(Math.round(10 ** (k / 29.75)) - 1));
  return card(`Temperature ${schedule.name}`, Object.fromEntries(
    shownSteps.map((step, k) => [`at step ${grouped(step)}`, formatNumber(temperatures[k])]),
  ), { picture: captioned(sparkline([curve]), ['steps 0 to 10,000, logarithmic']) });
}
