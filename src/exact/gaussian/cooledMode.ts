// One overdamped mode, H = mu x^2 / 2, whose bath changes its temperature linearly, T(t) = T0 + a t, from
// equilibrium at T0 (mobility 1, k_B = 1). Its law stays Gaussian of mean 0 with the variance
//   v(t) = T(t) / mu - (a / 2 mu^2) (1 - e^(-2 mu t)),            v' = -2 mu v + 2 T,
// which lags behind T(t) / mu and relaxes at the rate 2 mu. With S = ln(2 pi e v) / 2 and F = mu v / 2 - T S:
//   entropy production   sigma = (mu v - T)^2 / (v T) >= 0         heat taken in  dQ/dt = mu v' / 2
//   dF/dt = - T sigma - S dT/dt,   so that F may rise in cooling while entropy is produced.
// Sources: EMTD section 3.2, proof, step 1; Uhlenbeck, Ornstein, DOI 10.1103/PhysRev.36.823; Seifert, DOI
// 10.1088/0034-4885/75/12/126001.
import { formatNumber, showAs } from '../../display/index.js';
import { requireNonNegative } from '../../numerics/check.js';
import { needed, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { positive } from '../../numerics/rules.js';
import { modelCard } from '../modelNumbers.js';

const cooledModeOptions = {
  /** mu; the variance relaxes at the rate 2 mu. */
  stiffness: needed(positive),
  /** Temperature of the bath at time 0. */
  from: needed(positive),
  /** Temperature of the bath at the end. */
  to: needed(positive),
  /** Time from one to the other. */
  duration: needed(positive),
};

/** Parameters of `cooledMode`. */
export interface CooledModeParameters extends Options, OptionsOf<typeof cooledModeOptions> {}

/** The law of the mode at one time, which is not in equilibrium with the bath. */
export interface CooledModeState {
  /** T(t), of the bath. */
  readonly temperature: number;
  /** v(t) = <x^2>. */
  readonly variance: number;
  /** <H> = mu v / 2. */
  readonly meanEnergy: number;
  /** S = ln(2 pi e v) / 2, in nats. */
  readonly entropy: number;
  /** F = <H> - T S. */
  readonly freeEnergy: number;
  /** dF/dt. */
  readonly freeEnergyRate: number;
  /** sigma, in nats per unit of time. */
  readonly productionRate: number;
  /** dQ/dt, heat taken in from the bath. */
  readonly heatRate: number;
}

/** The exact law of a mode whose bath is cooled. */
export interface CooledMode {
  /** @throws RangeError unless 0 <= time <= duration */
  at(time: number): CooledModeState;
}

/**
 * One overdamped mode, H = mu x^2 / 2, whose bath changes its temperature linearly in time: variance, free
 * energy and heat, exactly.
 *
 * @throws RangeError unless stiffness, both temperatures and the duration are positive
 * @example
 * exact.cooledMode({ stiffness: 1, from: 2, to: 0.2, duration: 1 }).at(1).variance; // 0.9782: the bath is at 0.2
 */
export function cooledMode(parameters: CooledModeParameters): CooledMode {
  const { stiffness: mu, from, to, duration } = readOptions('cooledMode', parameters, cooledModeOptions);
  const rate = (to - from) / duration;
  return showAs<CooledMode>(
    {
      at(time) {
        requireNonNegative('cooledMode', 'time', time);
        if (time > duration)
          throw new RangeError(`cooledMode: time must be at most the duration ${duration}, got ${time}`);
        const T = from + rate * time;
        const variance = T / mu + (rate / (2 * mu * mu)) * Math.expm1(-2 * mu * time);
        const entropy = Math.log(2 * Math.PI * Math.E * variance) / 2;
        const productionRate = (mu * variance - T) ** 2 / (variance * T);
        return {
          temperature: T,
          variance,
          meanEnergy: (mu * variance) / 2,
          entropy,
          productionRate,
          freeEnergy: (mu * variance) / 2 - T * entropy,
          freeEnergyRate: -T * productionRate - entropy * rate,
          heatRate: mu * (T - mu * variance),
        };
      },
    },
    modelCard<CooledMode>(
      'Mode in a bath of changing temperature',
      {
        'stiffness, rate': mu,
        temperature: `${formatNumber(from)} to ${formatNumber(to)}`,
        duration,
      },
      {},
    ),
  );
}
