// One line, or its points, as a figure: the short way to see numbers. `lineWithBand` has several curves,
// intervals and theory.
import { got } from '../../numerics/check.js';
import { byDefault, type Options, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { anything, aString, oneOf } from '../../numerics/rules.js';
import type { Axis } from './axis.js';
import { Figure } from './figure.js';
import { meanTrace } from './lineWithBand.js';
import { finite, sameLength, type Numbers } from './points.js';
import { frameLayout, palette } from './theme.js';

const plotOptions = {
  /** Above the figure. */
  title: aString,
  /**
   * The axis across: a title, or all of an axis, as `{ title: 'time', unit: '1/J', log: true }`. By default
   * `x`, or `index` where no numbers are given for it.
   */
  x: typed<string | Axis>(anything),
  /** The axis upwards, as `x`; `y` by default. */
  y: byDefault<string | Axis>('y', typed(anything)),
  /** The name of the figure's files; `plot` by default. */
  name: byDefault('plot', aString),
  /** What is drawn; `line` by default. */
  kind: byDefault('line', oneOf('line', 'points')),
};

/** Options of `plot`. */
export interface PlotOptions extends Options, OptionsOf<typeof plotOptions> {}

/**
 * A figure of one line: y against x, or against 0, 1, 2 ...
 *
 * @throws TypeError unless both are lists of numbers; Error for lists that are empty or of different lengths,
 * numbers that are not finite, and numbers that a log axis cannot show
 * @example
 * figures.plot([3, 1.2, 0.5]);
 * figures.plot([1, 10, 100], [3, 1.2, 0.5], { title: 'relaxation', x: { title: 'time', log: true }, y: 'disagreement', kind: 'points' });
 */
export function plot(y: Numbers, options?: PlotOptions): Figure;
export function plot(x: Numbers, y: Numbers, options?: PlotOptions): Figure;
export function plot(first: Numbers, second?: Numbers | PlotOptions, third?: PlotOptions): Figure {
  const isPair = isList(second) || third !== undefined;
  const options = (isPair ? third : (second as PlotOptions | undefined)) ?? {};
  const { title, name, kind, ...given } = readOptions('plot', options, plotOptions);
  const axes = { x: axis(given.x ?? (isPair ? 'x' : 'index'), 'x'), y: axis(given.y, 'y') };
  const y = numbers(isPair ? second : first, 'y', axes.y);
  const x = numbers(isPair ? first : y.map((_, k) => k), 'x', axes.x);
  sameLength(x, y, 'plot', 'x');
  const trace = {
    ...meanTrace({ x, y }, { label: axes.y.title, x, y, marks: kind }, palette[0]),
    showlegend: false,
  };
  return new Figure([trace], frameLayout({ name, title, ...axes }, [trace]));
}

const isList = (value: unknown): value is Numbers => Array.isArray(value) || ArrayBuffer.isView(value);

function numbers(values: unknown, which: 'x' | 'y', axes: Axis): number[] {
  if (!isList(values)) throw new TypeError(`plot: ${which} must be a list of numbers, got ${got(values)}`);
  if (values.length > 0 && typeof values[0] !== 'number') {
    throw new TypeError(`plot: ${which} must be a list of numbers, got ${got(values[0])} at index 0`);
  }
  return finite(values, `plot: ${which}`, axes);
}

function axis(value: string | Axis, which: 'x' | 'y'): Axis {
  const given = typeof value === 'string' ? { title: value } : value;
  if (typeof given?.title === 'string') return given;
  throw new TypeError(`plot: ${which} must be a title or an axis with a title, got ${got(value)}`);
}
