// A figure: one plotly specification with a name. A notebook displays it as a live plotly chart and as a
// PNG rendered from the same specification (see render.ts). Sizes are CSS pixels.
import { inspectText, jupyterDisplay, type MimeBundle, numeral } from '../../display/index.js';
import { toBase64 } from '../../files/base64.js';
import { builtin } from '../../files/node.js';
import { got } from '../../numerics/check.js';
import { plain } from '../rendering/markup.js';
import { renderPng } from '../rendering/render.js';
import type { FigureSpec, Layout, Trace } from './figureSpec.js';
import { mostPoints, pointsOf, thinFigure, tooLong } from './thinned.js';

/** Largest width of a notebook's picture in pixels; below it, two per CSS pixel. */
const widest = 2000;

/**
 * Mime types under which a figure's specification travels: the live chart, and one that front ends leave to
 * its PNG.
 */
export const figureMimes = {
  live: 'application/vnd.plotly.v1+json',
  still: 'application/vnd.emtd.figure+json',
} as const;

/** Throws unless the name is one of a file. */
export function requireFigureName(caller: string, name: unknown): asserts name is string {
  if (typeof name === 'string' && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return;
  throw new Error(`${caller}: name must be lower-case words joined by '-', got ${got(name)}`);
}

/**
 * A named plotly specification that displays itself: as a live chart, or only as its picture (`shown` still).
 * The notebook stores at most 2,000 points per trace (thinned.ts); the figure itself has all.
 *
 * @throws when the name is not a file name in lower case (`relaxation-time`), or there are no traces.
 * @example
 * const figure = figures.plot([3, 1.2, 0.5], { name: 'decay', y: 'disagreement' });
 * figure.name; // 'decay'
 * figure.data[0].y; // [3, 1.2, 0.5]
 */
export class Figure implements FigureSpec {
  constructor(
    readonly data: readonly Trace[],
    readonly layout: Layout,
    readonly shown: keyof typeof figureMimes = 'live',
  ) {
    requireFigureName('Figure', this.name);
    if (data.length === 0) throw new Error(`Figure: '${this.name}' draws nothing`);
  }

  get name(): string {
    return this.layout.meta.name;
  }

  get caption(): string | undefined {
    return this.layout.meta.caption;
  }

  toString(): string {
    return plainText(this.layout.meta, []);
  }

  [inspectText](): string {
    return `Figure { ${this.toString()} }`;
  }

  async [jupyterDisplay](): Promise<MimeBundle> {
    const kept = thinFigure(this);
    const withheld = tooLong(kept);
    const isInPage = builtin('node:module') === undefined; // which draws the figure itself, and stores nothing
    const scale = Math.min(2, widest / this.layout.width);
    const png = isInPage ? undefined : toBase64(await renderPng(kept, { scale }));
    const isWhole = isInPage || withheld.length === 0;
    return {
      [figureMimes[isWhole ? this.shown : 'still']]: isWhole
        ? figureJson(kept)
        : { data: [], layout: this.layout },
      'image/png': png,
      'text/plain': plainText(this.layout.meta, [...withheldText(withheld), ...thinnedText(kept)]),
    };
  }
}

/** The figure as plain plotly JSON, the form that notebooks and `out/figures/*.json` store. */
export function figureJson({ data, layout }: FigureSpec): { data: readonly Trace[]; layout: Layout } {
  return { data, layout };
}

function plainText({ name, title, caption }: Layout['meta'], remarks: readonly string[]): string {
  return plain([`[figure ${name}]`, title, caption, ...remarks].filter(Boolean).join(' '));
}

const thinnedText = ({ data }: FigureSpec): string[] =>
  data
    .filter(({ meta }) => meta?.of !== undefined && meta.role !== 'lower' && meta.role !== 'upper')
    .map(
      (trace) =>
        `(${nameOf(trace)} is drawn with ${numeral(pointsOf(trace))} of its ${numeral(trace.meta!.of!)} points)`,
    );

const withheldText = (traces: readonly Trace[]): string[] =>
  traces
    .slice(0, 1)
    .map(
      (trace) =>
        `(picture only: ${nameOf(trace)} has ${numeral(pointsOf(trace))} points, a notebook holds ${numeral(mostPoints)} per trace)`,
    );

const nameOf = ({ meta, name = 'a trace' }: Trace): string => `'${meta?.series ?? name}'`;
