// The presence field in time, in float64: the classical fourth-order Runge-Kutta step, which keeps the total as the rates do.
// Error of a step O(dt^5); stable up to dt = 2.78 over the fastest rate. A state that is stationary stays.
import { summarised } from '../display/index.js';
import { requirePositive } from '../graph/check.js';
import { laplacianBound } from '../graph/index.js';
import { relaxationCard } from './display.js';
import type { Presence } from './presence.js';

export interface RelaxOptions {
  /** How long. */
  readonly time: number;
  /** By default half over the fastest of the linear rates: an error of some 1e-4 in what decays that fast. */
  readonly timeStep?: number;
  /** Records, equally far apart in time; 1 by default, the end. */
  readonly records?: number;
}

export interface Relaxation {
  readonly times: Float64Array;
  /** [nodes + 1, states] at each time. */
  readonly states: readonly Float64Array[];
  /** The last of them. */
  readonly state: Float64Array;
}

/**
 * @param start [nodes + 1, states], the pool last
 * @throws RangeError for a start of another size, times that are not positive; Error where the field stops being finite
 * @example
 * relax(air, start, { time: 100, records: 50 }).states;
 */
export function relax(presence: Presence, start: ArrayLike<number>, { time, timeStep, records = 1 }: RelaxOptions): Relaxation {
  requirePositive('relax', 'time', time);
  const { graph, states: d, decay, release, participation } = presence;
  if (start.length !== (graph.nodeCount + 1) * d) {
    throw new RangeError(`relax: the state must be [nodes + 1, states] = [${graph.nodeCount + 1}, ${d}], got ${start.length} numbers`);
  }
  const fastest = laplacianBound(graph) + decay + release * participation.reduce((sum, u) => sum + u, 0);
  const longest = timeStep ?? 0.5 / fastest;
  requirePositive('relax', 'timeStep', longest);
  const steps = Math.max(1, Math.ceil(time / records / longest));
  const dt = time / records / steps;
  let x: Float64Array = Float64Array.from(start);
  const states: Float64Array[] = [];
  for (let record = 0; record < records; record++) {
    for (let step = 0; step < steps; step++) x = rungeKutta(presence, x, dt);
    if (!x.every(Number.isFinite)) throw new Error(`relax: the field is not finite at time ${(record + 1) * steps * dt}; take a smaller timeStep than ${dt}`);
    states.push(x);
  }
  const times = Float64Array.from({ length: records }, (_, k) => ((k + 1) * time) / records);
  return summarised<Relaxation>({ times, states, state: x }, relaxationCard);
}

function rungeKutta({ drift }: Presence, x: Float64Array, dt: number): Float64Array {
  const ahead = (k: Float64Array, h: number): Float64Array => x.map((value, i) => value + h * k[i]);
  const k1 = drift(x);
  const k2 = drift(ahead(k1, dt / 2));
  const k3 = drift(ahead(k2, dt / 2));
  const k4 = drift(ahead(k3, dt));
  return x.map((value, i) => value + (dt / 6) * (k1[i] + 2 * (k2[i] + k3[i]) + k4[i]));
}
