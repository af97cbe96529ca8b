// Graphs without randomness: ring lattice, torus, open square lattice, complete graph.
import { requireInteger } from '../../numerics/check.js';
import { Graph } from '../graph.js';
import { requireMemory } from '../memory.js';

/**
 * The ring lattice: each of n nodes is joined to the degree / 2 nearest on each side. Laplacian eigenvalues
 * sum over d = 1 ... degree / 2 of 2 - 2 cos(2 pi k d / n), k = 0 ... n - 1.
 *
 * @throws RangeError unless degree is even and 2 <= degree < n, and for a graph too large for memory
 * @example ring(50, 4).edgeCount; // 100
 */
export function ring(nodeCount: number, degree = 2): Graph {
  requireInteger('ring', 'nodeCount', nodeCount, 3);
  requireInteger('ring', 'degree', degree, 2, nodeCount - 1);
  if (degree % 2 !== 0) throw new RangeError(`ring: degree must be even, got ${degree}`);
  requireMemory('ring', nodeCount, (nodeCount * degree) / 2);
  const edges = new Int32Array(nodeCount * degree);
  let at = 0;
  for (let step = 1; step <= degree / 2; step++) {
    for (let node = 0; node < nodeCount; node++) {
      edges[at++] = node;
      edges[at++] = (node + step) % nodeCount;
    }
  }
  return new Graph(nodeCount, edges, 1, `ring(${nodeCount}, ${degree})`);
}

/**
 * The square lattice with periodic boundaries; node (r, c) has index r x columns + c and four neighbours.
 *
 * @throws RangeError unless rows and columns are at least 3 (below, edges would repeat), and for a graph too
 * large for memory
 * @example torus(6, 6).edgeCount; // 72
 */
export function torus(rows: number, columns: number): Graph {
  requireInteger('torus', 'rows', rows, 3);
  requireInteger('torus', 'columns', columns, 3);
  requireMemory('torus', rows * columns, 2 * rows * columns);
  return new Graph(rows * columns, squareLattice(rows, columns, true), 1, `torus(${rows}, ${columns})`);
}

/**
 * The square lattice with open boundaries; node (r, c) has index r x columns + c, and fewer neighbours at the
 * rim.
 *
 * @throws RangeError unless rows and columns are positive, and for a graph too large for memory
 * @example grid(6, 6).edgeCount; // 60
 */
export function grid(rows: number, columns: number): Graph {
  requireInteger('grid', 'rows', rows, 1);
  requireInteger('grid', 'columns', columns, 1);
  requireMemory('grid', rows * columns, 2 * rows * columns);
  return new Graph(rows * columns, squareLattice(rows, columns, false), 1, `grid(${rows}, ${columns})`);
}

/**
 * The edges of each node to the next column and to the next row, which after the last is the first if the
 * lattice is periodic.
 */
function squareLattice(rows: number, columns: number, isPeriodic: boolean): Int32Array {
  const edges = new Int32Array(
    2 * (isPeriodic ? 2 * rows * columns : rows * (columns - 1) + (rows - 1) * columns),
  );
  let at = 0;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      if (isPeriodic || c + 1 < columns) {
        edges[at++] = r * columns + c;
        edges[at++] = r * columns + ((c + 1) % columns);
      }
      if (isPeriodic || r + 1 < rows) {
        edges[at++] = r * columns + c;
        edges[at++] = ((r + 1) % rows) * columns + c;
      }
    }
  }
  return edges;
}

/**
 * The complete graph K_n: every pair is joined; Laplacian eigenvalues 0 and n (n - 1 times).
 *
 * @throws RangeError for no nodes, and for a graph too large for memory
 * @example complete(10).edgeCount; // 45
 */
export function complete(nodeCount: number): Graph {
  requireInteger('complete', 'nodeCount', nodeCount, 1);
  requireMemory('complete', nodeCount, (nodeCount * (nodeCount - 1)) / 2);
  return new Graph(nodeCount, allPairs(nodeCount), 1, `complete(${nodeCount})`);
}

/** The edges (a, b), a < b, of the complete graph, in order. */
export function allPairs(nodeCount: number): Int32Array {
  const edges = new Int32Array(nodeCount * (nodeCount - 1));
  let at = 0;
  for (let a = 0; a < nodeCount; a++) {
    for (let b = a + 1; b < nodeCount; b++) {
      edges[at++] = a;
      edges[at++] = b;
    }
  }
  return edges;
}
