// Escape over a barrier: dx = -U'(x) dt + sqrt(2 T) dW, mobility 1. The mean time from a to the first passage
// of b > a, with a reflecting wall at w <= a (or at -infinity, if U confines there), is
//   tau = (1 / T) int from a to b of dy exp(U(y) / T) int from w to y of dz exp(-U(z) / T),
// mirrored for b < a. For a barrier much higher than T it tends to Kramers' time between the wells,
//   tau = 2 pi / sqrt(U''(well) |U''(top)|) exp(height / T).
// Sources: Kramers, Physica 7 (1940) 284, DOI 10.1016/S0031-8914(40)90098-2; Gardiner, Handbook of Stochastic
// Methods (Springer 1985), section 5.2.7; EMTD section 3.2.
import { needed, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { aFunction, anything, finite, positive } from '../../numerics/rules.js';
import { integral } from '../../numerics/quadrature.js';
import { type AtTemperature, atTemperature } from '../modelNumbers.js';

const passageOptions = {
  /** U(x), smooth on the way and back to the wall. */
  potential: needed(typed<(x: number) => number>(aFunction)),
  /** The start. */
  from: needed(finite),
  /** The end, where the walk is absorbed. */
  to: needed(finite),
  /** The reflecting wall, behind `from`; infinitely far by default, and then the potential must confine. */
  wall: typed<number>(anything),
};

/** Parameters of `meanFirstPassageTime`. */
export interface PassageParameters extends AtTemperature, OptionsOf<typeof passageOptions> {}

/**
 * The exact mean time of the first passage, by quadrature.
 *
 * @throws RangeError unless the temperature is positive, `from` and `to` finite, and the wall not on the way;
 * if neither wall nor potential confines
 * @example
 * exact.meanFirstPassageTime({ potential: (x) => (x * x - 1) ** 2, temperature: 0.25, from: -1, to: 1 }); // 69.26
 */
export function meanFirstPassageTime(parameters: PassageParameters): number {
  const read = readOptions('meanFirstPassageTime', parameters, { ...atTemperature, ...passageOptions });
  const { potential, temperature: T, from, to, wall } = read;
  const forward = to >= from ? 1 : -1; // z = y - forward * distance runs back to the wall
  const reach = wall === undefined ? Infinity : (from - wall) * forward;
  if (!(reach >= 0))
    throw new RangeError(
      `meanFirstPassageTime: the wall must lie behind from = ${from}, got ${String(wall)}`,
    );
  const far = potential(from - forward * FAR);
  if (reach === Infinity && !(FAR * Math.exp((potential(from) - far) / T) < ACCURACY)) {
    throw new RangeError(
      `meanFirstPassageTime: without a wall the potential must confine behind from = ${from}, got ${far} at a distance of ${FAR}`,
    );
  }
  const behind = (y: number): number => {
    const height = potential(y);
    const weight = (distance: number): number => Math.exp((height - potential(y - forward * distance)) / T);
    const all = reach + (y - from) * forward;
    const near = integral(weight, 0, Math.min(all, 1), ACCURACY);
    // beyond a distance of 1, in u = 1 / distance
    return all > 1
      ? near + integral((u) => (u === 0 ? 0 : weight(1 / u) / (u * u)), 1 / all, 1, ACCURACY)
      : near;
  };
  const time = Math.abs(integral(behind, from, to, ACCURACY)) / T;
  if (!Number.isNaN(time)) return time;
  throw new RangeError(
    'meanFirstPassageTime: the potential must be a number from the wall to the end, got NaN',
  );
}

const ACCURACY = 1e-9;
const FAR = 1e6; // a confining potential is high there

const barrierOptions = {
  /** U(top) - U(well). */
  height: needed(positive),
  /** U'' at the bottom of the well. */
  wellCurvature: needed(positive),
  /** |U''| at the top of the barrier. */
  topCurvature: needed(positive),
};

/** Parameters of `kramersTime`. */
export interface BarrierParameters extends AtTemperature, OptionsOf<typeof barrierOptions> {}

/**
 * Kramers' time of passage from one well to another, the limit of a high barrier (twice the time to its top).
 * It grows as exp(height / T): half the temperature squares the exponential.
 *
 * @throws RangeError unless all parameters are positive
 * @example
 * exact.kramersTime({ temperature: 0.25, height: 1, wellCurvature: 8, topCurvature: 4 }); // 60.64
 */
export function kramersTime(parameters: BarrierParameters): number {
  const read = readOptions('kramersTime', parameters, { ...atTemperature, ...barrierOptions });
  const { temperature, height, wellCurvature, topCurvature } = read;
  return ((2 * Math.PI) / Math.sqrt(wellCurvature * topCurvature)) * Math.exp(height / temperature);
}
