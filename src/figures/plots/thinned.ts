// Thins a figure for a notebook to at most 2,000 points per trace, so that the file stays readable and small.
// A longer curve keeps the least and the greatest value of each bucket of neighbouring points: peaks stay,
// and the picture looks the same. A curve and its band keep the same points. A thinned trace states its
// original number of points (`meta.of`), and so do the text beside it and every
// row of a CSV made from it; the figure itself, and a CSV made from it, have all points. Traces that cannot
// be thinned without changing the picture (markers, edges, cells) are only in the PNG, and the text says so.
import { extremes } from '../../display/index.js';
import type { FigureSpec, Trace } from './figureSpec.js';

/** Largest number of points per trace in a notebook. */
export const mostPoints = 2000;

/** Number of points of a trace; for a heat map, of cells. */
export function pointsOf({ type, x, y, z }: Trace): number {
  if (type === 'heatmap') return (z ?? []).reduce((sum, row) => sum + row.length, 0);
  return Math.max(x?.length ?? 0, y?.length ?? 0);
}

/** The figure with its long curves thinned; other traces as they are. */
export function thinFigure({ data, layout }: FigureSpec): FigureSpec {
  const kept = new Map<string, readonly number[]>();
  const pointsFor = (trace: Trace): readonly number[] => {
    const group = groupOf(trace);
    const known =
      kept.get(group) ??
      extremePoints(data.filter((other) => isLongCurve(other) && groupOf(other) === group));
    kept.set(group, known);
    return known;
  };
  return { data: data.map((trace) => (isLongCurve(trace) ? pick(trace, pointsFor(trace)) : trace)), layout };
}

/** Traces that have too many points for a notebook, and cannot be thinned. */
export const tooLong = ({ data }: FigureSpec): readonly Trace[] =>
  data.filter((trace) => pointsOf(trace) > mostPoints);

/** A line through numbers, without gaps. */
function isLongCurve(trace: Trace): boolean {
  const { type, mode, x, y } = trace;
  if (type !== 'scatter' || mode !== 'lines' || pointsOf(trace) <= mostPoints) return false;
  return [x, y].every((values) => values !== undefined && values.every((value) => typeof value === 'number'));
}

/** Traces of one series and length keep the same points: a curve and the two ends of its band. */
const groupOf = (trace: Trace): string =>
  JSON.stringify([trace.meta?.series ?? trace.name, trace.meta?.panel, trace.xaxis, pointsOf(trace)]);

/**
 * Indices of the least and greatest value of each bucket, of every trace; the first and the last point among
 * them.
 */
function extremePoints(traces: readonly Trace[]): readonly number[] {
  const length = pointsOf(traces[0]);
  const x = traces[0].x as readonly number[];
  const ascending = x.every((value, i) => i === 0 || value >= x[i - 1]);
  const lists = [...(ascending ? [] : [x]), ...traces.map(({ y }) => y as readonly number[])];
  // as many buckets as one curve may have; fewer where several curves have different extremes
  let buckets = (mostPoints - 2) / 2;
  for (;;) {
    const points = extremesOf(lists, length, Math.floor(buckets));
    if (points.length <= mostPoints) return points;
    buckets *= (0.95 * mostPoints) / points.length;
  }
}

function extremesOf(lists: readonly (readonly number[])[], length: number, buckets: number): number[] {
  const points = new Set([0, length - 1]);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const [from, to] = [bucket, bucket + 1].map((k) => Math.floor((k * length) / buckets));
    for (const list of lists) for (const i of extremes(list, from, to)) points.add(i);
  }
  return [...points].sort((a, b) => a - b);
}

function pick(trace: Trace, points: readonly number[]): Trace {
  const { series = trace.name ?? '', role = 'value', ...rest } = trace.meta ?? {};
  const of = pointsOf(trace);
  return {
    ...trace,
    x: points.map((i) => trace.x![i]),
    y: points.map((i) => trace.y![i]),
    ...(Array.isArray(trace.customdata)
      ? { customdata: points.map((i) => (trace.customdata as unknown[])[i]) }
      : {}),
    meta: { series, role, ...rest, of },
  };
}
