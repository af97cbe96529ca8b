// The panel of a live field: a lattice as cells, a small graph as a drawing, any other as the distribution of
// its values.
import { density, ink, palette, translucent } from '../../figures/index.js';
import {
  type Graph,
  latticeColumns,
  circle,
  fitToSquare,
  naturalLayout,
  stress,
} from '../../graphs/index.js';
import { type FieldKind, placeOf, turned, valueNames } from './fieldKind.js';
import { axes, panel, plotHeight, plotWidth, roundUp } from './liveAxes.js';
import { coloursOf, type Colours } from './liveColours.js';

/** Graphs up to this size are drawn, and lattices; for larger ones the distribution of the values is. */
export const mostNodes = 400;
export const mostCells = 40_000;

/** The columns of a lattice that is drawn as cells. */
export const cellColumns = (graph: Graph): number | undefined =>
  graph.nodeCount <= mostCells ? latticeColumns(graph) : undefined;

/** What draws the values in the colours of all panels: SVG of a panel below its heading. */
export function fieldPanel(
  graph: Graph,
  kind: FieldKind,
): (values: Float64Array, all: Float64Array) => string {
  const columns = cellColumns(graph);
  if (columns === undefined && graph.nodeCount > mostNodes) return (values) => distribution(kind, values);
  const colours = coloursOf(kind);
  const draw = columns === undefined ? drawing(graph) : cells(columns, graph.nodeCount / columns);
  return (values, all) => {
    const shown = colours(all);
    return draw(values, shown) + shown.key;
  };
}

type Draw = (values: Float64Array, colours: Colours) => string;

/** One path per colour, of the runs of equal cells in each row. */
function cells(columns: number, rows: number): Draw {
  const height = panel.height - panel.top - 10;
  const size = Math.min((panel.width - 40) / columns, height / rows);
  const [x, y] = [(panel.width - size * columns) / 2, panel.top + (height - size * rows) / 2];
  const frame = `<rect x="${x}" y="${y}" width="${size * columns}" height="${size * rows}" fill="none" stroke="${ink}"/>`;
  return (values, { list, numberOf }) => {
    const runs = list.map(() => '');
    for (let row = 0; row < rows; row++) {
      for (let from = 0, to; from < columns; from = to) {
        const colour = numberOf(values[row * columns + from]);
        for (to = from + 1; to < columns && numberOf(values[row * columns + to]) === colour; to++);
        runs[colour] += `M${from} ${row}h${to - from}v1h${from - to}z`;
      }
    }
    const paths = runs.map((run, k) => run && `<path d="${run}" fill="${list[k]}"/>`);
    return `<g transform="translate(${x} ${y}) scale(${size})" shape-rendering="crispEdges">${paths.join('')}</g>${frame}`;
  };
}

/** The graph, its nodes in the colour of their value; positions and edges are computed once. */
function drawing(graph: Graph): Draw {
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
  return (values, { list, numberOf }) =>
    under + nodes.map((node, i) => `${node}${list[numberOf(values[i])]}"/>`).join('');
}

/** How the values are distributed over the nodes: spins and labels as shares, others as a density. */
function distribution(kind: FieldKind, values: Float64Array): string {
  const names = valueNames(kind);
  if (names) {
    const counts = names.map(() => 0);
    for (const value of values) counts[placeOf(kind, value)]++;
    return area(
      [-0.5, names.length - 0.5],
      counts.map((count) => count / values.length),
      1,
      names,
    );
  }
  const isAngle = kind.codomain === 'angle';
  const reach = isAngle
    ? Math.PI
    : roundUp(3 * Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length));
  const heights = density(isAngle ? values.map(turned) : values, [-reach, reach], 40);
  return area([-reach, reach], heights, 1.1 * Math.max(...heights, 1e-300));
}

function area(
  [low, high]: [number, number],
  heights: readonly number[],
  top: number,
  names?: readonly string[],
): string {
  const scale = axes([low, high], [0, top], names);
  const edge = (k: number): number => low + ((high - low) * k) / heights.length;
  const bars = heights.map((h, k) => `${scale.at(edge(k), h)}L${scale.at(edge(k + 1), h)}`);
  const outline = `M${scale.at(low, 0)}L${bars.join('L')}L${scale.at(high, 0)}Z`;
  return `<path d="${outline}" fill="${translucent(palette[0], 0.5)}"/>${scale.frame}`;
}
