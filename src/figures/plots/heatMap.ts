// A field over two parameters as colours, with marked points and theory curves on it: phase diagrams,
// space-time diagrams, matrices.
import {
  byDefault,
  needed,
  nested,
  type Options,
  type OptionsOf,
  readOptions,
  typed,
} from '../../numerics/options.js';
import { aString } from '../../numerics/rules.js';
import type { Axis } from './axis.js';
import { aColour, barRoom, barTitle, colourAttributes } from './colour.js';
import { Figure } from './figure.js';
import type { Trace } from './figureSpec.js';
import { finite, sameLength, theoryTraces, type Numbers } from './points.js';
import { eachOf, numbers, theoryOption, type TheoryOption } from './rules.js';
import { frameLayout, frameOptions, type Frame } from './theme.js';

const cellOptions = {
  /** The centres of the columns. */
  x: needed(numbers),
  /** The centres of the rows. */
  y: needed(numbers),
  /** `z[k][j]` is the value at `x[j]`, `y[k]`. */
  z: needed(typed<readonly Numbers[]>(numbers)),
};

interface Cells extends Options, OptionsOf<typeof cellOptions> {}

const markOptions = {
  /** Their text in the legend. */
  label: needed(aString),
  /** Places across. */
  x: needed(numbers),
  /** Places upwards. */
  y: needed(numbers),
};

interface Mark extends Options, OptionsOf<typeof markOptions> {}

const heatMapOptions = {
  ...frameOptions,
  /** The cells: `z[k][j]` is the value at `x[j]`, `y[k]`. */
  cells: needed(typed<Cells>(nested(cellOptions))),
  /** What the colours mean. */
  colour: needed(aColour),
  /** Points to mark, by white-edged symbols; no points by default. */
  points: byDefault<readonly Mark[]>([], eachOf(markOptions)),
  ...theoryOption,
};

/** What `heatMap` draws. */
export interface HeatMapOptions extends Frame, TheoryOption, OptionsOf<typeof heatMapOptions> {}

/**
 * A figure of coloured cells with a colour bar; points are marked by white-edged symbols.
 *
 * @throws on empty, ragged or not finite cells, and as `lineWithBand` for points and theory.
 * @example
 * heatMap({
 *   name: 'phase-diagram', x: { title: 'temperature <i>T</i>' }, y: { title: 'rewiring <i>p</i>' },
 *   cells: { x: [1, 2, 3], y: [0, 0.1], z: [[0.9, 0.5, 0.1], [0.8, 0.6, 0.3]] },
 *   colour: { title: 'magnetisation' },
 * });
 */
export function heatMap(figure: HeatMapOptions): Figure {
  const { name, cells, colour, points, theory } = readOptions('heatMap', figure, heatMapOptions);
  const where = `heatMap '${name}'`;
  const x = finite(cells.x, `${where}: cells x`, figure.x);
  const y = finite(cells.y, `${where}: cells y`, figure.y);
  sameLength(y, cells.z, `${where}: cells`, 'y');
  const z = cells.z.map((row, k) => {
    sameLength(x, row, `${where}: row ${k} of cells`, 'x');
    return finite(row, `${where}: row ${k} of cells`);
  });
  const edges = { x: bounds(x, figure.x), y: bounds(y, figure.y) };
  const frame = { ...figure, x: { ...figure.x, range: edges.x }, y: { ...figure.y, range: edges.y } };
  const curves = theoryTraces(where, theory, edges.x, figure);
  const data = [
    {
      type: 'heatmap',
      name: colour.title,
      x,
      y,
      z,
      ...colourAttributes(colour, z.flat(), 'z'),
      meta: { series: colour.title, role: 'value' },
    } satisfies Trace,
    ...curves.map(casing),
    ...curves,
    ...points.map((mark, k) => pointTrace(mark, k, where, figure)),
  ];
  return new Figure(data, frameLayout(frame, data, { right: barRoom }, [barTitle(colour, z.flat())]));
}

/** The outer edges of the cells, half a cell beyond the first and last centre (in ratios on a log axis). */
function bounds(centres: readonly number[], { log, range }: Axis): readonly [number, number] {
  if (range) return range;
  const at = log ? centres.map(Math.log) : centres;
  if (at.length === 1) return log ? [centres[0] / 2, centres[0] * 2] : [at[0] - 0.5, at[0] + 0.5];
  const last = at.length - 1;
  const ends = [1.5 * at[0] - 0.5 * at[1], 1.5 * at[last] - 0.5 * at[last - 1]] as const;
  return log ? [Math.exp(ends[0]), Math.exp(ends[1])] : ends;
}

/** A white line under a dashed curve, which dark cells would hide. */
function casing(curve: Trace): Trace {
  return {
    ...curve,
    showlegend: false,
    hoverinfo: 'skip',
    opacity: 0.75,
    line: { color: 'white', width: 4 },
    meta: { series: curve.name ?? '', role: 'casing' },
  };
}

const symbols = ['circle', 'diamond', 'square', 'triangle-up', 'star'];

function pointTrace({ label, x, y }: Mark, k: number, where: string, axes: Frame): Trace {
  sameLength(x, y, `${where}: points '${label}'`, 'x');
  return {
    type: 'scatter',
    mode: 'markers',
    name: label,
    showlegend: true,
    x: finite(x, `${where}: points '${label}' x`, axes.x),
    y: finite(y, `${where}: points '${label}' y`, axes.y),
    marker: {
      symbol: symbols[k % symbols.length],
      size: 10,
      color: 'black',
      line: { color: 'white', width: 1.5 },
    },
    meta: { series: label, role: 'point' },
  };
}
