// Axes of the panels of a live picture: frame, ticks, round numbers. Sizes are CSS pixels.
import { ink } from '../../figures/index.js';

export const panel = { width: 340, height: 300, left: 52, right: 14, top: 34, bottom: 34 };
export const plotWidth = panel.width - panel.left - panel.right;
export const plotHeight = panel.height - panel.top - panel.bottom;

/**
 * A frame with ticks, and the positions of values in it; `names` of the values 0, 1, 2, ... stand in place of
 * numbers.
 */
export function axes(
  [left, right]: readonly [number, number],
  [low, high]: readonly [number, number],
  names?: readonly string[],
) {
  const x = (value: number): number => panel.left + (plotWidth * (value - left)) / (right - left);
  const y = (value: number): number => panel.top + (plotHeight * (high - value)) / (high - low);
  const foot = panel.top + plotHeight;
  const marks = [
    ...(names ? names.map((_, k) => k) : ticks(left, right)).map(
      (v) =>
        `<path d="M${x(v).toFixed(1)} ${foot}v-5" stroke="${ink}"/>` +
        `<text x="${x(v).toFixed(1)}" y="${foot + 14}" text-anchor="middle">${names ? names[v] : label(v)}</text>`,
    ),
    ...ticks(low, high).map(
      (v) =>
        `<path d="M${panel.left} ${y(v).toFixed(1)}h5" stroke="${ink}"/>` +
        `<text x="${panel.left - 5}" y="${(y(v) + 4).toFixed(1)}" text-anchor="end">${label(v)}</text>`,
    ),
  ];
  return {
    at: (valueX: number, valueY: number): string => `${x(valueX).toFixed(1)} ${y(valueY).toFixed(1)}`,
    frame:
      `<rect x="${panel.left}" y="${panel.top}" width="${plotWidth}" height="${plotHeight}" fill="none" stroke="${ink}"/>` +
      marks.join(''),
  };
}

/** Round values inside a range, three to seven of them. */
function ticks(low: number, high: number): number[] {
  const step = roundUp((high - low) / 6);
  const first = Math.ceil(low / step);
  return Array.from(
    { length: Math.max(0, Math.floor(high / step) - first + 1) },
    (_, k) => (first + k) * step,
  );
}

const label = (value: number): string => String(Number(value.toPrecision(6)));

/** The next of 1, 2, 5, 10, 20, ... above. */
export function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return Number(([1, 2, 5, 10].find((digit) => digit * power >= value)! * power).toPrecision(1));
}

/** The range with a margin, in round numbers so that the frame stays still. */
export function padded([low, high]: readonly [number, number]): [number, number] {
  const step = roundUp((high - low || Math.abs(high) || 1) / 6);
  return [Math.floor(low / step) * step, Math.ceil(high / step) * step + (high === low ? step : 0)];
}
