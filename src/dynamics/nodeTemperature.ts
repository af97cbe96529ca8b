// Temperatures that may differ from node to node, T_i(step). A node with a T of its own exchanges heat with a bath of its own: where
// baths differ, heat flows through the system, detailed balance is broken, and no exp(-H/T) is stationary.
import { rangeText, shown } from '../display/index.js';
import { requireNonNegative } from '../graph/check.js';
import { nodeScheduleCard } from './display.js';
import { asSchedule, type Schedule, type Temperature } from './schedule.js';

/** One temperature for all nodes, or one a node: an array [nodes] stands for the constant schedule of such arrays. */
export type NodeTemperature = Temperature | ArrayLike<number> | Schedule<ArrayLike<number>>;

/** What a sampler keeps of it. */
export type NodeSchedule = Schedule | Schedule<ArrayLike<number>>;

export const isByNode = (schedule: NodeSchedule): schedule is Schedule<ArrayLike<number>> => typeof schedule.at(0) !== 'number';

/** @throws TypeError where temperatures differ from node to node: exp(-H/T) is what the caller relies on */
export function requireOneTemperature(caller: string, schedule: NodeSchedule): void {
  if (isByNode(schedule)) throw new TypeError(`${caller}: the sampler must have one temperature for all nodes, got ${schedule.name}`);
}

/** @throws RangeError unless there is one temperature a node, none negative: here, or at the step where that is not so */
export function asNodeSchedule(caller: string, temperature: NodeTemperature, nodes: number): NodeSchedule {
  if (typeof temperature === 'number') return asSchedule(caller, temperature);
  if ('length' in temperature) {
    const constant = checked(caller, Float64Array.from(temperature), nodes);
    return shown<NodeSchedule>({ name: `T by node, ${rangeText(constant)}`, at: () => constant }, nodeScheduleCard);
  }
  if (!isByNode(temperature)) return temperature;
  checked(caller, temperature.at(0), nodes);
  return shown<NodeSchedule>({ name: temperature.name, at: (step) => checked(caller, temperature.at(step), nodes) }, nodeScheduleCard);
}

function checked<Values extends ArrayLike<number>>(caller: string, temperatures: Values, nodes: number): Values {
  if (temperatures.length !== nodes) throw new RangeError(`${caller}: needs one temperature a node (${nodes}), got ${temperatures.length}`);
  for (let i = 0; i < nodes; i++) requireNonNegative(caller, `temperatures[${i}]`, temperatures[i]);
  return temperatures;
}

/** The mean over nodes. */
export function meanTemperature(temperature: number | ArrayLike<number>): number {
  if (typeof temperature === 'number') return temperature;
  let sum = 0;
  for (let i = 0; i < temperature.length; i++) sum += temperature[i];
  return sum / temperature.length;
}
