// Binder's fourth-order cumulant of the magnetisation m, one number per record:
//   U = 1 - <m^4> / (3 <m^2>^2),
// 2/3 where all spins agree, about 0 where m is Gaussian (N large, T above the transition). Curves U(T) of two sizes
// cross near the transition. Source: Binder, Z. Phys. B 43 (1981) 119, DOI 10.1007/BF01293604.
import { type LevelOption, levelOf } from '../../numerics/options.js';
import type { Estimate } from '../../statistics/estimate.js';
import { averagesOf, jackknifeEstimate } from '../../statistics/overChains.js';

/** The moments in the cumulant: m^2 and m^4. */
export const binderMoments: readonly ((m: number) => number)[] = [(m) => m ** 2, (m) => m ** 4];
export const binderOf = (secondMoment: number, fourthMoment: number): number => 1 - fourthMoment / (3 * secondMoment ** 2);

/**
 * Binder's cumulant U = 1 - <m^4> / (3 <m^2>^2) of independent chains: 2/3 in order, about 0 far above the transition.
 *
 * @param magnetisations one series per chain, at least 16, as `observe(samples, magnetisation)` gives them
 * @throws RangeError for fewer chains, chains of different lengths, or a level outside (0, 1)
 * @example
 * const ising = hamiltonian(torus(8, 8), [bond((a, b) => a.mul(b).sum().neg())]);
 * const samples = await sample(wolff(ising, { temperature: 1.5 }), { chains: 16, burnIn: 100, steps: 500, seed: 1 });
 * binderCumulant(observe(samples, magnetisation)).estimate; // 0.6659
 */
export function binderCumulant(magnetisations: readonly ArrayLike<number>[], options: LevelOption = {}): Estimate {
  const level = levelOf('binderCumulant', options);
  const rows = averagesOf('binderCumulant', magnetisations, binderMoments);
  return jackknifeEstimate(rows, level, ([m2, m4]) => binderOf(m2, m4));
}
