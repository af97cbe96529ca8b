// The distribution of samples as a density, p_k = n_k / (n w) for n_k of n samples in bin k of width w, with
// theory curves over it. Bin width: Freedman and Diaconis, w = 2 IQR n^(-1/3) (DOI 10.1007/BF01025868).
import { byDefault, needed, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { aString, integer } from '../../numerics/rules.js';
import { anAxis, extentOf } from './axis.js';
import { Figure } from './figure.js';
import type { Trace } from './figureSpec.js';
import { finite, theoryTraces, type Numbers } from './points.js';
import { eachOf, numbers, theoryOption, type TheoryOption } from './rules.js';
import { frameLayout, type Heading, headingOptions, palette, translucent } from './theme.js';

const sampleOptions = {
  /** Its text in the legend. */
  label: needed(aString),
  /** The numbers. */
  values: needed(numbers),
  /** A colour like `#0072B2`; by default the next of the palette. */
  colour: aString,
};

/** One set of values in a histogram. */
export interface HistogramSample extends Options, OptionsOf<typeof sampleOptions> {}

const histogramOptions = {
  ...headingOptions,
  /** The axis of the values. */
  x: needed(anAxis),
  /** The axis of the density; `probability density` is its title by default. */
  y: byDefault({ title: 'probability density' }, anAxis),
  /** The sets of values, at least one. */
  samples: needed(eachOf<HistogramSample>(sampleOptions)),
  /** Number of bins; by default from the spread of the values. */
  bins: integer(1),
  ...theoryOption,
};

/** What `histogram` draws. */
export interface HistogramOptions extends Heading, TheoryOption, OptionsOf<typeof histogramOptions> {}

/**
 * A figure of densities on common bins. With `x.range`, samples outside count in n and are not drawn.
 *
 * @throws for no samples, values that are not finite, a number of bins that is not a positive integer, or a
 * log x axis.
 * @example
 * const random = uniformGenerator(1);
 * histogram({
 *   name: 'waiting-times', x: { title: 'waiting time' },
 *   samples: [{ label: 'drawn', values: Array.from({ length: 1000 }, () => randomness.exponential(random)) }],
 *   theory: [{ label: 'exponential', y: (t) => Math.exp(-t) }],
 * });
 */
export function histogram(figure: HistogramOptions): Figure {
  const frame = readOptions('histogram', figure, histogramOptions);
  const { name, samples, theory } = frame;
  const where = `histogram '${name}'`;
  if (samples.length === 0) throw new Error(`${where}: needs at least one sample`);
  if (figure.x.log)
    throw new Error(`${where}: the x axis must be linear, got log: true (take logarithms instead)`);
  const values = samples.map((one) => finite(one.values, `${where}: sample '${one.label}'`));
  const [low, high] = figure.x.range ?? pad(extentOf(values));
  const bins = figure.bins ?? Math.max(...values.map((list) => naturalBins(list, high - low)));
  const data = [
    ...samples.map((one, k) => densityTrace(one, values[k], [low, high], bins, palette[k % palette.length])),
    ...theoryTraces(where, theory, [low, high], frame),
  ];
  const layout = frameLayout({ ...frame, x: { ...figure.x, range: [low, high] } }, data);
  const yaxis = { ...(layout.yaxis as object), rangemode: 'tozero' };
  return new Figure(data, { ...layout, yaxis, barmode: 'overlay', bargap: 0 });
}

/** Density of the values on equal bins. @example density([0.1, 0.2, 0.9], [0, 1], 2) // [4/3, 2/3] */
export function density(values: Numbers, [low, high]: readonly [number, number], bins: number): number[] {
  const width = (high - low) / bins;
  const counts = new Float64Array(bins);
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low || values[i] > high) continue;
    counts[Math.min(bins - 1, Math.floor((values[i] - low) / width))]++;
  }
  return Array.from(counts, (count) => count / (values.length * width));
}

function densityTrace(
  { label, colour }: HistogramSample,
  values: number[],
  [low, high]: readonly [number, number],
  bins: number,
  ink: string,
): Trace {
  const width = (high - low) / bins;
  const fill = colour ?? ink;
  return {
    type: 'bar',
    name: label,
    showlegend: true,
    width,
    x: Array.from({ length: bins }, (_, k) => low + (k + 0.5) * width),
    y: density(values, [low, high], bins),
    marker: { color: translucent(fill, 0.4), line: { color: fill, width: 0.6 } },
    meta: { series: label, role: 'value' },
  };
}

function naturalBins(values: readonly number[], extent: number): number {
  const sorted = Float64Array.from(values).sort();
  const quartile = (share: number): number => sorted[Math.round(share * (sorted.length - 1))];
  const width = 2 * (quartile(0.75) - quartile(0.25)) * sorted.length ** (-1 / 3);
  return width > 0 ? Math.min(100, Math.max(5, Math.round(extent / width))) : 20;
}

const pad = ([low, high]: [number, number]): [number, number] =>
  low === high ? [low - 0.5, high + 0.5] : [low, high];
