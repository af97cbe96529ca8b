// Spins that fade (ambient/fadingSpins) on a large complete graph whose couplings at a node sum to J:
// presence rho, order m,
//   d rho/dt = sigma rho (1 - rho) - gamma rho          rho = 1 - gamma / sigma
//   dm/dt = (rho + sigma rho (1 - rho)) tanh(J m / T) - (1 + gamma) m          m = rho tanh(J m / T)
// The nodes with an opinion are a Curie-Weiss model at T / rho, and order sets in at T_c = J (1 - gamma /
// sigma): a straight line from the Curie-Weiss point to the threshold of the contact process. Row AE-25,
// which has the sources of both ends.
import { printAs } from '../../display/index.js';
import { byDefault, needed, type OptionsOf, readOptions } from '../../numerics/options.js';
import { nonNegative, positive } from '../../numerics/rules.js';
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

const fadingSpinsOptions = {
  /** T, in units of energy; k_B = 1. */
  temperature: needed(nonNegative),
  /** gamma, 1 / time: the rate at which a node loses its opinion. */
  decay: needed(nonNegative),
  /** sigma, 1 / time: the rate at which opinions spread; 1 by default. */
  release: byDefault(1, positive),
  /** The sum of the couplings at a node; 1 by default. */
  J: byDefault(1, positive),
};

/**
 * Spins that fade, on a large complete graph: presence, order and critical temperature in mean field. A node
 * that hears nothing loses its opinion, and takes one again from those that have one.
 *
 * @throws RangeError for a negative temperature or decay, or a release or J that is not positive
 * @example
 * const fading = exact.fadingMeanField({ temperature: 0.4, decay: 0.25 });
 * fading.presence; // 0.75
 * fading.order; // 0.7076
 * fading.criticalTemperature; // 0.75
 */
export function fadingMeanField(parameters: OptionsOf<typeof fadingSpinsOptions>): FadingMeanField {
  const { temperature, decay, release, J } = readOptions('fadingMeanField', parameters, fadingSpinsOptions);
  const presence = Math.max(0, 1 - decay / release);
  const criticalTemperature = J * presence;
  const agreement =
    temperature >= criticalTemperature
      ? 0
      : temperature === 0
        ? 1
        : curieWeiss({ temperature: temperature / presence, J }).magnetisation;
  return printAs<FadingMeanField>(
    { presence, order: presence * agreement, criticalTemperature },
    modelCard<FadingMeanField>(
      'Spins that fade, mean field',
      {},
      { presence: 'presence', order: 'order', criticalTemperature: 'critical temperature' },
    ),
  );
}
