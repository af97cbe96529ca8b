// Colours for values: scales that colour-blind readers can order, and the colour bar.
import { categoryColour, type ScaleName, scales } from '../../display/index.js';
import { needed, nested, type Options, type OptionsOf, typed } from '../../numerics/options.js';
import { aString, each, oneOf } from '../../numerics/rules.js';
import { aRange, axisTitle, extentOf, ink } from './axis.js';

const colourOptions = {
  /** The text beside the colour bar. */
  title: needed(aString),
  /** Printed in brackets after the title. */
  unit: aString,
  /** `cyclic` is for angles, `diverging` for signed values (white at zero); `sequential` by default. */
  scale: typed<ScaleName>(oneOf(...Object.keys(scales))),
  /** The values at the two ends of the scale; by default the data's. */
  range: aRange,
  /** Names of the values 0, 1, 2, ..., which have a colour each. */
  categories: each(aString),
};

/** The meaning of colours. */
export interface Colour extends Options, OptionsOf<typeof colourOptions> {}

export const aColour = typed<Colour>(nested(colourOptions));

/** Scales, by plotly's name where it has one. */
const plotlyScales = { ...scales, sequential: 'Viridis' } as const;

/** Width in pixels of a colour bar with its labels and title. */
export const barRoom = 108;
const barGap = 14;
const barWidth = 14;

/** The plotly attributes of a coloured trace or marker; `prefix` is `z` for heat maps and `c` for markers. */
export function colourAttributes(
  colour: Colour,
  values: readonly number[],
  prefix: 'z' | 'c',
): Record<string, unknown> {
  const { scale = 'sequential', categories } = colour;
  const [low, high] = rangeOf(colour, values);
  return {
    colorscale: categories ? steps(categories.length) : plotlyScales[scale],
    [`${prefix}min`]: low,
    [`${prefix}max`]: high,
    showscale: true,
    colorbar: {
      thickness: barWidth,
      len: 1,
      lenmode: 'fraction',
      y: 0.5,
      yanchor: 'middle',
      x: 1,
      xanchor: 'left',
      xpad: barGap,
      ypad: 0,
      outlinewidth: 0,
      ticks: 'outside',
      ticklen: 4,
      tickcolor: ink,
      tickfont: { size: 13 },
      exponentformat: 'power',
      ...(scale === 'cyclic' && colour.range === undefined ? quarterTurns : {}),
      ...(categories
        ? { tickmode: 'array', tickvals: categories.map((_, k) => k), ticktext: categories }
        : {}),
    },
  };
}

/** The bar's title as an annotation of the layout: plotly's own overlaps wide tick labels. */
export function barTitle(colour: Colour, values: readonly number[]): object {
  const labels =
    colour.categories ??
    rangeOf(colour, values).map((end) => `${Math.round(end * 10) / 10}`.replace(/^(-?\d+)$/, '$1.0'));
  const widest = Math.min(44, 7.3 * Math.max(...labels.map(({ length }) => length)));
  return {
    text: axisTitle(colour),
    font: { size: 14 },
    textangle: -90,
    showarrow: false,
    xref: 'paper',
    x: 1,
    xanchor: 'center',
    xshift: barGap + barWidth + 8 + widest + 14,
    yref: 'paper',
    y: 0.5,
    yanchor: 'middle',
  };
}

/** A colour for each of so many categories, without a passage between them. */
const steps = (count: number): [at: number, colour: string][] =>
  Array.from({ length: 2 * count }, (_, k) => [Math.ceil(k / 2) / count, categoryColour(k >> 1, count)]);

const quarterTurns = {
  tickmode: 'array',
  tickvals: [-Math.PI, -Math.PI / 2, 0, Math.PI / 2, Math.PI],
  ticktext: ['−π', '−π/2', '0', 'π/2', 'π'],
};

function rangeOf({ scale, range, categories }: Colour, values: readonly number[]): readonly [number, number] {
  if (categories) return [-0.5, categories.length - 0.5];
  if (range) return range;
  if (scale === 'cyclic') return [-Math.PI, Math.PI];
  const [low, high] = extentOf([values]);
  if (scale === 'diverging') {
    const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
    return [-most, most];
  }
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}
