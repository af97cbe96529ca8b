// Positions of the nodes in a drawing of a graph: on a circle, or so that distances on the page follow
// distances in the graph. Both depend on the graph alone, without randomness.
// Stress: sum over pairs of (|p_i - p_j| - d_ij)^2 / d_ij^2, minimised node by node by majorisation.
// Source: Gansner, Koren, North, Graph Drawing 2004, eq. 9 and 10 (DOI 10.1007/978-3-540-31843-9_25).
import { summaryOf } from '../display/index.js';
import { CompressedRows } from './compressedRows.js';
import { distancesFrom } from './structure/metrics.js';

/** The part of a graph that a drawing needs. */
export interface Topology {
  readonly nodeCount: number;
  readonly edgeCount: number;
  /** Ends of the edges, a0 b0 a1 b1 ... */
  readonly endpoints: ArrayLike<number>;
  readonly name?: string;
}

export type NodeLayout = 'circle' | 'stress';

/** [x0, y0, x1, y1, ...] within [-1, 1]. */
export type Positions = Float64Array;

const largest = 1500;

/** A circle for rings and small worlds (most edges join neighbours in node order), else `stress`. */
export function naturalLayout({ nodeCount, edgeCount, endpoints }: Topology): NodeLayout {
  const reach = Math.max(1, Math.round(edgeCount / nodeCount));
  let near = 0;
  for (let e = 0; e < edgeCount; e++) {
    const gap = Math.abs(endpoints[2 * e] - endpoints[2 * e + 1]);
    if (Math.min(gap, nodeCount - gap) <= reach) near++;
  }
  const sparse = 2 * reach + 1 < nodeCount / 2;
  return nodeCount > largest || nodeCount < 4 || (sparse && near > 0.6 * edgeCount) ? 'circle' : 'stress';
}

/** Node 0 on top, then clockwise. */
export const circle = (nodeCount: number): Positions =>
  Float64Array.from({ length: 2 * nodeCount }, (_, k) =>
    (k % 2 === 0 ? Math.sin : Math.cos)((2 * Math.PI * (k >> 1)) / nodeCount),
  );

/**
 * Positions of least stress, from the two leading coordinates of the distance matrix.
 *
 * @param effort greatest number of visits to pairs of nodes: 1e8 take about a second
 * @throws Error above 1,500 nodes, since it stores the distances of all pairs
 */
export function stress(graph: Topology, effort = 1e8): Positions {
  const { nodeCount } = graph;
  if (nodeCount > largest) {
    throw new Error(`stress: at most ${largest} nodes, got ${nodeCount}; pass positions or layout: 'circle'`);
  }
  const distance = distances(graph);
  const at = pivots(distance, nodeCount);
  const sweeps = Math.min(300, Math.ceil(effort / nodeCount ** 2));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    if (relax(at, distance, nodeCount) < 1e-4) break;
  }
  return fitToSquare(turnUpright(at));
}

/** Rotated so that the drawing is widest from left to right (the principal axes of the positions). */
function turnUpright(at: Positions): Positions {
  const mean = [0, 1].map(
    (k) => at.reduce((sum, value, i) => (i % 2 === k ? sum + value : sum), 0) / (at.length / 2),
  );
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < at.length; i += 2) {
    const [dx, dy] = [at[i] - mean[0], at[i + 1] - mean[1]];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return at.map((value, k) => (k % 2 === 0 ? cos * value + sin * at[k + 1] : cos * value - sin * at[k - 1]));
}

/** One sweep of majorisation; returns the largest move. */
function relax(at: Positions, distance: Float32Array, nodeCount: number): number {
  let largestMove = 0;
  for (let i = 0; i < nodeCount; i++) {
    let [x, y, weights] = [0, 0, 0];
    for (let j = 0; j < nodeCount; j++) {
      if (j === i) continue;
      const d = distance[i * nodeCount + j];
      const dx = at[2 * i] - at[2 * j];
      const dy = at[2 * i + 1] - at[2 * j + 1];
      const pull = d / Math.max(1e-9, Math.sqrt(dx * dx + dy * dy));
      const weight = 1 / (d * d);
      x += weight * (at[2 * j] + dx * pull);
      y += weight * (at[2 * j + 1] + dy * pull);
      weights += weight;
    }
    if (weights === 0) continue;
    largestMove = Math.max(largestMove, Math.hypot(x / weights - at[2 * i], y / weights - at[2 * i + 1]));
    at[2 * i] = x / weights;
    at[2 * i + 1] = y / weights;
  }
  return largestMove;
}

/** Initial positions: distances to two nodes far apart, and to two nodes far from both, as coordinates. */
function pivots(distance: Float32Array, nodeCount: number): Positions {
  const to = (node: number): Float32Array => distance.subarray(node * nodeCount, (node + 1) * nodeCount);
  const farthest = (score: (j: number) => number): number => {
    let best = 0;
    for (let j = 1; j < nodeCount; j++) if (score(j) > score(best)) best = j;
    return best;
  };
  const a = farthest((j) => to(0)[j]);
  const b = farthest((j) => to(a)[j]);
  const middle = (j: number): number => Math.min(to(a)[j], to(b)[j]) - Math.abs(to(a)[j] - to(b)[j]);
  const c = farthest(middle);
  const d = farthest((j) => middle(j) + to(c)[j]);
  const at = new Float64Array(2 * nodeCount);
  for (let j = 0; j < nodeCount; j++) {
    const turn = 2 * Math.PI * ((j * 0.6180339887498949) % 1);
    at[2 * j] = to(a)[j] - to(b)[j] + 0.3 * Math.cos(turn);
    at[2 * j + 1] = to(c)[j] - to(d)[j] + 0.3 * Math.sin(turn);
  }
  return at;
}

/** Numbers of edges between all pairs; pairs without a path have distance diameter + 2. */
function distances({ nodeCount, endpoints }: Topology): Float32Array {
  const rows = new CompressedRows(nodeCount, Int32Array.from(endpoints), 1);
  const distance = new Float32Array(nodeCount * nodeCount);
  for (let source = 0; source < nodeCount; source++)
    distance.set(distancesFrom(rows, source), source * nodeCount);
  const diameter = distance.reduce((most, d) => Math.max(most, d), 0);
  return distance.map((d) => (d < 0 ? diameter + 2 : d));
}

/** Centred and scaled into [-1, 1]. */
export function fitToSquare(at: ArrayLike<number>): Positions {
  const axis = (k: number): [number, number] => {
    const { least, greatest } = summaryOf(Array.from(at).filter((_, i) => i % 2 === k));
    return [(least + greatest) / 2, (greatest - least) / 2];
  };
  const [[cx, rx], [cy, ry]] = [axis(0), axis(1)];
  const scale = 1 / (Math.max(rx, ry) || 1);
  return Float64Array.from(at, (value, k) => (value - (k % 2 === 0 ? cx : cy)) * scale);
}
