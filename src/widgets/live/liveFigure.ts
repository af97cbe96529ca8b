// The final figure of a live run: its last state, as a figure of the lab.
import { graphDrawing, histogram, lineWithBand, sideBySide, type Figure } from '../../figures/index.js';
import type { Graph } from '../../graph/index.js';
import type { LiveHistory } from './liveHistory.js';

/** Graphs up to this size are drawn; for larger ones the distribution of the values is. */
export const mostNodes = 400;

/** Panels per row: a page of JupyterLab is as wide as two. */
export const columnsOf = (panels: number): number => Math.min(2, panels);

export function liveFigure(
  graph: Graph, histories: readonly LiveHistory[], { name, ...rest }: { name: string; title?: string; caption: string },
): Figure {
  const observables = Object.keys(histories[0].observed);
  const field = ({ label, field }: LiveHistory, k: number): Figure => {
    const heading = { name: `${name}-field-${k}`, title: label || 'field, one chain', width: 390 };
    return graph.nodeCount <= mostNodes
      ? graphDrawing(graph, { ...heading, values: field, colour: { title: 'value', scale: 'diverging' } })
      : histogram({ ...heading, height: 300, x: { title: 'value' }, samples: [{ label: 'nodes', values: field }] });
  };
  const course = (observable: string, k: number): Figure => {
    const series = histories.map(({ label, time, observed }) => {
      const { mean, spread } = observed[observable];
      const end = (sign: number): number[] => mean.map((y, at) => y + sign * spread[at]);
      return { label: label || observable, x: time, y: mean, lower: end(-1), upper: end(1) };
    });
    return lineWithBand({
      name: `${name}-course-${k}`, width: 320, height: 300, x: { title: 'time <i>t</i>' }, y: { title: observable }, series,
    });
  };
  const panels = [...histories.map(field), ...observables.map(course)];
  return sideBySide(panels, { name, ...rest, columns: columnsOf(panels.length) });
}
