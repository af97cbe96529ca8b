// The Curie-Weiss model, in which every spin is coupled to every other: H = -(J / 2N) (sum of s_i)^2, s_i =
// +-1, as N grows. The free energy per spin at magnetisation m is
//   f(m) = -J m^2 / 2 + T [(1 + m) ln((1 + m) / 2) + (1 - m) ln((1 - m) / 2)] / 2,
// least where m = tanh(J m / T): at 0 for T >= J, at +-m* below. The barrier f(0) - f(m*) lies between the
// two, and the time to cross it grows as exp(N (f(0) - f(m*)) / T); `completeIsing` has it exactly at finite
// N. Sources: Weiss, J. Phys. Theor. Appl. 6 (1907) 661, DOI 10.1051/jphystap:019070060066100; Griffiths,
// Weng and Langer, Phys. Rev. 149 (1966) 301, DOI 10.1103/PhysRev.149.301; EMTD section 2.1.
import { addCaption, showAs, sparkline } from '../../display/index.js';
import { checkOptions, needed, positive } from '../../numerics/options.js';
import { zeroOf } from '../../numerics/root.js';
import { modelCard, ordering, perSpin } from '../modelNumbers.js';

/** Temperature and coupling of an exact result. */
export interface MeanFieldParameters {
  /** T, in units of energy; k_B = 1. */
  readonly temperature: number;
  /** The coupling; 1 by default. */
  readonly J?: number;
}

/** The mean-field ferromagnet in the limit of many spins, without field. */
export interface CurieWeiss {
  /** J. */
  readonly criticalTemperature: number;
  /** m*, the root of m = tanh(J m / T) that is not negative; 0 at and above J. */
  readonly magnetisation: number;
  /** -J m*^2 / 2. */
  readonly energyPerSpin: number;
  /** f(m*). */
  readonly freeEnergyPerSpin: number;
  /** f(0) - f(m*), an energy per spin. */
  readonly barrier: number;
  /** dm/dh = (1 - m*^2) / (T - J (1 - m*^2)); Infinity at T = J. */
  readonly susceptibility: number;
  /** du/dT = J^2 m*^2 (1 - m*^2) / (T (T - J (1 - m*^2))); at T = J it jumps from 3/2 to 0. */
  readonly heatCapacityPerSpin: number;
  /** f(m), the free energy per spin of the states of magnetisation m in [-1, 1]. */
  freeEnergyAt(magnetisation: number): number;
}

/**
 * The Curie-Weiss model as N grows, H = -(J / 2N) (sum of s_i)^2: its magnetisation, free energy and barrier.
 *
 * @throws RangeError unless temperature and J are positive; for a magnetisation outside [-1, 1]
 * @example
 * curieWeiss({ temperature: 0.5 }).magnetisation; // 0.957504
 * curieWeiss({ temperature: 0.5 }).barrier; // 0.163262
 */
export function curieWeiss(parameters: MeanFieldParameters): CurieWeiss {
  checkOptions('curieWeiss', parameters, { temperature: needed(positive), J: positive });
  const { temperature: T, J = 1 } = parameters;
  const m = T < J ? zeroOf((x) => (x === 0 ? J / T : Math.tanh((J * x) / T) / x) - 1, 0, 1) : 0;
  const freeEnergyAt = (magnetisation: number): number => {
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
      energyPerSpin: -(J * m * m) / 2,
      freeEnergyPerSpin: freeEnergyAt(m),
      barrier: freeEnergyAt(0) - freeEnergyAt(m),
      susceptibility: spread / (T - J * spread),
      heatCapacityPerSpin: m === 0 ? 0 : (J * J * m * m * spread) / (T * (T - J * spread)),
      freeEnergyAt,
    },
    modelCard<CurieWeiss>(
      'Curie-Weiss model',
      { temperature: T },
      { ...ordering, ...perSpin, barrier: 'barrier per spin', susceptibility: 'susceptibility' },
      () => addCaption(sparkline([range.map(freeEnergyAt)]), ['free energy by magnetisation, -1 to 1']),
    ),
  );
}

/** The entropy per spin of independent spins of mean m, in nats. */
function mixingEntropy(m: number): number {
  const share = (p: number): number => (p === 0 ? 0 : -p * Math.log(p));
  return share((1 + m) / 2) + share((1 - m) / 2);
}
