// One frame of a live run as SVG, cheap enough for more than ten per second: assembled text, without plotly.
// It has the panels and colours of the final figure. Sizes are CSS pixels.
import { escapeHtml } from '../../display/index.js';
import { extentOf, ink, palette, translucent } from '../../figures/index.js';
import type { Graph } from '../../graphs/index.js';
import { fieldTitle } from './fieldKind.js';
import { axes, padded, panel, plotWidth } from './liveAxes.js';
import { fieldPanel } from './liveField.js';
import { columnsOf } from './liveFigure.js';
import type { LiveHistory } from './liveHistory.js';
import type { LiveRun } from './liveRun.js';

/** Room for a line below the panels. */
const noteHeight = 20;

export class LivePicture {
  readonly size: { readonly width: number; readonly height: number };
  readonly #columns: number;
  readonly #field: (values: Float64Array, all: Float64Array) => string;

  readonly #title: string;

  constructor(
    graph: Graph,
    { histories, observables, kind }: Pick<LiveRun, 'histories' | 'observables' | 'kind'>,
  ) {
    const panels = histories.length + observables.length;
    this.#columns = columnsOf(panels);
    this.size = {
      width: panel.width * this.#columns,
      height: panel.height * Math.ceil(panels / this.#columns) + noteHeight,
    };
    this.#field = fieldPanel(graph, kind);
    this.#title = fieldTitle(kind);
  }

  /** The frame; `note` stands below the panels. */
  draw(histories: readonly LiveHistory[], note: string): string {
    const observables = Object.keys(histories[0].observed);
    const all = Float64Array.from(histories.flatMap(({ field }) => [...field]));
    const panels = [
      ...histories.map(({ label, field }) => heading(label || this.#title) + this.#field(field, all)),
      ...observables.map((name) => courses(name, histories)),
    ];
    const { width, height } = this.size;
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
      `font-family="Arial, Helvetica, sans-serif" font-size="12" fill="${ink}">` +
      `<rect width="100%" height="100%" fill="white"/>` +
      panels.map((content, k) => `<g transform="translate(${this.#at(k)})">${content}</g>`).join('') +
      (note
        ? `<text x="${width - 12}" y="${height - 6}" text-anchor="end" fill="#b00020">${escapeHtml(note)}</text>`
        : '') +
      '</svg>'
    );
  }

  #at(k: number): string {
    return `${(k % this.#columns) * panel.width} ${Math.floor(k / this.#columns) * panel.height}`;
  }
}

const heading = (text: string): string =>
  `<text x="${panel.left}" y="20" font-size="14" font-weight="bold">${escapeHtml(text)}</text>`;

/** An observable over time, one curve per run: the mean over its chains in the band of their spread. */
function courses(name: string, histories: readonly LiveHistory[]): string {
  const ends = histories.map(({ observed }) => {
    const { mean, spread } = observed[name];
    return { low: mean.map((y, k) => y - spread[k]), high: mean.map((y, k) => y + spread[k]) };
  });
  const [start, end] = extentOf(histories.map(({ time }) => time));
  const scale = axes(
    [start, Math.max(end, start + 1e-9)],
    padded(extentOf(ends.flatMap(({ low, high }) => [low, high]))),
  );
  const curves = histories.map(({ time, observed }, k) => {
    const { mean } = observed[name];
    const colour = palette[k % palette.length];
    const line = (ys: readonly number[]): string[] => ys.map((y, at) => scale.at(time[at], y));
    const band = `M${[...line(ends[k].high), ...line(ends[k].low).reverse()].join('L')}Z`;
    const value = `<tspan fill="${colour}">${(mean.at(-1) ?? NaN).toPrecision(3)}</tspan>`;
    return {
      value,
      paths:
        `<path d="${band}" fill="${translucent(colour, 0.22)}"/>` +
        `<path d="M${line(mean).join('L')}" stroke="${colour}" stroke-width="1.8" fill="none" stroke-linejoin="round"/>`,
    };
  });
  const values =
    `<text x="${panel.width - panel.right}" y="20" text-anchor="end" font-size="14" font-weight="bold">` +
    `${curves.map(({ value }) => value).join(' ')}</text>`;
  return (
    heading(name) +
    values +
    curves.map(({ paths }) => paths).join('') +
    scale.frame +
    `<text x="${panel.left + plotWidth / 2}" y="${panel.height - 4}" text-anchor="middle">${histories[0].isTime ? 'time <tspan font-style="italic">t</tspan>' : 'steps'}</text>`
  );
}
