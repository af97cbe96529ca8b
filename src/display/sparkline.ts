// Curves without axes: what a series looks like at a glance.
import { inks } from './palette.js';
import { at, type Picture, writing } from './picture.js';

/**
 * The points that a curve of equally spaced values shows: all of them, or, with more than two per pixel
 * column, the least and the greatest of each column. Values that are not finite are left out.
 *
 * @example curvePoints([3, 1, 2], 100) // [[0, 3], [1, 1], [2, 2]]
 */
export function curvePoints(values: ArrayLike<number>, columns: number): [index: number, value: number][] {
  const edge = (column: number): number => Math.floor((column * values.length) / columns);
  const indices =
    values.length <= 2 * columns
      ? Array.from({ length: values.length }, (_, i) => i)
      : Array.from({ length: columns }, (_, column) =>
          extremes(values, edge(column), edge(column + 1)),
        ).flat();
  return indices.filter((i) => Number.isFinite(values[i])).map((i) => [i, values[i]]);
}

/**
 * Indices of the least and the greatest finite value in [from, to), in order; empty if no value is finite.
 */
export function extremes(values: ArrayLike<number>, from: number, to: number): number[] {
  let [least, greatest] = [-1, -1];
  for (let i = from; i < to; i++) {
    if (!Number.isFinite(values[i])) continue;
    if (least < 0 || values[i] < values[least]) least = i;
    if (greatest < 0 || values[i] > values[greatest]) greatest = i;
  }
  if (least < 0) return [];
  return least === greatest ? [least] : [Math.min(least, greatest), Math.max(least, greatest)];
}

/**
 * Curves of equally spaced values on common axes; the extremes stand at the right. Values that are not finite
 * are left out.
 */
export function sparkline(curves: readonly ArrayLike<number>[], { width = 220, height = 48 } = {}): Picture {
  const points = curves.map((curve) => curvePoints(curve, width));
  const all = points.flat().map(([, value]) => value);
  if (all.length === 0) return { width, height, body: writing('no finite value', 0, height / 2) };
  const [low, high] = [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))];
  const longest = Math.max(2, ...curves.map(({ length }) => length));
  const x = (i: number): number => 1 + (i / (longest - 1)) * (width - 2);
  const y = (value: number): number =>
    high === low ? height / 2 : 2 + ((high - value) / (high - low)) * (height - 4);
  const zero =
    low < 0 && high > 0
      ? `<path d="M0 ${at(y(0))}H${width}" stroke="currentColor" stroke-opacity="0.3" stroke-dasharray="2 3"/>`
      : '';
  const lines = points.map((curve, k) => {
    const ink = inks[k % inks.length];
    if (curve.length === 1)
      return `<circle cx="${at(x(curve[0][0]))}" cy="${at(y(curve[0][1]))}" r="2" fill="${ink}"/>`;
    const path = curve.map(([i, value]) => `${at(x(i))},${at(y(value))}`).join(' ');
    return `<polyline fill="none" stroke="${ink}" stroke-width="1.2" stroke-linejoin="round" points="${path}"/>`;
  });
  const ends =
    high === low
      ? writing(short(low), width + 5, height / 2 + 4)
      : writing(short(high), width + 5, 10) + writing(short(low), width + 5, height - 2);
  return { width: width + 48, height, body: zero + lines.join('') + ends };
}

/** Three digits, for the ends of an axis. */
const short = (x: number): string => String(Number(x.toPrecision(3)));
