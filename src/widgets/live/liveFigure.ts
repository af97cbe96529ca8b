// The final figure of a live run: its last state, as a figure of the lab.
import {
  graphDrawing,
  heatMap,
  histogram,
  lineWithBand,
  sideBySide,
  type Figure,
  extentOf,
  type Colour,
} from '../../figures/index.js';
import type { Graph } from '../../graphs/index.js';
import { type FieldKind, fieldTitle, placeOf, turned, valueNames } from './fieldKind.js';
import { cellColumns, mostNodes } from './liveField.js';
import type { LiveHistory } from './liveHistory.js';

/** Panels per row: a page of JupyterLab is as wide as two. */
export const columnsOf = (panels: number): number => Math.min(2, panels);

export function liveFigure(
  graph: Graph,
  kind: FieldKind,
  histories: readonly LiveHistory[],
  { name, ...rest }: { name: string; title?: string; caption: string },
): Figure {
  const observables = Object.keys(histories[0].observed);
  // one scale of colours, so that panels compare
  const most = Math.max(...extentOf(histories.map((one) => [...one.field])).map(Math.abs)) || 1;
  const field = ({ label, field }: LiveHistory, k: number): Figure =>
    fieldFigure(
      graph,
      kind,
      field,
      { name: `${name}-field-${k}`, title: label || fieldTitle(kind), width: 390 },
      most,
    );
  const x = { title: histories[0].isTime ? 'time <i>t</i>' : 'steps' };
  const course = (observable: string, k: number): Figure => {
    const series = histories.map(({ label, time, observed }) => {
      const { mean, spread } = observed[observable];
      const end = (sign: number): number[] => mean.map((y, at) => y + sign * spread[at]);
      return { label: label || observable, x: time, y: mean, lower: end(-1), upper: end(1) };
    });
    return lineWithBand({
      name: `${name}-course-${k}`,
      width: 320,
      height: 300,
      x,
      y: { title: observable },
      series,
    });
  };
  const panels = [...histories.map(field), ...observables.map(course)];
  return sideBySide(panels, { name, ...rest, columns: columnsOf(panels.length) });
}

function fieldFigure(
  graph: Graph,
  kind: FieldKind,
  field: Float64Array,
  heading: { name: string; title: string; width: number },
  most: number,
): Figure {
  const categories = valueNames(kind);
  const isAngle = kind.codomain === 'angle';
  const values = categories
    ? field.map((value) => placeOf(kind, value))
    : isAngle
      ? field.map(turned)
      : field;
  const numbers: Partial<Colour> = isAngle
    ? { scale: 'cyclic' }
    : { scale: 'diverging', range: [-most, most] };
  const colour: Colour = { title: 'value', ...(categories ? { categories } : numbers) };
  const columns = cellColumns(graph);
  if (columns !== undefined) {
    const rows = graph.nodeCount / columns;
    const count = (length: number): number[] => Array.from({ length }, (_, k) => k);
    const z = count(rows).map((row) => values.subarray(row * columns, (row + 1) * columns));
    const y = { title: 'row', range: [rows - 0.5, -0.5] } as const; // row 0 on top
    return heatMap({
      ...heading,
      height: 300,
      x: { title: 'column' },
      y,
      cells: { x: count(columns), y: count(rows), z },
      colour,
    });
  }
  if (graph.nodeCount <= mostNodes) return graphDrawing(graph, { ...heading, values, colour });
  return histogram({
    ...heading,
    height: 300,
    x: { title: 'value' },
    samples: [{ label: 'nodes', values: categories ? field : values }],
  });
}
