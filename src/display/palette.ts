// The colours of the lab: Okabe and Ito's palette (safe for colour-blind readers,
// https://jfly.uni-koeln.de/color/) and three scales that colour-blind readers can order. All are readable on
// white and on black.

export const palette = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#7F7F7F'] as const;

/**
 * For small pictures, whose ground may be white or black: the first colours a little lighter, so that lines
 * show on both.
 */
export const inks = ['#2A8CCC', '#DE6A1B', '#0AA57C', '#CC79A7', '#D99300', '#56B4E9', '#7F7F7F'] as const;

export type ScaleName = 'sequential' | 'diverging' | 'cyclic';
type Stops = readonly (readonly [at: number, colour: string])[];

/** Viridis; blue and orange with white between; a cycle for angles. */
export const scales = {
  sequential: [
    [0, '#440154'],
    [0.25, '#3B528B'],
    [0.5, '#21918C'],
    [0.75, '#5EC962'],
    [1, '#FDE725'],
  ],
  diverging: [
    [0, '#023858'],
    [0.25, '#0072B2'],
    [0.5, '#F7F7F7'],
    [0.75, '#D55E00'],
    [1, '#662D00'],
  ],
  cyclic: [
    [0, '#E8E0E6'],
    [0.25, '#5B84C4'],
    [0.5, '#2E1238'],
    [0.75, '#C0605A'],
    [1, '#E8E0E6'],
  ],
} as const satisfies Record<ScaleName, Stops>;

/** The colour of a scale at a place from 0 to 1. @example colourAt('diverging', 0.5) // '#f7f7f7' */
export function colourAt(scale: ScaleName, place: number): string {
  const stops: Stops = scales[scale];
  const t = Math.max(0, Math.min(1, place));
  const next = Math.max(
    1,
    stops.findIndex(([at]) => at >= t),
  );
  const [[from, low], [to, high]] = [stops[next - 1], stops[next]];
  const share = (t - from) / (to - from);
  const channel = (colour: string, k: number): number => parseInt(colour.slice(1 + 2 * k, 3 + 2 * k), 16);
  const mixed = [0, 1, 2].map((k) =>
    Math.round(channel(low, k) + share * (channel(high, k) - channel(low, k))),
  );
  return `#${mixed.map((c) => c.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * The colour of one of `count` categories: of the palette, or where there are more, of the sequential scale.
 */
export const categoryColour = (category: number, count: number): string =>
  count <= palette.length ? palette[category] : colourAt('sequential', category / (count - 1));

/** How values become colours: the scale and the values at its ends. */
export interface ColourRange {
  readonly scale: ScaleName;
  readonly low: number;
  readonly high: number;
}

/** Diverging about zero where values have both signs, else sequential. */
export function naturalRange(least: number, greatest: number): ColourRange {
  if (least < 0 && greatest > 0) {
    const most = Math.max(-least, greatest);
    return { scale: 'diverging', low: -most, high: most };
  }
  return { scale: 'sequential', low: least, high: greatest };
}
