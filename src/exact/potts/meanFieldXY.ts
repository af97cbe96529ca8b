// Angles on the complete graph as N grows: H = -(J / 2N) |sum of exp(i theta_j)|^2, so that T_c = J / 2 (each
// pair counted with J / N). The order r = |mean of exp(i theta)| solves r = I_1(J r / T) / I_0(J r / T), and
// per angle
//   u = -J r^2 / 2,   f = J r^2 / 2 - T ln(2 pi I_0(J r / T)),   with the measure d theta of the angles,
//   c = b / (1 - b T / (J r^2)),   b = x^2 d(I_1 / I_0)/dx = x^2 (1 - T / J - r^2) at x = J r / T;
// c jumps from 2 to 0 at T_c.
// Sources: Stanley, Phys. Rev. 176 (1968) 718, DOI 10.1103/PhysRev.176.718; Antoni and Ruffo, Phys. Rev. E 52
// (1995) 2361, DOI 10.1103/PhysRevE.52.2361.
import { showAs } from '../../display/index.js';
import { readOptions } from '../../numerics/options.js';
import { zeroOf } from '../../numerics/root.js';
import { i0e, i1e } from '../../numerics/special.js';
import {
  type EquilibriumPerNode,
  type MeanFieldParameters,
  meanFieldOptions,
  modelCard,
  perNode,
} from '../modelNumbers.js';

/** The mean-field XY model. Angles are numbers, so that the entropy may be negative. */
export interface MeanFieldXY extends EquilibriumPerNode {
  /** J / 2. */
  readonly criticalTemperature: number;
  /** r, in [0, 1]. */
  readonly order: number;
}

/**
 * Angles on the complete graph as N grows, T_c = J / 2: order, energy and free energy per node. Below T_c the
 * angles point more one way than another.
 *
 * @throws RangeError unless temperature and J are positive
 * @example
 * exact.meanFieldXY({ temperature: 0.25 }).order; // 0.8315
 */
export function meanFieldXY(parameters: MeanFieldParameters): MeanFieldXY {
  const { temperature: T, J } = readOptions('meanFieldXY', parameters, meanFieldOptions);
  const alignment = (x: number): number => i1e(x) / i0e(x);
  const r = 2 * T < J ? zeroOf((y) => (y === 0 ? J / (2 * T) : alignment((J * y) / T) / y) - 1, 0, 1) : 0;
  const x = (J * r) / T;
  // where x is large the difference loses its digits: the series in 1 / x
  const series = (1 + (1 + (3 + (25 + 65 / x) / (4 * x)) / (2 * x)) / (2 * x)) / 2;
  const b = x < 300 ? x * x * (1 - T / J - r * r) : series;
  return showAs<MeanFieldXY>(
    {
      criticalTemperature: J / 2,
      order: r,
      meanEnergyPerNode: -(J * r * r) / 2,
      freeEnergyPerNode: (J * r * r) / 2 - T * (Math.log(2 * Math.PI * i0e(x)) + x),
      entropyPerNode: Math.log(2 * Math.PI * i0e(x)) + x * (1 - r),
      heatCapacityPerNode: r * r < 1e-8 ? r && 2 : b / (1 - (b * T) / (J * r * r)),
    },
    modelCard<MeanFieldXY>(
      'Mean-field XY model',
      { temperature: T },
      {
        criticalTemperature: 'critical temperature',
        order: 'order r',
        ...perNode,
      },
    ),
  );
}
