// Shot noise: the weight of the events of a Poisson process of rate r when each fades with the time constant
// tau,
//   a(t) = sum over past events of e^{-(t - t_k) / tau}.
// Its stationary law, with lambda = r tau, has mean lambda, variance lambda / 2 and the transform
//   <e^{-s a}> = e^{-lambda Ein(s)},   Ein(s) = integral of (1 - e^{-v}) / v from 0 to s;
// below 1 it is a power, P(a < x) = e^{-gamma_E lambda} x^lambda / Gamma(lambda + 1). After events stop, a =
// x fades to 1 in tau ln x. Sources: Campbell, Proc. Camb. Phil. Soc. 15 (1909) 117; Gilbert, Pollak, Bell
// Syst. Tech. J. 39 (1960) 333, doi:10.1002/j.1538-7305.1960.tb01603.x; row AE-14.
import { printAs } from '../../display/index.js';
import { requireFraction } from '../../numerics/check.js';
import { needed, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { positive } from '../../numerics/rules.js';
import { integral } from '../../numerics/quadrature.js';
import { lgam } from '../../numerics/special.js';
import { modelCard } from '../modelNumbers.js';

export const EULER = 0.5772156649015329;

export const fadingOptions = {
  /** The time in which an event fades to 1/e. */
  tau: needed(positive),
};

const shotNoiseOptions = {
  /** r, 1 / time: events per time. */
  rate: needed(positive),
  ...fadingOptions,
};

/** Parameters of `shotNoise`. */
export interface ShotNoiseParameters extends Options, OptionsOf<typeof shotNoiseOptions> {}

/** The stationary law of a sum of fading events. */
export interface ShotNoise {
  readonly mean: number;
  readonly variance: number;
  /** <e^{-s a}> for s >= 0. */
  transform(s: number): number;
  /** P(a < x) for x in [0, 1]. */
  below(x: number): number;
  /** <ln a>. */
  readonly meanLogarithm: number;
  /** Mean time until a is below 1 after events have stopped, tau <max(0, ln a)>. */
  readonly detectionTime: number;
}

/**
 * Shot noise: the stationary law of events at a rate r that fade with the time constant tau.
 *
 * @throws RangeError unless rate and time constant are positive; for an s below 0, and an x outside [0, 1]
 * @example
 * const noise = exact.shotNoise({ rate: 1, tau: 5 });
 * noise.below(1); // 0.000465: an active source seldom weighs less than one event
 * 1 - noise.transform(1); // 0.981: what a counterparty counts under the distinct rule
 */
export function shotNoise(parameters: ShotNoiseParameters): ShotNoise {
  const { rate, tau } = readOptions('shotNoise', parameters, shotNoiseOptions);
  const lambda = rate * tau;
  const transform = (s: number): number => {
    if (!(s >= 0)) throw new RangeError(`shotNoise: s must not be negative, got ${s}`);
    return Math.exp(-lambda * ein(s));
  };
  const below = (x: number): number => {
    requireFraction('shotNoise', 'x', x);
    return Math.exp(-EULER * lambda - lgam(lambda + 1)) * x ** lambda;
  };
  // <ln a> = integral of (e^{-s} - <e^{-s a}>) d ln s; from s = 30 on the transform is a power of s
  const end = Math.log(30);
  const meanLogarithm =
    integral((u) => Math.exp(-Math.exp(u)) - transform(Math.exp(u)), -40 - Math.log(1 + lambda), end, 1e-10) -
    Math.exp(-lambda * (EULER + end)) / lambda;
  return printAs<ShotNoise>(
    {
      mean: lambda,
      variance: lambda / 2,
      transform,
      below,
      meanLogarithm,
      detectionTime: tau * (meanLogarithm + below(1) / lambda),
    },
    modelCard<ShotNoise>(
      'Shot noise',
      {},
      { mean: 'mean', variance: 'variance', detectionTime: 'time until its end is noticed' },
    ),
  );
}

/** Ein(s) of a real s >= 0, which grows as gamma_E + ln s. */
function ein(s: number): number {
  if (s > 30) return EULER + Math.log(s);
  let [term, sum, harmonic] = [s, s, 1]; // e^{-s} times the sum of s^k H_k / k!: positive terms
  for (let k = 2; term * harmonic > 1e-17 * sum; k++) {
    term *= s / k;
    harmonic += 1 / k;
    sum += term * harmonic;
  }
  return Math.exp(-s) * sum;
}
