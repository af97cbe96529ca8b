// Bars: how often each value, or each range of values, occurs.
import { inks } from './palette.js';
import { at, type Picture, writing } from './picture.js';

interface Look {
  readonly width?: number;
  readonly height?: number;
  /** Texts below the first and the last bar. */
  readonly ends?: readonly [string, string];
  readonly colours?: readonly string[];
}

/** Counts as bars from a common base. */
export function bars(
  counts: ArrayLike<number>,
  { width = 150, height = 48, ends, colours = [inks[0]] }: Look = {},
): Picture {
  const list = Array.from(counts);
  const most = list.reduce((a, b) => Math.max(a, b), 1);
  const step = width / list.length;
  const gap = step > 4 ? 1 : 0;
  const body = list.map((count, k) => {
    if (count === 0) return '';
    const tall = Math.max(1, (count / most) * height);
    const place = `x="${at(k * step)}" y="${at(height - tall)}" width="${at(step - gap)}" height="${at(tall)}"`;
    return `<rect ${place} fill="${colours[k % colours.length]}"/>`;
  });
  const base = `<path d="M0 ${height}H${width}" stroke="currentColor" stroke-opacity="0.5"/>`;
  const texts = ends ? writing(ends[0], 0, height + 13) + writing(ends[1], width, height + 13, 'end') : '';
  return { width, height: height + (ends ? 17 : 1), body: body.join('') + base + texts };
}

/** How many of the finite values fall into each of `bins` equal bins from least to greatest. */
export function binCounts(
  values: ArrayLike<number>,
  least: number,
  greatest: number,
  bins: number,
): number[] {
  const counts = new Array<number>(bins).fill(0);
  const scale = greatest > least ? bins / (greatest - least) : 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) counts[Math.min(bins - 1, Math.floor((values[i] - least) * scale))]++;
  }
  return counts;
}
