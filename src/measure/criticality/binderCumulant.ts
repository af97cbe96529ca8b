// Binder's fourth-order cumulant of the magnetisation m, one number per record:
//   U = 1 - <m^4> / (3 <m^2>^2),
// 2/3 where all spins agree. Far above the transition of a large system m is Gaussian with n components, the
// length of which has
//   <m^4> / <m^2>^2 = (n + 2) / n,   so that   U = 1 - (n + 2) / (3 n):   0 for Ising spins, 1/3 for XY, 4/9
// for Heisenberg spins.
// Curves U(T) of two sizes cross near the transition. Source: Binder, Z. Phys. B 43 (1981) 119, DOI
// 10.1007/BF01293604.
import { type LevelOption, levelOf } from '../../numerics/rules.js';
import { type Estimate, averagesOf, jackknifeEstimate } from '../../statistics/index.js';

/** The moments in the cumulant: m^2 and m^4. */
export const binderMoments: readonly ((m: number) => number)[] = [(m) => m ** 2, (m) => m ** 4];
export const binderOf = (secondMoment: number, fourthMoment: number): number =>
  1 - fourthMoment / (3 * secondMoment ** 2);

/**
 * Binder's cumulant U = 1 - <m^4> / (3 <m^2>^2) of independent chains. In order U is 2/3. Far above the
 * transition a large system has 1 - (n + 2) / (3 n), with n the components of a spin: 0 for Ising spins, 1/3
 * for XY angles, 4/9 for Heisenberg spins.
 *
 * @param magnetisations one series per chain, at least 16: of Ising spins `observe(samples, magnetisation)`,
 * of angles
 *        `observe(samples, angleOrder)`, of vectors `observe(samples, orderParameter)`
 * @throws RangeError for fewer chains, chains of different lengths, or a level outside (0, 1)
 * @example
 * const ising = hamiltonian(torus(8, 8), [bond((a, b) => a.mul(b).sum().neg())]);
 * const samples = await sample(dynamics.wolff(ising, { temperature: 1.5 }), { chains: 16, burnIn: 100, steps: 500, seed: 1 });
 * measure.binderCumulant(observe(samples, magnetisation)).estimate; // 0.6659
 */
export function binderCumulant(
  magnetisations: readonly ArrayLike<number>[],
  options: LevelOption = {},
): Estimate {
  const level = levelOf('binderCumulant', options);
  const rows = averagesOf('binderCumulant', magnetisations, binderMoments);
  return jackknifeEstimate(rows, level, ([m2, m4]) => binderOf(m2, m4));
}
