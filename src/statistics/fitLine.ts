// The straight line y = intercept + slope x of least squares: slope = sum (x - mx)(y - my) / sum (x - mx)^2.
// Its errors come from repetition: fit each independent run, and look at the spread of the fits.
import { formatNumber, type MimeBundle, shown } from '../display/index.js';
import { mean } from './mean.js';

export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

/**
 * @throws RangeError for fewer than two points, lists of different lengths, or x that are all equal
 * @example
 * fitLine([1, 2, 3], [3, 5, 7]); // { slope: 2, intercept: 1 }
 */
export function fitLine(x: ArrayLike<number>, y: ArrayLike<number>): Line {
  if (x.length < 2 || x.length !== y.length) {
    throw new RangeError(`fitLine: needs at least 2 points, one y per x, got ${x.length} x and ${y.length} y`);
  }
  const [mx, my] = [mean(x), mean(y)];
  let [across, along] = [0, 0];
  for (let k = 0; k < x.length; k++) {
    across += (x[k] - mx) ** 2;
    along += (x[k] - mx) * (y[k] - my);
  }
  if (!(across > 0)) throw new RangeError(`fitLine: x must differ, got ${x.length} times ${x[0]}`);
  const slope = along / across;
  return shown({ slope, intercept: my - slope * mx }, lineText);
}

const lineText = ({ slope, intercept }: Line): MimeBundle =>
  ({ 'text/plain': `${formatNumber(slope)} x ${intercept < 0 ? '-' : '+'} ${formatNumber(Math.abs(intercept))}` });
