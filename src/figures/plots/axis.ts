// Axes: a frame on four sides with ticks inside, titles with units, powers of ten on wide log axes.
import { needed, nested, type Options, type OptionsOf, typed } from '../../numerics/options.js';
import { aBoolean, aString, each, finite } from '../../numerics/rules.js';

export const ink = '#222222';

export const aRange = typed<readonly [number, number]>(each(finite));

const axisOptions = {
  /** The text beside it; it may hold `<i>`, `<sub>`, `<sup>`. */
  title: needed(aString),
  /** Printed in brackets after the title. */
  unit: aString,
  /** Whether it is logarithmic; false by default. */
  log: aBoolean,
  /** Its two ends; by default the data's. */
  range: aRange,
};

/** An axis of a figure. */
export interface Axis extends Options, OptionsOf<typeof axisOptions> {}

export const anAxis = typed<Axis>(nested(axisOptions));

/** @example axisTitle({ title: 'time <i>t</i>', unit: '1/J' }) // 'time <i>t</i> (1/J)' */
export function axisTitle({ title, unit }: Pick<Axis, 'title' | 'unit'>): string {
  return unit === undefined ? title : `${title} (${unit})`;
}

/** The plotly axis; `extent` holds the smallest and largest value drawn. */
export function plotlyAxis(axis: Axis, extent: readonly [number, number]): Record<string, unknown> {
  const { log = false, range } = axis;
  return {
    title: { text: axisTitle(axis), standoff: 10, font: { size: 14 } },
    type: log ? 'log' : 'linear',
    ...(range ? { range: log ? range.map(Math.log10) : [...range] } : {}),
    showline: true,
    mirror: true,
    linecolor: ink,
    linewidth: 1,
    ticks: 'inside',
    ticklen: 5,
    tickcolor: ink,
    tickwidth: 1,
    tickfont: { size: 13 },
    showgrid: false,
    zeroline: false,
    ...(log ? logTicks(range ?? extent) : { exponentformat: 'power' }),
  };
}

/** Powers of ten; over less than a decade and a half also their 2- and 5-fold, written out. */
function logTicks([low, high]: readonly [number, number]): Record<string, unknown> {
  const minor = { ticks: 'inside', ticklen: 3, tickcolor: ink, dtick: 'D1' };
  if (high / low < 30) return { dtick: 'D2', tickformat: '~g', minor };
  return { dtick: 1, exponentformat: 'power', tickfont: { size: 11 }, minor }; // plotly enlarges powers by a quarter
}

/** Smallest and largest value of several lists. */
export function extentOf(lists: readonly (readonly number[])[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const list of lists) {
    for (const value of list) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return [low, high];
}
