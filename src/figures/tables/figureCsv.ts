// A figure's data as one tidy table: one row per point, cell, node or edge.
//   panel, series, kind: its panel, its label, and its kind (data, theory, point, node, edge)
//   x, y, lower, upper: coordinates and the interval of y, or of x where the error bars lie along x
//   value: the colour of a cell or node;  node, to: a node's number, and an edge's two ends
//   row: the label of a row, where rows have labels
//   of: for a thinned curve from a notebook, the original number of points; the rows are the remaining ones
import { jupyterDisplay, showAs } from '../../display/index.js';
import { requireSpec } from '../plots/checkSpec.js';
import type { FigureSpec, Trace } from '../plots/figureSpec.js';
import { plain } from '../rendering/markup.js';
import { table } from './table.js';

const columns = [
  'panel',
  'series',
  'kind',
  'row',
  'node',
  'to',
  'x',
  'y',
  'lower',
  'upper',
  'value',
  'of',
] as const;

/** One row of a figure's CSV file. */
export type FigureRow = Partial<Record<(typeof columns)[number], string | number>>;

/**
 * The data as CSV (RFC 4180) with the columns that the figure uses; numbers to 12 significant digits. @throws
 * TypeError unless it is a specification
 */
export function figureCsv(spec: FigureSpec): string {
  requireSpec('figureCsv', spec);
  const rows = rowsOfSpec(spec);
  const definedColumns = columns.filter((column) => rows.some((row) => row[column] !== undefined));
  const lines = rows.map((row) => definedColumns.map((column) => cell(row[column])).join(','));
  return [definedColumns.join(','), ...lines, ''].join('\n');
}

/** The rows of the CSV as objects, for `table(figureRows(figure))`. */
export function figureRows(spec: FigureSpec): FigureRow[] {
  requireSpec('figureRows', spec);
  return showAs(rowsOfSpec(spec), (rows) => table(rows.map(withoutUndefined))[jupyterDisplay]());
}

const rowsOfSpec = ({ data }: FigureSpec): FigureRow[] => data.flatMap((trace, k) => rowsOf(trace, k, data));

/** The row without its undefined columns. */
const withoutUndefined = (row: FigureRow): FigureRow =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));

function rowsOf(trace: Trace, k: number, all: readonly Trace[]): FigureRow[] {
  const { series = trace.name ?? `trace ${k}`, role = 'value', panel } = trace.meta ?? {};
  const label = { ...(panel === undefined ? {} : { panel }), series: plain(series) };
  const x = (trace.x ?? []) as number[];
  const y = (trace.y ?? []) as number[];
  switch (role) {
    case 'lower':
    case 'upper':
    case 'casing':
      return [];
    case 'edge': {
      if (trace.marker) {
        // edges with values
        const { color } = trace.marker as { color: number[] };
        return (trace.customdata as [number, number][]).map(([node, to], e) => ({
          ...label,
          kind: role,
          node,
          to,
          value: color[e],
        }));
      }
      const ends = trace.customdata as number[];
      return Array.from({ length: ends.length / 3 }, (_, e) => ({
        ...label,
        kind: role,
        node: ends[3 * e],
        to: ends[3 * e + 1],
      }));
    }
    case 'node': {
      const numbers = trace.customdata as number[];
      const { color } = (trace.marker ?? {}) as { color?: string | number[] };
      const value = Array.isArray(color) ? color : [];
      return numbers.map((node, i) => ({ ...label, kind: role, node, x: x[i], y: y[i], value: value[i] }));
    }
  }
  const kind = role === 'value' ? 'data' : role;
  if (trace.type === 'heatmap') {
    const cells = (trace.z ?? []) as number[][];
    return cells.flatMap((row, j) => row.map((value, i) => ({ ...label, kind, x: x[i], y: y[j], value })));
  }
  const { lower, upper } = interval(trace, all);
  const names = trace.meta?.role === 'value' ? (trace.customdata as string[] | undefined) : undefined;
  return x.map((_, i) => ({
    ...label,
    kind,
    row: names?.[i],
    x: x[i],
    y: y[i],
    lower: lower?.[i],
    upper: upper?.[i],
    of: trace.meta?.of,
  }));
}

/** The ends of the band that belongs to a curve, or of its error bars. */
function interval(curve: Trace, all: readonly Trace[]): { lower?: number[]; upper?: number[] } {
  for (const [values, error] of [
    [curve.y, curve.error_y],
    [curve.x, curve.error_x],
  ] as const) {
    const bars = error as { array: number[]; arrayminus: number[] } | undefined;
    if (!bars) continue;
    const means = (values ?? []) as number[];
    return {
      lower: means.map((mean, i) => mean - bars.arrayminus[i]),
      upper: means.map((mean, i) => mean + bars.array[i]),
    };
  }
  if (curve.meta?.role !== 'value') return {};
  const { series, panel } = curve.meta;
  const end = (role: 'lower' | 'upper'): number[] | undefined =>
    all.find(({ meta }) => meta?.role === role && meta.series === series && meta.panel === panel)
      ?.y as number[];
  return { lower: end('lower'), upper: end('upper') };
}

function cell(value: string | number | null | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return String(Number(value.toPrecision(12)));
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
