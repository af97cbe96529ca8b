// One overdamped mode in a parabola: dx = -mu x dt + sqrt(2 T) dW, H = mu x^2 / 2, mobility 1, k_B = 1.
// Its law stays Gaussian; a Gaussian of mean m and variance v has the free energy
//   F[rho] = <H> - T S = mu (m^2 + v) / 2 - (T / 2) ln(2 pi e v),
// which falls at the rate -dF/dt = int rho |d/dx (H + T ln rho)|^2 >= 0.
// Sources: Uhlenbeck, Ornstein, Phys. Rev. 36 (1930) 823, DOI 10.1103/PhysRev.36.823; Jordan, Kinderlehrer,
// Otto, SIAM J. Math. Anal. 29 (1998) 1, DOI 10.1137/S0036141096303359; EMTD section 1.3.
import { showAs } from '../../display/index.js';
import { got, requirePositive } from '../../numerics/check.js';
import { byDefault, needed, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { integer, nonNegative, positive } from '../../numerics/rules.js';
import { type AtTemperature, atTemperature, type Equilibrium, modelCard, whole } from '../modelNumbers.js';

const modeOptions = {
  /** mu: energy over length squared; with mobility 1, the relaxation rate. */
  stiffness: needed(positive),
};

/** Parameters of `ornsteinUhlenbeck`. */
export interface OrnsteinUhlenbeckParameters extends AtTemperature, OptionsOf<typeof modeOptions> {}

/**
 * The exact law of one coordinate in a quadratic well. In equilibrium <H> = T / 2 and F = -(T / 2) ln(2 pi T
 * / mu), the least value of `freeEnergyAt`.
 */
export interface OrnsteinUhlenbeck extends Equilibrium {
  /** T / mu. */
  readonly stationaryVariance: number;
  /** <x(t) | x(0) = start> = start exp(-mu t). */
  transitionMean(start: number, time: number): number;
  /** Var(x(t) | x(0)) = (T / mu) (1 - exp(-2 mu t)). */
  transitionVariance(time: number): number;
  /** F of a Gaussian law: mu (m^2 + v) / 2 - (T / 2) ln(2 pi e v). */
  freeEnergyAt(mean: number, variance: number): number;
  /** -dF/dt of a Gaussian law: mu^2 m^2 + v (mu - T / v)^2. */
  dissipation(mean: number, variance: number): number;
  /** The mutual information of x(t) and x(0) in equilibrium, in nats: -ln(1 - exp(-2 mu t)) / 2. */
  information(time: number): number;
}

/**
 * One overdamped mode in a parabola, dx = -mu x dt + sqrt(2 T) dW: its law and free energy in time, exactly.
 * A spring pulls it back, and the heat bath kicks it.
 *
 * @throws RangeError unless stiffness, temperature and variances are positive; for negative times
 * @example
 * exact.ornsteinUhlenbeck({ stiffness: 1, temperature: 1 }).freeEnergy; // -0.918939
 */
export function ornsteinUhlenbeck(parameters: OrnsteinUhlenbeckParameters): OrnsteinUhlenbeck {
  const { stiffness: mu, temperature: T } = readOptions('ornsteinUhlenbeck', parameters, {
    ...atTemperature,
    ...modeOptions,
  });
  const loss = (time: number): number => {
    aTime('ornsteinUhlenbeck', 'time', time);
    return -Math.expm1(-2 * mu * time);
  };
  return showAs<OrnsteinUhlenbeck>(
    {
      stationaryVariance: T / mu,
      meanEnergy: T / 2,
      energyVariance: T ** 2 / 2,
      freeEnergy: -(T / 2) * Math.log((2 * Math.PI * T) / mu),
      entropy: Math.log((2 * Math.PI * Math.E * T) / mu) / 2,
      heatCapacity: 1 / 2,
      transitionMean(start, time) {
        aTime('ornsteinUhlenbeck', 'time', time);
        return start * Math.exp(-mu * time);
      },
      transitionVariance: (time) => (T / mu) * loss(time),
      freeEnergyAt(mean, variance) {
        requirePositive('ornsteinUhlenbeck', 'variance', variance);
        return (mu * (mean ** 2 + variance)) / 2 - (T / 2) * Math.log(2 * Math.PI * Math.E * variance);
      },
      dissipation(mean, variance) {
        requirePositive('ornsteinUhlenbeck', 'variance', variance);
        return (mu * mean) ** 2 + variance * (mu - T / variance) ** 2;
      },
      information: (time) => -Math.log(loss(time)) / 2,
    },
    modelCard<OrnsteinUhlenbeck>(
      'Ornstein-Uhlenbeck process',
      { 'stiffness, rate': mu, temperature: T },
      {
        stationaryVariance: 'stationary variance',
        ...whole,
      },
    ),
  );
}

const zeroModeOptions = {
  /** N. */
  nodeCount: needed(integer(1)),
  /** May be Infinity under a pin. */
  time: needed(typed<number>(aTime)),
  /** kappa of a pin (kappa / 2) sum of x_i^2; 0, no pin, by default. */
  pin: byDefault(0, nonNegative),
};

/** Parameters of `zeroModeVariance`. */
export interface ZeroModeParameters extends AtTemperature, OptionsOf<typeof zeroModeOptions> {}

/**
 * The variance, per component, of the mean of the field at a time after it was 0. No force acts on the mean
 * of an unpinned field: nodes still agree, but the value on which they agree diffuses, 2 T t / N. A pin
 * stops it at T / (N kappa): (T / (N kappa)) (1 - exp(-2 kappa t)). Source: EMTD abstract (consistency).
 *
 * @throws RangeError for negative arguments or no nodes
 * @example
 * exact.zeroModeVariance({ temperature: 1, time: 10, nodeCount: 50 }); // 0.4
 */
export function zeroModeVariance(parameters: ZeroModeParameters): number {
  const { temperature, time, nodeCount, pin } = readOptions('zeroModeVariance', parameters, {
    ...atTemperature,
    ...zeroModeOptions,
  });
  if (pin === 0) return (2 * temperature * time) / nodeCount;
  return ornsteinUhlenbeck({ stiffness: pin, temperature }).transitionVariance(time) / nodeCount;
}

function aTime(caller: string, name: string, time: number): void {
  if (!(time >= 0)) throw new RangeError(`${caller}: ${name} must not be negative, got ${got(time)}`);
}
