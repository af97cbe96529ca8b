// One frame of a live run as SVG, cheap enough for more than ten per second: assembled text, without plotly. It has the
// panels and colours of the final figure. Sizes are CSS pixels.
import { escapeHtml } from '../../display/index.js';
import { circle, fitToSquare, naturalLayout, stress } from '../../graph/nodePositions.js';
import { extentOf, ink } from '../../figures/plots/axis.js';
import { palette, translucent } from '../../figures/plots/theme.js';
import type { Graph } from '../../graph/index.js';
import { density } from '../../figures/plots/histogram.js';
import { axes, padded, panel, plotHeight, plotWidth, roundUp } from './liveAxes.js';
import { columnsOf, mostNodes } from './liveFigure.js';
import type { LiveHistory } from './liveHistory.js';
import type { LiveRun } from './liveRun.js';

/** Colours from -1 to 1, as those of the figures' diverging scale. */
const stops = [[2, 56, 88], [0, 114, 178], [247, 247, 247], [213, 94, 0], [102, 45, 0]];
const shades = Array.from({ length: 65 }, (_, k) => {
  const at = (4 * k) / 64;
  const [from, to] = [stops[Math.floor(at)], stops[Math.ceil(at)]];
  return `rgb(${from.map((c, i) => Math.round(c + (to[i] - c) * (at % 1))).join()})`;
});

export class LivePicture {
  readonly size: { readonly width: number; readonly height: number };
  readonly #columns: number;
  readonly #field: (values: Float64Array) => string;

  constructor(graph: Graph, { histories, observables }: Pick<LiveRun, 'histories' | 'observables'>) {
    const panels = histories.length + observables.length;
    this.#columns = columnsOf(panels);
    this.size = { width: panel.width * this.#columns, height: panel.height * Math.ceil(panels / this.#columns) };
    this.#field = graph.nodeCount <= mostNodes ? drawing(graph) : distribution;
  }

  /** The frame; `note` stands at the right end of its top line. */
  draw(histories: readonly LiveHistory[], note: string): string {
    const observables = Object.keys(histories[0].observed);
    const panels = [
      ...histories.map(({ label, field }) => heading(label || 'field, one chain') + this.#field(field)),
      ...observables.map((name) => courses(name, histories)),
    ];
    const { width, height } = this.size;
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
      `font-family="Arial, Helvetica, sans-serif" font-size="12" fill="${ink}">` +
      `<rect width="100%" height="100%" fill="white"/>` +
      panels.map((content, k) => `<g transform="translate(${this.#at(k)})">${content}</g>`).join('') +
      (note ? `<text x="${width - 12}" y="${height - 6}" text-anchor="end" fill="#b00020">${escapeHtml(note)}</text>` : '') +
      '</svg>'
    );
  }

  #at(k: number): string {
    return `${(k % this.#columns) * panel.width} ${Math.floor(k / this.#columns) * panel.height}`;
  }
}

const heading = (text: string): string =>
  `<text x="${panel.left}" y="20" font-size="14" font-weight="bold">${escapeHtml(text)}</text>`;

/** The graph, its nodes in the colour of their value; positions and edges are computed once. */
function drawing(graph: Graph): (values: Float64Array) => string {
  const { nodeCount, edgeCount, endpoints } = graph;
  const at = fitToSquare(naturalLayout(graph) === 'circle' ? circle(nodeCount) : stress(graph));
  const half = Math.min(plotWidth, plotHeight + panel.bottom - 10) / 2 - 8;
  const place = (i: number): string =>
    `${(panel.width / 2 + half * at[2 * i]).toFixed(1)} ${(panel.top + 8 + half * (1 - at[2 * i + 1])).toFixed(1)}`;
  let edges = '';
  for (let e = 0; e < edgeCount; e++) edges += `M${place(endpoints[2 * e])}L${place(endpoints[2 * e + 1])}`;
  const grey = Math.round(221 - 90 * Math.min(1, 100 / edgeCount)); // opaque: a browser paints it twice as fast
  const under = `<path d="${edges}" stroke="rgb(${grey},${grey},${grey})" stroke-width="0.6" fill="none"/>`;
  const radius = Math.max(2, Math.min(8, 45 / Math.sqrt(nodeCount))).toFixed(1);
  const nodes = Array.from({ length: nodeCount }, (_, i) => {
    const [x, y] = place(i).split(' ');
    return `<circle cx="${x}" cy="${y}" r="${radius}" stroke="${ink}" stroke-width="0.6" fill="`;
  });
  const bar = shades.map((shade, k) => `<rect x="${panel.width - 88 + 0.7 * k}" y="11" width="1.4" height="10" fill="${shade}"/>`).join('');
  return (values) => {
    const reach = roundUp(2 * Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / nodeCount));
    const shade = (x: number): string => shades[Math.round(32 + 32 * Math.max(-1, Math.min(1, x / reach)))];
    const legend = `<text x="${panel.width - 92}" y="20" text-anchor="end">−${reach}</text>${bar}` +
      `<text x="${panel.width - 18}" y="20" text-anchor="end">${reach}</text>`;
    return under + nodes.map((node, i) => `${node}${shade(values[i])}"/>`).join('') + legend;
  };
}

/** The distribution of the values over the nodes. */
function distribution(values: Float64Array): string {
  const reach = roundUp(3 * Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length));
  const heights = density(values, [-reach, reach], 40);
  const scale = axes([-reach, reach], [0, 1.1 * Math.max(...heights, 1e-300)]);
  const bars = heights.map((h, k) => `${scale.at(reach * (k / 20 - 1), h)}L${scale.at(reach * ((k + 1) / 20 - 1), h)}`);
  const area = `M${scale.at(-reach, 0)}L${bars.join('L')}L${scale.at(reach, 0)}Z`;
  return `<path d="${area}" fill="${translucent(palette[0], 0.5)}"/>${scale.frame}`;
}

/** An observable over time, one curve per run: the mean over its chains in the band of their spread. */
function courses(name: string, histories: readonly LiveHistory[]): string {
  const ends = histories.map(({ observed }) => {
    const { mean, spread } = observed[name];
    return { low: mean.map((y, k) => y - spread[k]), high: mean.map((y, k) => y + spread[k]) };
  });
  const [start, end] = extentOf(histories.map(({ time }) => time));
  const scale = axes([start, Math.max(end, start + 1e-9)], padded(extentOf(ends.flatMap(({ low, high }) => [low, high]))));
  const curves = histories.map(({ time, observed }, k) => {
    const { mean } = observed[name];
    const colour = palette[k % palette.length];
    const line = (ys: readonly number[]): string[] => ys.map((y, at) => scale.at(time[at], y));
    const band = `M${[...line(ends[k].high), ...line(ends[k].low).reverse()].join('L')}Z`;
    const value = `<tspan fill="${colour}">${(mean.at(-1) ?? NaN).toPrecision(3)}</tspan>`;
    return {
      value,
      paths: `<path d="${band}" fill="${translucent(colour, 0.22)}"/>` +
        `<path d="M${line(mean).join('L')}" stroke="${colour}" stroke-width="1.8" fill="none" stroke-linejoin="round"/>`,
    };
  });
  const values = `<text x="${panel.width - panel.right}" y="20" text-anchor="end" font-size="14" font-weight="bold">` +
    `${curves.map(({ value }) => value).join(' ')}</text>`;
  return heading(name) + values + curves.map(({ paths }) => paths).join('') + scale.frame +
    `<text x="${panel.left + plotWidth / 2}" y="${panel.height - 4}" text-anchor="middle">time <tspan font-style="italic">t</tspan></text>`;
}
