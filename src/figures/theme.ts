// The look of every figure: white ground, Okabe and Ito's palette (safe for colour-blind readers,
// https://jfly.uni-koeln.de/color/), theory in black dashes, the legend above the data, the caption below.
// Sizes are CSS pixels.
import { fontFamily } from './fonts.js';
import type { Layout } from './figure.js';
import { plain } from './markup.js';

export const palette = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#7F7F7F'] as const;
export const theoryDashes = ['dash', 'dot', 'dashdot', 'longdash'] as const;
export const ink = '#222222';
const faintInk = '#555555';

/** An axis: `unit` is printed in brackets after the title; titles may hold `<i>`, `<sub>`, `<sup>`. */
export interface Axis {
  readonly title: string;
  readonly unit?: string;
  readonly log?: boolean;
  readonly range?: readonly [number, number];
}

/** What every constructor takes: the name of the files and, if wanted, a heading and a caption. */
export interface Heading {
  readonly name: string;
  readonly title?: string;
  readonly caption?: string;
  readonly width?: number;
  readonly height?: number;
}

export interface Frame extends Heading {
  readonly x: Axis;
  readonly y: Axis;
}

/** Room around the axes: for labels at the left and below, for a colour bar at the right. */
export interface Sides {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
}

const framed: Sides = { left: 76, right: 24, bottom: 60 };

/** The layout of a figure with two axes; `legend` holds the entries' texts, `notes` more annotations. */
export function frameLayout(
  frame: Frame, legend: readonly string[], sides: Partial<Sides> = {}, notes: readonly object[] = [],
): Layout {
  const axes = { xaxis: plotlyAxis(frame.x), yaxis: { ...plotlyAxis(frame.y), automargin: true } };
  return layoutOf(frame, axes, legend, { ...framed, ...sides }, notes);
}

/** The layout around given plotly axes. The caption adds to the height, so that it does not squeeze the data. */
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

export function axisTitle({ title, unit }: Axis): string {
  return unit === undefined ? title : `${title} (${unit})`;
}

export function plotlyAxis(axis: Axis): Record<string, unknown> {
  const { log = false, range } = axis;
  return {
    title: { text: axisTitle(axis), standoff: 10, font: { size: 14 } },
    type: log ? 'log' : 'linear',
    ...(range ? { range: log ? range.map(Math.log10) : [...range] } : {}),
    showline: true, mirror: true, linecolor: ink, linewidth: 1,
    ticks: 'inside', ticklen: 5, tickcolor: ink, tickwidth: 1,
    tickfont: { size: log ? 11 : 13 }, // plotly enlarges the labels of a log axis by a quarter
    showgrid: false, zeroline: false, exponentformat: 'power', showexponent: 'all',
    ...(log ? { dtick: 1, minor: { ticks: 'inside', ticklen: 3, tickcolor: ink, dtick: 'D1' } } : {}),
  };
}

/** A colour like `#0072B2` with an opacity. */
export function translucent(colour: string, opacity: number): string {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${r},${g},${b},${opacity})`;
}

const legendAbove = {
  orientation: 'h', x: 0, xanchor: 'left', y: 1, yanchor: 'bottom', font: { size: 13 },
  bgcolor: 'rgba(0,0,0,0)', traceorder: 'normal',
};

function headingText(text: string): object {
  return {
    text: `<b>${text}</b>`, font: { size: 15 }, x: 0, xref: 'paper', xanchor: 'left',
    y: 1, yref: 'container', yanchor: 'top', pad: { t: 12 },
  };
}

function captionText(lines: readonly string[], left: number, bottom: number): object {
  return {
    name: 'caption', text: lines.join('<br>'), font: { size: 12, color: faintInk }, align: 'left', showarrow: false,
    xref: 'paper', x: 0, xanchor: 'left', xshift: 16 - left, yref: 'paper', y: 0, yanchor: 'top', yshift: 2 - bottom,
  };
}

const heightOf = (lines: readonly string[]): number => (lines.length === 0 ? 0 : 10 + 16 * lines.length);

/** The pixels that a layout's caption takes. */
export function captionHeight({ annotations }: Layout): number {
  const caption = (annotations as { name?: string; text: string }[]).find(({ name }) => name === 'caption');
  return caption ? heightOf(caption.text.split('<br>')) : 0;
}

const plainLength = (html: string): number => plain(html).length;

/** Rows that plotly's horizontal legend takes: one if the entries fit side by side, else equal columns. */
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
