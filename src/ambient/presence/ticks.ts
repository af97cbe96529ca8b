// The presence field as discrete steps, without a history: in every step of length dt one quantum jumps, each
// jump with its rate times dt, or none does. With Q the rates of `events`, the chain of the steps is P = 1 +
// Q dt: both have the same stationary law, pi Q = 0 and pi P = pi, exactly, for every dt at which P has no
// negative entry. Source: Jensen, Skand. Aktuarietidskr. 36 (1953) 87, doi:10.1080/03461238.1953.10419459
// (uniformisation); row AE-9.
import { checkOptions, needed } from '../../numerics/options.js';
import { positive } from '../../numerics/rules.js';
import { type Key, uniformGenerator } from '../../randomness/index.js';
import { countsOf, Jumps } from './jumps.js';
import type { Update } from '../messages/update.js';
import { type Presence, requirePresence } from './presence.js';

/**
 * From counts of quanta, [nodes + 1, states], to counts; see `events`. Costs one pass over the nodes per
 * step.
 *
 * @param options quanta per unit of mass; length of a step, at most one over the sum of all rates
 * @throws RangeError for other counts; where the sum of rates times the step is above 1
 * @example
 * const air = ambient.presence(ring(4), { decay: 0.1, release: 0.05 });
 * ambient.after(ambient.ticks(air, { quanta: 1, timeStep: 0.004 }), Float64Array.of(100, 0, 0, 0, 0), { steps: 10_000, seed: 1 }); // [24, 24, 16, 15, 21]
 */
export function ticks(
  presence: Presence,
  options: { readonly quanta: number; readonly timeStep: number },
): Update<Float64Array> {
  requirePresence('ticks', presence);
  checkOptions('ticks', options, { quanta: needed(positive), timeStep: needed(positive) });
  const { quanta, timeStep } = options;
  return (present: Float64Array, { seed, stream }: Key) => {
    const random = uniformGenerator(seed, stream);
    const jumps = new Jumps(presence, countsOf('ticks', presence, present), quanta);
    if (jumps.rate * timeStep > 1) {
      throw new RangeError(
        `ticks: timeStep must be at most ${1 / jumps.rate}, one over the sum of the rates, got ${timeStep}`,
      );
    }
    if (random() < jumps.rate * timeStep) jumps.next(random);
    return jumps.counts;
  };
}
