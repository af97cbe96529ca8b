// Whether a graph is a square lattice whose nodes are numbered row by row, as `torus` and `grid` make it:
// then node i stands in row floor(i / columns), column i mod columns.
import type { Topology } from './nodePositions.js';

/**
 * The number of columns of a square lattice, open or periodic, of at least two rows and columns; undefined
 * for other graphs.
 */
export function latticeColumns(graph: Topology): number | undefined {
  const { edgeCount, endpoints } = graph;
  for (let e = 0; e < edgeCount; e++) {
    const [low, high] = ends(endpoints, e);
    if (low === 0 && high > 1 && isLattice(graph, high)) return high; // node 0 and the first of the second row
  }
  return undefined;
}

function isLattice({ nodeCount, edgeCount, endpoints }: Topology, columns: number): boolean {
  const rows = nodeCount / columns;
  const open = rows * (columns - 1) + columns * (rows - 1);
  if (!Number.isInteger(rows) || rows < 2 || edgeCount < open || edgeCount > 2 * nodeCount) return false;
  for (let e = 0; e < edgeCount; e++) {
    const [low, high] = ends(endpoints, e);
    const down = Math.floor(high / columns) - Math.floor(low / columns);
    const across = Math.abs((high % columns) - (low % columns));
    const areNext =
      down === 0 ? across === 1 || across === columns - 1 : across === 0 && (down === 1 || down === rows - 1);
    if (!areNext) return false;
  }
  return true;
}

const ends = (endpoints: ArrayLike<number>, e: number): [low: number, high: number] => {
  const [a, b] = [endpoints[2 * e], endpoints[2 * e + 1]];
  return a < b ? [a, b] : [b, a];
};
