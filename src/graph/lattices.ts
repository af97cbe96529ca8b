// Regular graphs without randomness: ring lattice, torus, complete graph.
import { requireInteger } from './check.js';
import { fromEdges } from './fromEdges.js';
import type { Graph } from './graph.js';

/**
 * The ring lattice: each of n nodes is joined to the degree / 2 nearest on each side. Laplacian eigenvalues
 * sum over d = 1 ... degree / 2 of 2 - 2 cos(2 pi k d / n), k = 0 ... n - 1.
 *
 * @throws RangeError unless degree is even and 2 <= degree < n
 * @example
 * ring(50, 4).edgeCount; // 100
 */
export function ring(nodeCount: number, degree = 2): Graph {
  requireInteger('ring', 'nodeCount', nodeCount, 3);
  requireInteger('ring', 'degree', degree, 2, nodeCount - 1);
  if (degree % 2 !== 0) throw new RangeError(`ring: degree must be even, got ${degree}`);
  const edges: [number, number][] = [];
  for (let step = 1; step <= degree / 2; step++) {
    for (let node = 0; node < nodeCount; node++) edges.push([node, (node + step) % nodeCount]);
  }
  return fromEdges(nodeCount, edges, { name: `ring(${nodeCount}, ${degree})` });
}

/**
 * The square lattice with periodic boundaries; node (r, c) has index r x columns + c and four neighbours.
 *
 * @throws RangeError unless rows and columns are at least 3 (below, edges would repeat)
 * @example
 * torus(6, 6).edgeCount; // 72
 */
export function torus(rows: number, columns: number): Graph {
  requireInteger('torus', 'rows', rows, 3);
  requireInteger('torus', 'columns', columns, 3);
  const edges = new Int32Array(4 * rows * columns);
  let at = 0;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const node = r * columns + c;
      edges[at++] = node;
      edges[at++] = r * columns + ((c + 1) % columns);
      edges[at++] = node;
      edges[at++] = ((r + 1) % rows) * columns + c;
    }
  }
  return fromEdges(rows * columns, edges, { name: `torus(${rows}, ${columns})` });
}

/**
 * The complete graph K_n: every pair is joined; Laplacian eigenvalues 0 and n (n - 1 times).
 *
 * @throws RangeError for no nodes
 * @example
 * complete(10).edgeCount; // 45
 */
export function complete(nodeCount: number): Graph {
  requireInteger('complete', 'nodeCount', nodeCount, 1, 2 ** 15);
  const edges = new Int32Array(nodeCount * (nodeCount - 1));
  let at = 0;
  for (let a = 0; a < nodeCount; a++) {
    for (let b = a + 1; b < nodeCount; b++) {
      edges[at++] = a;
      edges[at++] = b;
    }
  }
  return fromEdges(nodeCount, edges, { name: `complete(${nodeCount})` });
}
