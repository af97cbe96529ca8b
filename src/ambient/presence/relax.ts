// The presence field in time, in float64: the classical fourth-order Runge-Kutta step, which keeps the total
// as the rates do. Error of a step O(dt^5); stable up to dt = 2.78 over the fastest rate. A state that is
// stationary stays.
import {
  card,
  countText,
  formatNumber,
  printAs,
  rangeText,
  RunFailed,
  sparkline,
} from '../../display/index.js';
import { laplacianBound } from '../../graphs/index.js';
import { type OptionsOf, readOptions } from '../../numerics/options.js';
import { positive } from '../../numerics/rules.js';
import { type LongRunOptions, longRunRules, Recording } from './longRun.js';
import { type Presence, requirePresence, requireState } from './presence.js';

const relaxOptions = {
  /** By default 1/2 over the fastest of the linear rates: an error of some 1e-4 in the fastest decay. */
  timeStep: positive,
};

/** Options of `relax`. */
export interface RelaxOptions extends LongRunOptions<Relaxation>, OptionsOf<typeof relaxOptions> {}

/** A solution of the rate equations, as `relax` gives it. */
export interface Relaxation {
  readonly times: Float64Array;
  /** [nodes + 1, states] at each time. */
  readonly states: readonly Float64Array[];
  /** The last state, or the start. */
  readonly state: Float64Array;
}

/**
 * The presence field in time, in float64, by the classical Runge-Kutta step.
 *
 * @param start [nodes + 1, states], the pool last
 * @throws RangeError for a start of another size, times that are not positive; RunFailed<Relaxation> where
 * the field becomes infinite or NaN; Aborted<Relaxation>
 * @example
 * const air = ambient.presence(ring(4), { decay: 0.1, release: 0.05 });
 * const { times, states } = await ambient.relax(air, [1, 0, 0, 0, 0], { time: 100, every: 50 }); // all mass on node 0, none in the pool
 * states.at(-1); // [0.1667, 0.1667, 0.1667, 0.1667, 0.3333]
 */
export async function relax(
  presence: Presence,
  start: ArrayLike<number>,
  options: RelaxOptions,
): Promise<Relaxation> {
  requirePresence('relax', presence);
  const { timeStep } = readOptions('relax', options, { ...longRunRules, ...relaxOptions });
  const plan = new Recording('relax', options, collected);
  const { graph, decay, release, participation } = presence;
  requireState('relax', presence, start);
  const fastest = laplacianBound(graph) + decay + release * participation.reduce((sum, u) => sum + u, 0);
  const steps = Math.max(1, Math.ceil(plan.span / (timeStep ?? 0.5 / fastest)));
  const dt = plan.span / steps;
  const states = [...(options.resume?.states ?? [])];
  for await (const record of plan.spans()) {
    let x = last();
    for (let step = 0; step < steps; step++) {
      if (plan.isDue) await plan.turn();
      x = rungeKutta(presence, x, dt);
    }
    if (!x.every(Number.isFinite)) {
      const time = (record + 1) * plan.span;
      throw new RunFailed(
        new Error(`relax: the field is not finite at time ${time}; take a smaller timeStep than ${dt}`),
        collected(),
      );
    }
    states.push(x);
  }
  return collected();

  function last(): Float64Array {
    return states.at(-1) ?? Float64Array.from(start);
  }

  function collected(): Relaxation {
    return printAs<Relaxation>({ times: plan.times(states.length), states, state: last() }, relaxationCard);
  }
}

function rungeKutta({ drift }: Presence, x: Float64Array, dt: number): Float64Array {
  const ahead = (k: Float64Array, h: number): Float64Array => x.map((value, i) => value + h * k[i]);
  const k1 = drift(x);
  const k2 = drift(ahead(k1, dt / 2));
  const k3 = drift(ahead(k2, dt / 2));
  const k4 = drift(ahead(k3, dt));
  return x.map((value, i) => value + (dt / 6) * (k1[i] + 2 * (k2[i] + k3[i]) + k4[i]));
}

function relaxationCard({ times, states, state }: Relaxation) {
  return card(
    `Presence field at ${countText(times.length, 'time')}`,
    {
      'until time': formatNumber(times.at(-1) ?? 0),
      'held and in the air': rangeText(state),
      'in all': formatNumber(state.reduce((sum, x) => sum + x, 0)),
    },
    states.length > 1 && sparkline([states.map((each) => Math.max(...each))]),
    'largest number by time',
  );
}
