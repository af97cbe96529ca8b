// The Ising model on the infinite square lattice without field, H = -J sum over <i,j> of s_i s_j, K = J / T,
// per node:
//   u = -J coth 2K [1 + (2 / pi) k' E1(k)],   k = 2 sinh 2K / cosh^2 2K,   k' = 2 tanh^2 2K - 1,
//   c = (2 / pi) (K coth 2K)^2 {2 E1(k) - 2 E2(k) - (1 - k') [pi / 2 + k' E1(k)]},
//   f = -T [ln(2 cosh 2K) + (1 / pi) int from 0 to pi / 2 of ln((1 + sqrt(1 - k^2 sin^2 a)) / 2) da],
//   m = (1 - sinh^-4 2K)^(1/8) below T_c = 2 J / ln(1 + sqrt 2),
// E1 and E2 the complete elliptic integrals of the first and second kind. Finite tori: `kaufmanIsing`.
// Sources: Onsager, Phys. Rev. 65 (1944) 117, DOI 10.1103/PhysRev.65.117; Yang, Phys. Rev. 85 (1952) 808, DOI
// 10.1103/PhysRev.85.808.
import { showAs } from '../../display/index.js';
import { readOptions } from '../../numerics/options.js';
import { integral } from '../../numerics/quadrature.js';
import { ellpe, ellpk } from '../../numerics/special.js';
import {
  type EquilibriumPerNode,
  type MeanFieldParameters,
  meanFieldOptions,
  modelCard,
  ordering,
  perNode,
} from '../modelNumbers.js';

/**
 * The Ising model on the infinite square lattice. At the critical temperature the energy per node is
 * -sqrt 2 J, and the heat capacity is Infinity, to rounding.
 */
export interface SquareIsing extends EquilibriumPerNode {
  /** 2 J / ln(1 + sqrt 2). */
  readonly criticalTemperature: number;
  /** Yang's spontaneous magnetisation; 0 at and above the critical temperature. */
  readonly magnetisation: number;
}

/**
 * The Ising model on the infinite square lattice without field, H = -J sum s_i s_j: energy, heat capacity and
 * magnetisation per node. Onsager's solution was the first with forces between neighbours alone and a phase
 * transition.
 *
 * @throws RangeError unless temperature and J are positive
 * @example
 * exact.squareIsing({ temperature: 2 }).meanEnergyPerNode; // -1.745565
 * exact.squareIsing({ temperature: 2 }).magnetisation; // 0.911319
 */
export function squareIsing(parameters: MeanFieldParameters): SquareIsing {
  const { temperature: T, J } = readOptions('squareIsing', parameters, meanFieldOptions);
  const K = J / T;
  const tanh = Math.tanh(2 * K);
  const complement = 2 * tanh ** 2 - 1; // k'
  const squared = Math.min(1, complement ** 2); // 1 - k^2
  const atCritical = squared < 1e-30;
  const [first, second] = atCritical ? [Infinity, 1] : [ellpk(squared), ellpe(squared)];
  const small = atCritical ? 0 : complement * first;
  const modulus = (2 * Math.sinh(2 * K)) / Math.cosh(2 * K) ** 2 || 0; // k, 0 where cosh overflows
  /**
   * ln of (1 + sqrt(1 - k^2 sin^2)) / 2, accurate where it is small; so is 1 - k^2 sin^2, as cos^2 + k'^2
   * sin^2.
   */
  const logHalf = (angle: number): number => {
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    return Math.log1p(-((modulus * sin) ** 2) / (2 * (1 + Math.hypot(cos, complement * sin))));
  };
  const logTwoCosh = 2 * K + Math.log1p(Math.exp(-4 * K));
  const excess = integral(logHalf, 0, Math.PI / 2) / Math.PI;
  const critical = (2 * J) / Math.log(1 + Math.SQRT2);
  const meanEnergyPerNode = -(J / tanh) * (1 + (2 / Math.PI) * small);
  const freeEnergyPerNode = -T * (logTwoCosh + excess);
  return showAs<SquareIsing>(
    {
      criticalTemperature: critical,
      meanEnergyPerNode,
      freeEnergyPerNode,
      entropyPerNode: (meanEnergyPerNode - freeEnergyPerNode) / T,
      heatCapacityPerNode:
        (2 / Math.PI) * (K / tanh) ** 2 * (2 * first - 2 * second - (1 - complement) * (Math.PI / 2 + small)),
      magnetisation: T < critical ? (1 - Math.sinh(2 * K) ** -4) ** (1 / 8) : 0,
    },
    modelCard<SquareIsing>(
      'Ising model on the square lattice, exact',
      { temperature: T },
      { ...ordering, ...perNode },
    ),
  );
}
