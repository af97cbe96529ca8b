// Glauber's kinetic Ising chain: heat bath gives every spin of the infinite ring a new value at rate 1.
// At T = 0 walls walk and annihilate; from a random start the density of walls (bonds of unlike spins) is
//   rho(t) = exp(-2 t) [I_0(2 t) + I_1(2 t)] / 2 -> 1 / sqrt(4 pi t).
// At T > 0 the magnetisation decays as exp(-(1 - tanh(2 J / T)) t). A time of 1 is a sweep in random order.
// Sources: Glauber, J. Math. Phys. 4 (1963) 294, DOI 10.1063/1.1703954; EMTD section 2.2.
import { requireNonNegative } from '../../numerics/check.js';
import { readOptions } from '../../numerics/options.js';
import { i0e, i1e } from '../../numerics/special.js';
import { type MeanFieldParameters, meanFieldOptions } from '../modelNumbers.js';

/**
 * The share of bonds with unlike spins, at a time after a quench from a random state to T = 0.
 *
 * @throws RangeError for a negative time
 * @example
 * exact.glauberWalls(1); // 0.2619
 */
export function glauberWalls(time: number): number {
  requireNonNegative('glauberWalls', 'time', time);
  return (i0e(2 * time) + i1e(2 * time)) / 2;
}

/**
 * 1 - tanh(2 J / T): the rate at which the magnetisation of the chain decays under heat bath of rate 1 per
 * spin.
 *
 * @throws RangeError unless temperature and J are positive
 * @example
 * glauberRate({ temperature: 1 }); // 0.035972
 */
export function glauberRate(parameters: MeanFieldParameters): number {
  const { temperature, J } = readOptions('glauberRate', parameters, meanFieldOptions);
  return 2 / (1 + Math.exp((4 * J) / temperature));
}
