// Spins that fade (ambient/fadingSpins) on a large complete graph whose couplings at a node sum to J:
// presence rho, order m,
//   d rho/dt = sigma rho (1 - rho) - gamma rho          rho = 1 - gamma / sigma
//   dm/dt = (rho + sigma rho (1 - rho)) tanh(J m / T) - (1 + gamma) m          m = rho tanh(J m / T)
// The nodes with an opinion are a Curie-Weiss model at T / rho, and order sets in at T_c = J (1 - gamma /
// sigma): a straight line from the Curie-Weiss point to the threshold of the contact process. Row AE-25,
// which has the sources of both ends.
import { printAs } from '../../display/index.js';
import { checkOptions, needed, nonNegative, positive } from '../../numerics/options.js';
import { curieWeiss } from '../ising/curieWeiss.js';
import { modelCard } from '../modelNumbers.js';

/** The mean-field state of fading spins. */
export interface FadingMeanField {
  /** rho, the share of nodes with an opinion. */
  readonly presence: number;
  /** m >= 0, the mean opinion, of all nodes. */
  readonly order: number;
  /** T_c. */
  readonly criticalTemperature: number;
}

/**
 * Spins that fade, on a large complete graph: presence, order and critical temperature in mean field.
 *
 * @throws RangeError for a negative temperature or decay, or a release or coupling that is not positive
 * @example
 * const { presence: share, order, criticalTemperature } = fadingMeanField({ temperature: 0.4, decay: 0.25, release: 1 });
 * share; // 0.75
 * order; // 0.7076
 * criticalTemperature; // 0.75
 */
export function fadingMeanField(parameters: {
  temperature: number;
  decay: number;
  release?: number;
  coupling?: number;
}): FadingMeanField {
  checkOptions('fadingMeanField', parameters, {
    temperature: needed(nonNegative),
    decay: needed(nonNegative),
    release: positive,
    coupling: positive,
  });
  const { temperature, decay, release = 1, coupling = 1 } = parameters;
  const presence = Math.max(0, 1 - decay / release);
  const criticalTemperature = coupling * presence;
  const agreement =
    temperature >= criticalTemperature
      ? 0
      : temperature === 0
        ? 1
        : curieWeiss({ temperature: temperature / presence, J: coupling }).magnetisation;
  return printAs<FadingMeanField>(
    { presence, order: presence * agreement, criticalTemperature },
    modelCard<FadingMeanField>(
      'Spins that fade, mean field',
      {},
      { presence: 'presence', order: 'order', criticalTemperature: 'critical temperature' },
    ),
  );
}
