// The Boltzmann law of a finite list of energies: p_s = exp(-E_s / T) / Z, F = -T ln Z, with k_B = 1 and the
// least energy taken out of the sum, so that nothing overflows. Source: EMTD section 2.2.3.
import { addCaption, card, formatNumber, type MimeBundle, numeral, printAs, rangeText, sparkline } from '../../display/index.js';
import { requirePositive, requireSome } from '../../numerics/check.js';

/** Probabilities exp(-E/T) / Z, and the free energy. */
export interface BoltzmannLaw {
  readonly probabilities: Float64Array;
  readonly freeEnergy: number;
}

/**
 * The Boltzmann law of a list of energies: p_s = exp(-E_s / T) / Z and F = -T ln Z, k_B = 1.
 *
 * @throws RangeError unless the temperature is positive and finite
 * @example
 * boltzmannLaw([0, Math.LN2], 1).probabilities; // [2/3, 1/3]
 */
export function boltzmannLaw(energies: ArrayLike<number>, temperature: number): BoltzmannLaw {
  requirePositive('boltzmannLaw', 'temperature', temperature);
  requireSome('boltzmannLaw', 'energies', energies);
  let least = Infinity;
  for (let s = 0; s < energies.length; s++) least = Math.min(least, energies[s]);
  const probabilities = Float64Array.from(energies, (energy) => Math.exp((least - energy) / temperature));
  let sum = 0;
  for (const weight of probabilities) sum += weight;
  for (let s = 0; s < probabilities.length; s++) probabilities[s] /= sum;
  return printAs({ probabilities, freeEnergy: least - temperature * Math.log(sum) }, boltzmannCard);
}

function boltzmannCard({ probabilities, freeEnergy }: BoltzmannLaw): MimeBundle {
  return card(`Boltzmann law of ${numeral(probabilities.length)} states`, {
    'free energy': formatNumber(freeEnergy), probabilities: rangeText(probabilities),
  }, probabilities.length > 1 ? { picture: addCaption(sparkline([probabilities]), ['probability by state']) } : {});
}
