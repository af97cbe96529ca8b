// The display of graphs: the numbers, with a small drawing of a small graph or the number of nodes of each
// degree.
import type { Matrix } from 'ml-matrix';
import {
  addCaption,
  at,
  card,
  inks,
  naturalRange,
  numeral,
  type Picture,
  rangeText,
  strip,
  summaryOf,
} from '../display/index.js';
import type { CompressedRows } from './compressedRows.js';
import { circle, naturalLayout, stress } from './nodePositions.js';

/** The largest graph whose drawing is readable. */
const [MOST_NODES, MOST_EDGES] = [500, 1500];

/** Pairs of nodes that a layout visits: about a tenth of a second. */
const effort = 2.5e6;

/** Half the width of a drawing. */
const reach = 120;

/** @example degreeText(karateClub()) // '1 to 17, mean 4.588' */
export const degreeText = (graph: CompressedRows): string => rangeText(degrees(graph));

export function degrees({ nodeCount, offsets }: CompressedRows): Int32Array {
  const list = new Int32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) list[node] = offsets[node + 1] - offsets[node];
  return list;
}

const drawings = new WeakMap<CompressedRows, Picture>();

/**
 * Nodes on a circle or at least stress, with their edges, made once per graph; undefined for a graph too
 * large to read.
 */
export function drawing(graph: CompressedRows): Picture | undefined {
  if (graph.nodeCount > MOST_NODES || graph.edgeCount > MOST_EDGES) return undefined;
  const picture = drawings.get(graph) ?? draw(graph);
  drawings.set(graph, picture);
  return picture;
}

function draw(graph: CompressedRows): Picture {
  const { nodeCount, edgeCount, endpoints } = graph;
  const onCircle = naturalLayout(graph) === 'circle';
  const places = onCircle ? circle(nodeCount) : stress(graph, effort);
  const room = onCircle ? (2 * Math.PI * reach) / nodeCount : (2 * reach) / Math.sqrt(nodeCount);
  const radius = Math.max(1.3, Math.min(5, (onCircle ? 0.3 : 0.2) * room));
  const high = places.reduce((most, y, k) => (k % 2 === 1 ? Math.max(most, Math.abs(y)) : most), 0);
  const [width, height] = [2 * reach, Math.ceil(2 * (high * (reach - 6) + 6))];
  const x = (node: number): string => at(reach + places[2 * node] * (reach - 6));
  const y = (node: number): string => at(height / 2 - places[2 * node + 1] * (reach - 6));
  const lines = Array.from({ length: edgeCount }, (_, e) => {
    const [a, b] = [endpoints[2 * e], endpoints[2 * e + 1]];
    return `M${x(a)} ${y(a)}L${x(b)} ${y(b)}`;
  });
  const strength = Math.min(0.9, 0.3 + 60 / Math.max(1, edgeCount));
  const dots = Array.from(
    { length: nodeCount },
    (_, node) => `<circle cx="${x(node)}" cy="${y(node)}" r="${at(radius)}"/>`,
  );
  return {
    width,
    height,
    body:
      `<path d="${lines.join('')}" fill="none" stroke="currentColor" stroke-width="0.8" stroke-opacity="${at(strength)}"/>` +
      `<g fill="${inks[0]}">${dots.join('')}</g>`,
  };
}

const mostCells = 64;

/** A dense matrix as a map of colours. */
export function matrixCard(matrix: Matrix) {
  const { rows, columns } = matrix;
  const corner = Array.from({ length: Math.min(rows, mostCells) }, (_, i) =>
    matrix.getRow(i).slice(0, mostCells),
  );
  const { least, greatest } = summaryOf(corner.flat());
  const size = Math.max(3, Math.min(14, 200 / corner.length));
  const part =
    rows > mostCells || columns > mostCells ? [`first ${corner.length} × ${corner[0].length}`] : [];
  const values = matrix.to1DArray();
  return card(
    `${rows} × ${columns} matrix`,
    { values: rangeText(values), 'not zero': numeral(values.filter((x) => x !== 0).length) },
    addCaption(strip(corner, naturalRange(least, greatest), { cellWidth: size, cellHeight: size }), part),
  );
}
