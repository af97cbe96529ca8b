// The Curie-Weiss model with a fraction f of its spins pinned to -1, as N grows: the magnetisation of all
// spins solves
//   M = (1 - f) tanh(J M / T) - f.
// Up to a threshold f_c there is a root M > 0, so that free spins that started up stay up; at f_c it meets
// the unstable root, at J M / T = artanh r with r^2 = 1 - T / (J (1 - f)):
//   (1 - f) r - f - (T / J) artanh r = 0.
// Beyond f_c the pinned spins capture all others. Sources: EMTD section 2.1 (row EMTD-2.3); Weiss, DOI
// 10.1051/jphystap:019070060066100.
import { showAs } from '../../display/index.js';
import { needed, type OptionsOf, readOptions } from '../../numerics/options.js';
import { fraction } from '../../numerics/rules.js';
import { zeroOf } from '../../numerics/root.js';
import { type MeanFieldParameters, meanFieldOptions, modelCard } from '../modelNumbers.js';

/**
 * f_c: the fraction of spins pinned to -1 at which the order of the others is lost; 0 at and above T = J.
 *
 * @throws RangeError unless temperature and J are positive
 * @example
 * exact.pinnedThreshold({ temperature: 0.5 }); // 0.1591
 */
export function pinnedThreshold(parameters: MeanFieldParameters): number {
  const { temperature, J } = readOptions('pinnedThreshold', parameters, meanFieldOptions);
  const t = temperature / J;
  if (t >= 1) return 0;
  return zeroOf(
    (f) => {
      const r = Math.sqrt(Math.max(0, 1 - t / (1 - f)));
      return (1 - f) * r - f - t * Math.atanh(r);
    },
    0,
    1 - t,
  );
}

/** The solutions of M = (1 - f) tanh(J M / T) - f, magnetisations of all spins, free and pinned. */
export interface PinnedBranches {
  /** The lowest root, stable: the side of the pinned spins. */
  readonly captured: number;
  /** The unstable root between: a start above it goes to `held`. Undefined beyond the threshold. */
  readonly unstable: number | undefined;
  /** The highest root, metastable: free spins keep their side. Undefined beyond the threshold. */
  readonly held: number | undefined;
}

const pinnedOptions = {
  /** f, in [0, 1): the share of spins pinned to -1. */
  fraction: needed(fraction),
};

/** Parameters of `pinnedMagnetisations`. */
export interface PinnedParameters extends MeanFieldParameters, OptionsOf<typeof pinnedOptions> {}

/**
 * The magnetisations of the Curie-Weiss model with a fraction of its spins pinned to -1: M = (1 - f) tanh(J M
 * / T) - f. Pinned spins are nodes that never change their mind; few of them leave the others their side.
 *
 * @throws RangeError unless temperature and J are positive and the fraction in [0, 1)
 * @example
 * exact.pinnedMagnetisations({ temperature: 0.5, fraction: 0.25 }).captured; // -0.9696, alone
 * exact.pinnedMagnetisations({ temperature: 0.5, fraction: 0.1 }).held; // 0.6948
 */
export function pinnedMagnetisations(parameters: PinnedParameters): PinnedBranches {
  const {
    temperature,
    J,
    fraction: f,
  } = readOptions('pinnedMagnetisations', parameters, { ...meanFieldOptions, ...pinnedOptions });
  if (f === 1) throw new RangeError('pinnedMagnetisations: fraction must be in [0, 1), got 1');
  const t = temperature / J;
  const excess = (M: number): number => (1 - f) * Math.tanh(M / t) - f - M;
  // the excess has its extremes at +-turn; the lower one is never above 0
  const turn = t < 1 - f ? t * Math.atanh(Math.sqrt(1 - t / (1 - f))) : 0;
  const three = turn > 0 && excess(turn) > 0;
  return showAs<PinnedBranches>(
    {
      captured: turn > 0 ? zeroOf(excess, -1, -turn) : zeroOf(excess, -1, 1),
      unstable: three ? zeroOf(excess, -turn, turn) : undefined,
      held: three ? zeroOf(excess, turn, 1) : undefined,
    },
    modelCard<PinnedBranches>(
      'Magnetisations under pinned spins',
      {},
      { captured: 'captured', unstable: 'unstable', held: 'held' },
    ),
  );
}
