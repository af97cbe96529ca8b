// How graphs show: a small drawing where it can be read, else how many nodes have each degree; with the numbers.
import type { Matrix } from 'ml-matrix';
import {
  at, bars, binCounts, captioned, card, counted, formatNumber, grouped, inks, type MimeBundle, naturalRange, type Picture,
  rangeText, sparkline, strip, summaryOf,
} from '../display/index.js';
import type { Graph } from './graph.js';
import { circle, naturalLayout, stress } from './nodePositions.js';
import type { Survivors } from './percolation.js';
import type { LaplacianModes } from './spectrum.js';

/** Beyond these a drawing is a hairball. */
const mostDrawn = { nodes: 500, edges: 1500 };
/** Pairs of nodes that a layout looks at: about a tenth of a second. */
const effort = 2.5e6;
/** Half the width of a drawing. */
const reach = 120;
const degreeBars = 30;
/** Hashing more edges than this takes a while; `graph.hash` still does it. */
const mostHashedEdges = 100_000;

export function graphCard(graph: Graph): MimeBundle {
  const { nodeCount, edgeCount, componentCount, equalCoupling, name } = graph;
  const drawn = nodeCount <= mostDrawn.nodes && edgeCount <= mostDrawn.edges;
  return card(name, {
    nodes: grouped(nodeCount),
    edges: grouped(edgeCount),
    components: componentCount === 1 ? undefined : grouped(componentCount),
    degree: degreeText(graph),
    couplings: equalCoupling === 1 ? undefined : rangeText(equalCoupling === undefined ? graph.couplings : [equalCoupling]),
    hash: edgeCount <= mostHashedEdges ? graph.hash.slice(0, 12) : undefined,
  }, { picture: drawn ? drawing(graph) : degreeHistogram(graph), alone: true });
}

/** @example degreeText(karateClub()) // '1 to 17, mean 4.588' */
export const degreeText = (graph: Graph): string => rangeText(degrees(graph));

function degrees({ nodeCount, offsets }: Graph): Int32Array {
  const list = new Int32Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) list[node] = offsets[node + 1] - offsets[node];
  return list;
}

const drawings = new WeakMap<Graph, Picture>();

/** Nodes in place, on a circle or at least stress; drawn once a graph. */
export function drawing(graph: Graph): Picture {
  const known = drawings.get(graph) ?? drawn(graph);
  drawings.set(graph, known);
  return known;
}

function drawn(graph: Graph): Picture {
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
  const dots = Array.from({ length: nodeCount }, (_, node) => `<circle cx="${x(node)}" cy="${y(node)}" r="${at(radius)}"/>`);
  return {
    width, height,
    body: `<path d="${lines.join('')}" fill="none" stroke="currentColor" stroke-width="0.8" stroke-opacity="${at(strength)}"/>` +
      `<g fill="${inks[0]}">${dots.join('')}</g>`,
  };
}

/** Nodes by degree, where degrees differ. */
function degreeHistogram(graph: Graph): Picture | undefined {
  const list = degrees(graph);
  const { least, greatest } = summaryOf(list);
  if (least === greatest) return undefined;
  const bins = Math.min(degreeBars, greatest - least + 1);
  const counts = binCounts(list, least, greatest + 1, bins);
  return captioned(bars(counts, { width: 220, height: 72, ends: [String(least), String(greatest)] }), ['nodes by degree']);
}

export function modesCard({ eigenvalues, modes }: LaplacianModes): MimeBundle {
  const gap = eigenvalues.find((mu) => mu > 0);
  return card(`${counted(modes.length, 'Laplacian mode')}`, {
    'spectral gap': gap === undefined ? undefined : formatNumber(gap),
    'largest eigenvalue': formatNumber(eigenvalues.at(-1)!),
    'zero eigenvalues': grouped(eigenvalues.filter((mu) => mu === 0).length),
  }, { picture: captioned(sparkline([eigenvalues]), ['eigenvalues, ascending']) });
}

const mostCells = 64;

/** A dense matrix as a map of colours. */
export function matrixCard(matrix: Matrix): MimeBundle {
  const { rows, columns } = matrix;
  const corner = Array.from({ length: Math.min(rows, mostCells) }, (_, i) => matrix.getRow(i).slice(0, mostCells));
  const { least, greatest } = summaryOf(corner.flat());
  const size = Math.max(3, Math.min(14, 200 / corner.length));
  const part = rows > mostCells || columns > mostCells ? [`first ${corner.length} × ${corner[0].length}`] : [];
  return card(`${rows} × ${columns} matrix`, { values: rangeText(matrix.to1DArray()), 'not zero': grouped(matrix.to1DArray().filter((x) => x !== 0).length) }, {
    picture: captioned(strip(corner, naturalRange(least, greatest), { cellWidth: size, cellHeight: size }), part),
  });
}

export const reorderedCard = ({ graph }: { readonly graph: Graph }): MimeBundle =>
  card(`${graph.name}, reordered`, { nodes: grouped(graph.nodeCount), edges: grouped(graph.edgeCount), degree: degreeText(graph) });

export const graphologyCard = ({ order, size }: { readonly order: number; readonly size: number }): MimeBundle =>
  card('graphology graph', { nodes: grouped(order), edges: grouped(size) });

export const survivorsCard = ({ graph, alive, largest, brokenPairs }: Survivors): MimeBundle =>
  card(graph.name, {
    'surviving nodes': `${grouped(graph.nodeCount)} of ${grouped(alive.length)}`,
    links: grouped(graph.edgeCount),
    parts: grouped(graph.componentCount),
    'in the largest part': formatNumber(largest),
    'pairs without a path': formatNumber(brokenPairs),
  }, { picture: graph.nodeCount <= mostDrawn.nodes && graph.edgeCount <= mostDrawn.edges ? drawing(graph) : undefined });
