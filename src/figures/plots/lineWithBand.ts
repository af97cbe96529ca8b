// Curves with their uncertainty: the mean over seeds as a line in a band, or as points with error bars, and
// the theory beside it in black dashes.
import { needed, type OptionsOf, readOptions } from '../../numerics/options.js';
import { type Estimate, interval } from '../../statistics/index.js';
import { extentOf } from './axis.js';
import { Figure } from './figure.js';
import type { Trace } from './figureSpec.js';
import { finite, sameLength, theoryTraces, type Numbers } from './points.js';
import { eachOf, seriesRules, theoryOption, type TheoryOption } from './rules.js';
import { frameLayout, frameOptions, palette, translucent, type Frame } from './theme.js';

/**
 * A measured curve: one list of values per seed (`runs`), or estimates as for checks, or means with ends of
 * intervals.
 */
export type Series = {
  readonly label: string;
  readonly x: Numbers;
  readonly marks?: 'line' | 'points';
  readonly colour?: string;
} & (
  | { readonly runs: readonly Numbers[] }
  | { readonly measured: readonly Estimate[] }
  | { readonly y: Numbers; readonly lower?: Numbers; readonly upper?: Numbers }
);

const lineWithBandOptions = {
  ...frameOptions,
  /** The measured curves, at least one. */
  series: needed(eachOf<Series>(seriesRules)),
  ...theoryOption,
};

/** What `lineWithBand` draws. */
export interface LineWithBandOptions extends Frame, TheoryOption, OptionsOf<typeof lineWithBandOptions> {}

type Curve = Readonly<Record<'x' | 'y', number[]> & Partial<Record<'lower' | 'upper', number[]>>>;

/**
 * A figure of measured curves, each with its interval, and theory curves. A series of `runs` shows the mean
 * over its seeds, at least 16, with the 95 % interval of `interval` (Student's t).
 *
 * @throws for empty data or data that are not finite, lists of different lengths, an interval that misses its
 * mean, and values that a log axis cannot show.
 * @example
 * const runs = Array.from({ length: 16 }, (_, seed) => [0, 1, 2].map((t) => 2 * t / 64 * (1 + 0.01 * (seed - 7.5)))); // one list per seed
 * lineWithBand({
 *   name: 'zero-mode', x: { title: 'time <i>t</i>' }, y: { title: 'variance of the mean' },
 *   series: [{ label: '16 seeds', x: [0, 1, 2], runs }],
 *   theory: [{ label: '2<i>Tt</i>/<i>N</i>', y: (t) => 2 * t / 64 }],
 * });
 */
export function lineWithBand(figure: LineWithBandOptions): Figure {
  const { name, series, theory } = readOptions('lineWithBand', figure, lineWithBandOptions);
  const where = `lineWithBand '${name}'`;
  if (series.length === 0) throw new Error(`${where}: needs at least one series`);
  const curves = series.map((one) => curve(one, `${where}: series '${one.label}'`, figure));
  const extent = figure.x.range ?? extentOf(curves.map(({ x }) => x));
  const theories = theoryTraces(where, theory, extent, figure);
  const colours = series.map(({ colour }, k) => colour ?? palette[k % palette.length]);
  const data = [
    ...curves.flatMap((one, k) => bandTraces(one, series[k], colours[k])),
    ...curves.map((one, k) => meanTrace(one, series[k], colours[k])),
    ...theories,
  ];
  return new Figure(data, frameLayout(figure, data));
}

function curve(series: Series, what: string, axes: Frame): Curve {
  const x = finite(series.x, `${what} x`, axes.x);
  const { mean, lower, upper } = ends(series, what);
  const y = finite(mean, `${what} mean`, axes.y);
  sameLength(x, y, what, 'x');
  if (lower === undefined && upper === undefined) return { x, y };
  if (lower === undefined || upper === undefined) throw new Error(`${what} has only one end of its interval`);
  sameLength(x, lower, `${what} lower end`, 'x');
  sameLength(x, upper, `${what} upper end`, 'x');
  const band = { lower: finite(lower, `${what} lower end`), upper: finite(upper, `${what} upper end`) };
  const outside = y.findIndex((mean, k) => mean < band.lower[k] || mean > band.upper[k]);
  if (outside >= 0) {
    const interval = `[${band.lower[outside]}, ${band.upper[outside]}]`;
    throw new Error(`${what}: interval ${interval} misses its mean ${y[outside]} at index ${outside}`);
  }
  if (axes.y.log) band.lower = band.lower.map((low) => Math.max(low, Number.MIN_VALUE));
  return { x, y, ...band };
}

function ends(series: Series, what: string): { mean: Numbers; lower?: Numbers; upper?: Numbers } {
  if ('y' in series) return { mean: series.y, lower: series.lower, upper: series.upper };
  const measured = 'runs' in series ? overSeeds(series.runs, what) : series.measured;
  return {
    mean: measured.map(({ estimate }) => estimate),
    lower: measured.map(({ interval: [low] }) => low),
    upper: measured.map(({ interval: [, high] }) => high),
  };
}

/** Point by point, the mean over seeds and its 95 % interval. */
function overSeeds(runs: readonly Numbers[], what: string): readonly Estimate[] {
  const other = runs.findIndex(({ length }) => length !== runs[0].length);
  if (other > 0)
    throw new Error(`${what}: run 0 has ${runs[0].length} values, run ${other} has ${runs[other].length}`);
  return Array.from(runs[0] ?? [], (_, k) => interval(runs.map((run) => run[k])));
}

/** The band of a line: its two ends, the area between them filled. Points carry error bars instead. */
function bandTraces({ x, lower, upper }: Curve, { label, marks }: Series, colour: string): Trace[] {
  if (lower === undefined || upper === undefined || marks === 'points') return [];
  const end = {
    type: 'scatter',
    mode: 'lines',
    x,
    line: { width: 0, color: colour },
    legendgroup: label,
    name: label,
    showlegend: false,
    hoverinfo: 'skip',
  } as const;
  return [
    { ...end, y: lower, meta: { series: label, role: 'lower' } },
    {
      ...end,
      y: upper,
      fill: 'tonexty',
      fillcolor: translucent(colour, 0.22),
      meta: { series: label, role: 'upper' },
    },
  ];
}

/** The mean of a curve: a line, or points with their error bars. */
export function meanTrace(
  { x, y, lower, upper }: Curve,
  { label, marks = 'line' }: Series,
  colour: string,
): Trace {
  const common = {
    type: 'scatter',
    name: label,
    legendgroup: label,
    showlegend: true,
    x,
    y,
    meta: { series: label, role: 'value' },
  } as const;
  if (marks === 'line') return { ...common, mode: 'lines', line: { color: colour, width: 2 } };
  return {
    ...common,
    mode: 'markers',
    marker: { color: colour, size: 6.5, line: { color: 'white', width: 0.8 } },
    ...(lower === undefined || upper === undefined
      ? {}
      : {
          error_y: {
            type: 'data',
            symmetric: false,
            color: colour,
            thickness: 1.4,
            width: 3,
            array: y.map((mean, k) => upper[k] - mean),
            arrayminus: y.map((mean, k) => mean - lower[k]),
          },
        }),
  };
}
