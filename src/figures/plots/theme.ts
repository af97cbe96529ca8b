// The look of every figure: white ground, the lab's palette, theory in black dashes, the legend above the
// data, the caption below. Sizes are CSS pixels.
import { needed, type OptionsOf } from '../../numerics/options.js';
import { aString, positive } from '../../numerics/rules.js';
import { anAxis, extentOf, ink, plotlyAxis } from './axis.js';
import type { Layout, Trace } from './figureSpec.js';
import { fontFamily } from '../rendering/fonts.js';
import { plain } from '../rendering/markup.js';

export { palette } from '../../display/index.js';
export const theoryDashes = ['dash', 'dot', 'dashdot', 'longdash'] as const;
const faintInk = '#555555';

export const pageOptions = {
  /** Name of the figure's files. */
  name: needed(aString),
  /** Above the figure. */
  title: aString,
  /** Below it. */
  caption: aString,
};

export const headingOptions = {
  ...pageOptions,
  /** Pixels. */
  width: positive,
  /** Pixels, without the caption. */
  height: positive,
};

/** Options of every constructor: the name of the files and, optionally, a heading and a caption. */
export interface Heading extends OptionsOf<typeof pageOptions>, OptionsOf<typeof headingOptions> {}

export const frameOptions = {
  ...headingOptions,
  /** The axis across. */
  x: needed(anAxis),
  /** The axis upwards. */
  y: needed(anAxis),
};

export interface Frame extends Heading, OptionsOf<typeof frameOptions> {}

/** Room around the axes: for labels at the left and below, for a colour bar at the right. */
type Sides = Readonly<Record<'left' | 'right' | 'bottom', number>>;

const framed: Sides = { left: 76, right: 24, bottom: 60 };

/** The layout of a figure with two axes around its traces; `notes` are more annotations. */
export function frameLayout(
  frame: Frame,
  data: readonly Trace[],
  sides: Partial<Sides> = {},
  notes: readonly object[] = [],
): Layout {
  const values = (of: (trace: Trace) => readonly unknown[] | undefined) =>
    extentOf(data.map((trace) => (of(trace) ?? []) as readonly number[]));
  const axes = {
    xaxis: plotlyAxis(
      frame.x,
      values(({ x }) => x),
    ),
    yaxis: {
      ...plotlyAxis(
        frame.y,
        values(({ y }) => y),
      ),
      automargin: true,
    },
  };
  return layoutOf(frame, axes, legendOf(data), { ...framed, ...sides }, notes);
}

/** The texts of the legend's entries. */
export const legendOf = (data: readonly Trace[]): string[] =>
  data.filter(({ showlegend }) => showlegend).map(({ name }) => name ?? '');

/**
 * The layout around given plotly axes. The caption adds to the height, so that it does not squeeze the data.
 */
export function layoutOf(
  { name, title, caption, width = 640, height = 420 }: Heading,
  axes: { readonly xaxis: object; readonly yaxis: object },
  legend: readonly string[],
  { left, right, bottom }: Sides,
  notes: readonly object[] = [],
): Layout {
  const rows = legendRows(legend, width - left - right);
  const lines = caption === undefined ? [] : wrap(caption, (width - 32) / 5.9);
  const captionHeight = heightOf(lines);
  const top = 16 + (title === undefined ? 0 : 24) + 22 * rows;
  return {
    width,
    height: height + captionHeight,
    margin: { l: left, r: right, t: top, b: bottom + captionHeight },
    meta: { name, title, caption },
    font: { family: fontFamily, size: 13, color: ink },
    paper_bgcolor: 'white',
    plot_bgcolor: 'white',
    hoverlabel: { font: { family: fontFamily, size: 12 } },
    ...(title === undefined ? {} : { title: headingText(title) }),
    showlegend: rows > 0,
    ...(rows === 0 ? {} : { legend: legendAbove }),
    ...axes,
    annotations: [...notes, ...(lines.length === 0 ? [] : [captionText(lines, left, bottom)])],
  };
}

/** A colour like `#0072B2` with an opacity. */
export function translucent(colour: string, opacity: number): string {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${r},${g},${b},${opacity})`;
}

const legendAbove = {
  orientation: 'h',
  x: 0,
  xanchor: 'left',
  y: 1,
  yanchor: 'bottom',
  font: { size: 13 },
  bgcolor: 'rgba(0,0,0,0)',
  traceorder: 'normal',
};

function headingText(text: string): object {
  return {
    text: `<b>${text}</b>`,
    font: { size: 15 },
    x: 0,
    xref: 'paper',
    xanchor: 'left',
    y: 1,
    yref: 'container',
    yanchor: 'top',
    pad: { t: 12 },
  };
}

function captionText(lines: readonly string[], left: number, bottom: number): object {
  return {
    name: 'caption',
    text: lines.join('<br>'),
    font: { size: 12, color: faintInk },
    align: 'left',
    showarrow: false,
    xref: 'paper',
    x: 0,
    xanchor: 'left',
    xshift: 16 - left,
    yref: 'paper',
    y: 0,
    yanchor: 'top',
    yshift: 2 - bottom,
  };
}

const heightOf = (lines: readonly string[]): number => (lines.length === 0 ? 0 : 10 + 16 * lines.length);

/** Height of a layout's caption in pixels. */
export function captionHeight({ annotations }: Layout): number {
  const caption = (annotations as { name?: string; text: string }[]).find(({ name }) => name === 'caption');
  return caption ? heightOf(caption.text.split('<br>')) : 0;
}

const plainLength = (html: string): number => plain(html).length;

/**
 * Number of rows of plotly's horizontal legend: one if the entries fit side by side, else with equal columns.
 */
function legendRows(entries: readonly string[], width: number): number {
  if (entries.length < 2 && !entries[0]) return 0;
  const widths = entries.map((entry) => 45 + 7 * plainLength(entry));
  if (widths.reduce((sum, w) => sum + w, 0) <= width) return 1;
  return Math.ceil(entries.length / Math.max(1, Math.floor(width / Math.max(...widths))));
}

/** Breaks a caption between words into lines of at most `columns` characters. */
function wrap(text: string, columns: number): string[] {
  const lines = [''];
  for (const word of text.split(/\s+(?![^<]*>)/)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (plainLength(longer) <= columns || lines.at(-1) === '') lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
