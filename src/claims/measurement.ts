// From samples to a measurement: the ledger's intervals are the estimate plus and minus three standard errors.
import type { Measurement } from './claim.js';

const standardErrors = 3;

/**
 * A number without statistical error.
 *
 * @example exactly(2); // { estimate: 2, interval: [2, 2] }
 */
export function exactly(value: number): Measurement {
  return { estimate: value, interval: [value, value] };
}

/**
 * Mean over independent runs (seeds): x ± 3 s / sqrt(n).
 *
 * @throws with fewer than four runs, which carry no usable error.
 * @example meanOver([1, 2, 3, 4]); // { estimate: 2.5, interval: [0.5635, 4.4365] } to four digits
 */
export function meanOver(values: ArrayLike<number>): Measurement {
  const runs = Array.from(values);
  if (runs.length < 4) throw new Error(`meanOver: needs at least 4 independent runs, got ${runs.length}`);
  const mean = runs.reduce((sum, x) => sum + x, 0) / runs.length;
  const variance = runs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (runs.length - 1);
  const half = standardErrors * Math.sqrt(variance / runs.length);
  return { estimate: mean, interval: [mean - half, mean + half] };
}

/**
 * Binomial proportion with Wilson's score interval at three standard errors (J. Am. Stat. Assoc. 22 (1927) 209,
 * doi:10.1080/01621459.1927.10502953), which stays inside [0, 1] and is honest at 0 and 1.
 *
 * @throws unless 0 <= successes <= trials and trials >= 1.
 * @example proportion(0, 91); // { estimate: 0, interval: [0, 0.09] }
 */
export function proportion(successes: number, trials: number): Measurement {
  if (!(trials >= 1 && successes >= 0 && successes <= trials)) {
    throw new Error(`proportion: needs 0 <= successes <= trials and trials >= 1, got ${successes} of ${trials}`);
  }
  const p = successes / trials;
  const z2 = standardErrors ** 2;
  const centre = (p + z2 / (2 * trials)) / (1 + z2 / trials);
  const half = (Math.sqrt(z2 * (p * (1 - p) + z2 / (4 * trials)) / trials)) / (1 + z2 / trials);
  return { estimate: p, interval: [Math.min(p, Math.max(0, centre - half)), Math.max(p, Math.min(1, centre + half))] };
}

/**
 * A measurement divided by an exact number, such as the value that theory predicts.
 *
 * @throws if the reference is zero or not finite.
 * @example relativeTo({ estimate: 24, interval: [23, 25] }, 24.5).estimate; // 0.9796
 */
export function relativeTo({ estimate, interval: [low, high] }: Measurement, reference: number): Measurement {
  if (!Number.isFinite(reference) || reference === 0) {
    throw new Error(`relativeTo: the reference must be finite and not zero, got ${reference}`);
  }
  const [a, b] = [low / reference, high / reference];
  return { estimate: estimate / reference, interval: [Math.min(a, b), Math.max(a, b)] };
}
