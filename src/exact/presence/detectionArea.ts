// Detection of sources that stopped, from the weight of their events (`shotNoise`): a source that stopped a
// time d ago has the law of an active one, scaled by c = e^{-d / tau}, and the area under the detection curve
// is one integral,
//   P(a > c a') = 1/2 + (1 / pi) integral of Im[phi(t) phi*(c t)] d ln t,   phi(t) = <e^{i t a}> = e^{-lambda
// Ein(-i t)}.
// Source: Gil-Pelaez, Biometrika 38 (1951) 481, doi:10.1093/biomet/38.3-4.481; row AE-14.
import { needed, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { each, positive } from '../../numerics/rules.js';
import { EULER, fadingOptions } from './shotNoise.js';

const LARGE = 1000; // a t from which on transforms are powers of t
const STEP = 0.02;

const detectionOptions = {
  /** r of every source, 1 / time; those that stopped have the same ones. */
  rates: needed(typed<ArrayLike<number>>(each(positive))),
  /** d, the time since they stopped. */
  delay: needed(positive),
};

/** Parameters of `detectionArea`. */
export interface DetectionParameters
  extends OptionsOf<typeof fadingOptions>,
    OptionsOf<typeof detectionOptions> {}

/**
 * The probability that an active source weighs more than one that stopped, in the stationary state; to 1e-5.
 *
 * @throws RangeError for rates, a time constant or a delay that are not positive
 * @example exact.detectionArea({ rates: [1], tau: 4, delay: 10 }); // 0.9999
 */
export function detectionArea(parameters: DetectionParameters): number {
  const { rates, tau, delay } = readOptions('detectionArea', parameters, {
    ...fadingOptions,
    ...detectionOptions,
  });
  const lambdas = Float64Array.from(rates, (rate) => rate * tau);
  const gone = delay / tau;
  const to = Math.log(LARGE) + gone;
  const sum = overLogarithm(-15 - Math.log(Math.max(...lambdas)), to, (u) => {
    const [a, b] = characteristic(lambdas, u);
    const [c, d] = characteristic(lambdas, u - gone);
    return b * c - a * d;
  });
  return 1 / 2 + (sum + tail(lambdas, to + EULER, gone)) / Math.PI;
}

/**
 * The trapezoidal rule in u = ln t; for an analytic function that is flat at both ends its error is far below
 * its step.
 */
function overLogarithm(from: number, to: number, f: (u: number) => number): number {
  const steps = Math.ceil((to - from) / STEP);
  const h = (to - from) / steps;
  let sum = (f(from) + f(to)) / 2;
  for (let k = 1; k < steps; k++) sum += f(from + k * h);
  return sum * h;
}

/** Beyond t = LARGE e^{d / tau} both transforms are powers of t: the rest of the integral, term by term. */
function tail(lambdas: Float64Array, at: number, gone: number): number {
  let sum = 0;
  for (const x of lambdas) {
    for (const y of lambdas)
      sum += (Math.exp(-(x + y) * at + y * gone) * Math.sin((Math.PI / 2) * (x - y))) / (x + y);
  }
  return sum / lambdas.length ** 2;
}

/** phi(e^u), mean over sources: real and imaginary part. */
function characteristic(lambdas: Float64Array, u: number): [number, number] {
  const [cin, si] = integrals(u);
  let [re, im] = [0, 0];
  for (const lambda of lambdas) {
    const size = Math.exp(-lambda * cin);
    re += size * Math.cos(lambda * si);
    im += size * Math.sin(lambda * si);
  }
  return [re / lambdas.length, im / lambdas.length];
}

/** Ein(-i t) = Cin(t) - i Si(t) at t = e^u: by its power series, and from t = 20 on by that in 1 / t. */
function integrals(u: number): [cin: number, si: number] {
  const t = Math.exp(u);
  if (t < 20) {
    let [term, cin, si] = [t, 0, t];
    for (let k = 2; Math.abs(term) > 1e-17; k++) {
      term *= t / k;
      const next = (k % 4 < 2 ? 1 : -1) * (term / k);
      if (k % 2) si += next;
      else cin -= next;
    }
    return [cin, si];
  }
  let [f, g, term] = [0, 0, 1 / t];
  for (let k = 0; k < 18; k += 2) {
    f += k % 4 ? -term : term;
    term *= (k + 1) / t;
    g += k % 4 ? -term : term;
    term *= (k + 2) / t;
  }
  return [EULER + u - f * Math.sin(t) + g * Math.cos(t), Math.PI / 2 - f * Math.cos(t) - g * Math.sin(t)];
}
