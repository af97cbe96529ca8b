// The Curie-Weiss model, in which every spin is coupled to every other: H = -(J / 2N) (sum of s_i)^2, s_i =
// +-1, as N grows. The free energy per spin at magnetisation m is
//   f(m) = -J m^2 / 2 + T [(1 + m) ln((1 + m) / 2) + (1 - m) ln((1 - m) / 2)] / 2,
// least where m = tanh(J m / T): at 0 for T >= J, at +-m* below. The barrier f(0) - f(m*) lies between the
// two, and the time to cross it grows as exp(N (f(0) - f(m*)) / T); `completeIsing` has it exactly at finite
// N. Sources: Weiss, J. Phys. Theor. Appl. 6 (1907) 661, DOI 10.1051/jphystap:019070060066100; Griffiths,
// Weng and Langer, Phys. Rev. 149 (1966) 301, DOI 10.1103/PhysRev.149.301; EMTD section 2.1.
import { addCaption, showAs, sparkline } from '../../display/index.js';
import { readOptions } from '../../numerics/options.js';
import { zeroOf } from '../../numerics/root.js';
import {
  type EquilibriumPerNode,
  type MeanFieldParameters,
  meanFieldOptions,
  modelCard,
  ordering,
  perNode,
} from '../modelNumbers.js';

/**
 * The mean-field ferromagnet in the limit of many spins, without field: <H> / N = -J m*^2 / 2, F / N = f(m*),
 * and C / N = J^2 m*^2 (1 - m*^2) / (T (T - J (1 - m*^2))), which jumps from 3/2 to 0 at T = J.
 */
export interface CurieWeiss extends EquilibriumPerNode {
  /** J. */
  readonly criticalTemperature: number;
  /** m*, the root of m = tanh(J m / T) that is not negative; 0 at and above J. */
  readonly magnetisation: number;
  /** f(0) - f(m*). */
  readonly barrierPerNode: number;
  /** dm/dh = (1 - m*^2) / (T - J (1 - m*^2)); Infinity at T = J. */
  readonly susceptibility: number;
  /** f(m), the free energy per node of the states of magnetisation m in [-1, 1]. */
  freeEnergyPerNodeAt(magnetisation: number): number;
}

/**
 * The Curie-Weiss model as N grows, H = -(J / 2N) (sum of s_i)^2: its magnetisation, free energy and barrier.
 * Every spin feels the mean of all others: the simplest model in which many weak influences make an order.
 *
 * @throws RangeError unless temperature and J are positive; for a magnetisation outside [-1, 1]
 * @example
 * exact.curieWeiss({ temperature: 0.5 }).magnetisation; // 0.957504
 * exact.curieWeiss({ temperature: 0.5 }).barrierPerNode; // 0.163262
 */
export function curieWeiss(parameters: MeanFieldParameters): CurieWeiss {
  const { temperature: T, J } = readOptions('curieWeiss', parameters, meanFieldOptions);
  const m = T < J ? zeroOf((x) => (x === 0 ? J / T : Math.tanh((J * x) / T) / x) - 1, 0, 1) : 0;
  const freeEnergyPerNodeAt = (magnetisation: number): number => {
    if (!(Math.abs(magnetisation) <= 1))
      throw new RangeError(`curieWeiss: magnetisation must be in [-1, 1], got ${String(magnetisation)}`);
    return -(J * magnetisation ** 2) / 2 - T * mixingEntropy(magnetisation);
  };
  const spread = 1 - m * m;
  const range = Array.from({ length: 101 }, (_, k) => k / 50 - 1);
  return showAs<CurieWeiss>(
    {
      criticalTemperature: J,
      magnetisation: m,
      meanEnergyPerNode: -(J * m * m) / 2,
      freeEnergyPerNode: freeEnergyPerNodeAt(m),
      entropyPerNode: mixingEntropy(m),
      barrierPerNode: freeEnergyPerNodeAt(0) - freeEnergyPerNodeAt(m),
      susceptibility: spread / (T - J * spread),
      heatCapacityPerNode: m * m < 1e-8 ? m && 3 / 2 : (J * J * m * m * spread) / (T * (T - J * spread)),
      freeEnergyPerNodeAt,
    },
    modelCard<CurieWeiss>(
      'Curie-Weiss model',
      { temperature: T },
      { ...ordering, ...perNode, barrierPerNode: 'barrier per node', susceptibility: 'susceptibility' },
      () =>
        addCaption(sparkline([range.map(freeEnergyPerNodeAt)]), ['free energy by magnetisation, -1 to 1']),
    ),
  );
}

/** The entropy per spin of independent spins of mean m, in nats. */
function mixingEntropy(m: number): number {
  const share = (p: number): number => (p === 0 ? 0 : -p * Math.log(p));
  return share((1 + m) / 2) + share((1 - m) / 2);
}
