// The exact law of Ising spins under a schedule of temperatures: sweeps of single-spin heat bath, node after node,
// on all 2^N states. In one move the two states that differ in spin i share their probability as
//   p(up) : p(down) = exp(-E(up)/T) : exp(-E(down)/T),
// at T = 0 the lower one takes all, and equal ones share equally. It is what simulated annealing does on average.
import { each, finite, nonNegative } from '../../numerics/rules.js';

/**
 * The probability of a set of states after each sweep, from the uniform law.
 *
 * @param energies of all 2^N states in the order of `isingEnergies`, N at most 20
 * @param temperatures one per sweep, in units of energy
 * @throws RangeError unless the number of energies is a power of two from 2 to 2^20, and for temperatures that
 * are negative or not finite
 * @example
 * const energies = exact.isingEnergies(complete(4));
 * exact.annealedProbability(energies, [1, 0], (state) => state === 0 || state === 15); // [0.8819, 1]
 */
export function annealedProbability(
  energies: ArrayLike<number>,
  temperatures: ArrayLike<number>,
  isIn: (state: number) => boolean,
): number[] {
  const states = energies.length;
  const nodes = Math.log2(states);
  if (!Number.isInteger(nodes) || nodes < 1 || nodes > 20)
    throw new RangeError(
      `annealedProbability: energies must be of 2^N states, N from 1 to 20, got ${states}`,
    );
  each(finite)('annealedProbability', 'energies', energies as never);
  each(nonNegative)('annealedProbability', 'temperatures', temperatures as never);
  const law = new Float64Array(states).fill(1 / states);
  return Array.from(temperatures, (temperature) => {
    for (let bit = 1; bit < states; bit *= 2) move(law, energies, bit, temperature);
    return law.reduce((sum, p, state) => (isIn(state) ? sum + p : sum), 0);
  });
}

function move(law: Float64Array, energies: ArrayLike<number>, bit: number, temperature: number): void {
  for (let down = 0; down < law.length; down++) {
    if (down & bit) continue;
    const both = law[down] + law[down | bit];
    const rise = energies[down | bit] - energies[down];
    const up = rise === 0 ? both / 2 : both / (1 + Math.exp(rise / temperature));
    law[down | bit] = up;
    law[down] = both - up;
  }
}
