// The Boltzmann law of a finite list of energies: p_s = exp(-E_s / T) / Z, F = -T ln Z, with k_B = 1 and the
// least energy taken out of the sum, so that nothing overflows. Source: EMTD section 2.2.3.
import { card, formatNumber, numeral, printAs, rangeText, sparkline } from '../../display/index.js';
import { got, requirePositive } from '../../numerics/check.js';
import { aList } from '../../numerics/rules.js';
import type { Equilibrium } from '../modelNumbers.js';

/** Probabilities exp(-E/T) / Z, and the averages of the energy. */
export interface BoltzmannLaw extends Equilibrium {
  /** `[states]`: exp(-E_s / T) / Z. */
  readonly probabilities: Float64Array;
}

/**
 * The Boltzmann law of a list of energies: p_s = exp(-E_s / T) / Z and F = -T ln Z, k_B = 1. The hotter, the
 * more evenly are states visited; the colder, the more the lowest.
 *
 * @param energies at least one; an infinite energy has the probability 0
 * @throws RangeError unless the temperature is positive and finite, and for an energy that is not a number
 * or is -Infinity, or if no energy is finite
 * @example
 * exact.boltzmannLaw([0, Math.LN2], 1).probabilities; // [2/3, 1/3]
 */
export function boltzmannLaw(energies: ArrayLike<number>, temperature: number): BoltzmannLaw {
  requirePositive('boltzmannLaw', 'temperature', temperature);
  let least = Infinity;
  aList('boltzmannLaw', 'energies', energies as never);
  for (let s = 0; s < energies.length; s++) {
    const energy = energies[s];
    if (!(typeof energy === 'number' && energy > -Infinity))
      throw new RangeError(
        `boltzmannLaw: energies[${s}] must be a number above -Infinity, got ${got(energy)}`,
      );
    least = Math.min(least, energy);
  }
  if (least === Infinity)
    throw new RangeError(`boltzmannLaw: needs at least 1 finite energy, got ${energies.length} that are not`);
  const probabilities = Float64Array.from(energies, (energy) => Math.exp((least - energy) / temperature));
  let sum = 0;
  for (const weight of probabilities) sum += weight;
  for (let s = 0; s < probabilities.length; s++) probabilities[s] /= sum;
  /** An average over states; those of probability 0 may have infinite energies. */
  const average = (of: (energy: number) => number): number =>
    probabilities.reduce((total, p, s) => (p === 0 ? total : total + p * of(energies[s])), 0);
  const meanEnergy = average((energy) => energy);
  const energyVariance = average((energy) => (energy - meanEnergy) ** 2);
  return printAs<BoltzmannLaw>(
    {
      probabilities,
      meanEnergy,
      energyVariance,
      freeEnergy: least - temperature * Math.log(sum),
      entropy: average((energy) => (energy - least) / temperature) + Math.log(sum),
      heatCapacity: energyVariance / temperature / temperature,
    },
    boltzmannCard,
  );
}

function boltzmannCard({ probabilities, ...averages }: BoltzmannLaw) {
  return card(
    `Boltzmann law of ${numeral(probabilities.length)} states`,
    {
      'mean energy': formatNumber(averages.meanEnergy),
      'free energy': formatNumber(averages.freeEnergy),
      entropy: formatNumber(averages.entropy),
      probabilities: rangeText(probabilities),
    },
    probabilities.length > 1 && sparkline([probabilities]),
    'probability by state',
  );
}
