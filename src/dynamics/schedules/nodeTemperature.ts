// Temperatures that may differ from node to node, T_i(step). Each node then exchanges heat with its own bath:
// where baths differ, heat flows through the system, detailed balance is broken, and no exp(-H/T) is
// stationary.
import type { ByNode } from '../../codegen/index.js';
import { card, type MimeBundle, rangeText, showAs } from '../../display/index.js';
import { got, requireNonNegative } from '../../numerics/check.js';
import { mean } from '../../statistics/index.js';
import { asSchedule, requireSchedule, type Schedule, type Temperature } from './schedule.js';

/** In units of energy: one for all nodes, or one per node: an array [nodes], or a schedule of such arrays. */
export type NodeTemperature = Temperature | ArrayLike<number> | Schedule<ArrayLike<number>>;

/** A schedule of one temperature, or of one per node. */
export type NodeSchedule = Schedule | Schedule<ArrayLike<number>>;

export const isByNode = (schedule: NodeSchedule): schedule is Schedule<ArrayLike<number>> =>
  typeof schedule.at(0) !== 'number';

/** Schedules of one constant array. */
const fixed = new WeakSet<NodeSchedule>();

/** Whether temperatures differ from node to node, and then from step to step. */
export const byNodeOf = (schedule: NodeSchedule): ByNode | undefined =>
  fixed.has(schedule) ? 'fixed' : isByNode(schedule) ? 'changing' : undefined;

/**
 * @throws TypeError for a sampler whose temperatures differ from node to node: exp(-H/T) is what the caller
 * relies on; RangeError for another temperature than that which it was asked for
 */
export function requireTemperature(
  caller: string,
  what: string,
  schedule: NodeSchedule,
  asked: number,
): void {
  if (isByNode(schedule))
    throw new TypeError(
      `${caller}: the sampler must have one temperature for all nodes, got ${schedule.name}`,
    );
  const T = schedule.at(0);
  if (T !== asked) throw new RangeError(`${caller}: ${what} must have that temperature, got one of ${T}`);
}

/**
 * @throws RangeError unless there is one temperature per node, none negative: here, or at the step where that
 * is not so
 */
export function asNodeSchedule(caller: string, temperature: NodeTemperature, nodes: number): NodeSchedule {
  if (typeof temperature === 'number') return asSchedule(caller, temperature);
  requireSchedule(caller, 'temperature', temperature);
  if ('length' in temperature) {
    const constant = checked(caller, Float64Array.from(temperature), nodes);
    const schedule = showAs<NodeSchedule>(
      { name: `T by node, ${rangeText(constant)}`, at: () => constant },
      nodeScheduleCard,
    );
    fixed.add(schedule);
    return schedule;
  }
  const first = temperature.at(0) as unknown;
  if (typeof first !== 'object' || first === null) return asSchedule(caller, temperature as Schedule);
  const at = (step: number) =>
    checked(caller, temperature.at(step) as ArrayLike<number>, nodes, ` at step ${step}`);
  at(0);
  return showAs<NodeSchedule>({ name: temperature.name, at }, () => nodeScheduleCard(temperature));
}

function checked<Values extends ArrayLike<number>>(
  caller: string,
  temperatures: Values,
  nodes: number,
  when = '',
): Values {
  if (temperatures?.length !== nodes) {
    throw new RangeError(
      `${caller}: needs one temperature per node (${nodes})${when}, got ${temperatures?.length ?? got(temperatures)}`,
    );
  }
  for (let i = 0; i < nodes; i++) {
    if (!(Number.isFinite(temperatures[i]) && temperatures[i] >= 0))
      requireNonNegative(caller, `temperatures[${i}]${when}`, temperatures[i]);
  }
  return temperatures;
}

export function meanTemperature(temperature: number | ArrayLike<number>): number {
  return typeof temperature === 'number' ? temperature : mean(temperature);
}

/** A function of the temperature, one number or one per node. */
export function amplitudeOf(
  T: number | ArrayLike<number>,
  amplitude: (T: number) => number,
): number | Float64Array {
  if (typeof T === 'number') return amplitude(T);
  const amplitudes = new Float64Array(T.length);
  for (let i = 0; i < T.length; i++) amplitudes[i] = amplitude(T[i]);
  return amplitudes;
}

export function nodeScheduleCard(schedule: NodeSchedule): MimeBundle {
  const [first, ...later] = [0, 10, 100].map(
    (step) => [`at step ${step}`, rangeText(schedule.at(step) as ArrayLike<number>)] as const,
  );
  return card(
    `Temperature ${schedule.name}`,
    later.every(([, range]) => range === first[1])
      ? { 'at every node': first[1] }
      : Object.fromEntries([first, ...later]),
  );
}
