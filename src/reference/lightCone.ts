// The spread of a change: the sweep in which each node first left its initial value, by distance from node 0.
// If information passes from neighbour to neighbour, the sweep grows with the distance; in the program it
// does not, as every node reads node 0 directly. Source: EMTD, 2.2 and 3.3; claim EMTD-2.13.
import { distancesFrom, type Graph } from '../graphs/index.js';
import { formatNumber, showAs, summaryOf, tableBundle } from '../display/index.js';

/** The nodes at one distance from node 0. */
export interface Shell {
  /** Edges on the shortest path from node 0; Infinity without a path. */
  readonly distance: number;
  /** For each node of the shell, the sweep (from 1) that first changed it; Infinity if none did. */
  readonly firstChange: readonly number[];
}

/**
 * Sweep of each node's first change, in shells around node 0, nearest first. Node 0 takes the signal before
 * the first sweep.
 *
 * @param stateAfterSweep data of every node after each sweep, [sweep][node]; all start at 0.
 * @example
 * const path = fromEdges(3, [[0, 1], [1, 2]]);
 * reference.lightCone(path, [[5, 5, 0], [5, 5, 5]]); // [{ distance: 1, firstChange: [1] }, { distance: 2, firstChange: [2] }]
 */
export function lightCone(graph: Graph, stateAfterSweep: readonly (readonly number[])[]): Shell[] {
  const shells = new Map<number, number[]>();
  distancesFrom(graph, 0).forEach((edges, node) => {
    if (node === 0) return;
    const distance = edges < 0 ? Infinity : edges;
    const sweep = stateAfterSweep.findIndex((state) => state[node] !== 0);
    const shell = shells.get(distance) ?? [];
    shells.set(distance, [...shell, sweep < 0 ? Infinity : sweep + 1]);
  });
  const list = [...shells].map(([distance, firstChange]): Shell => ({ distance, firstChange }));
  return showAs(
    list.sort((a, b) => (a.distance < b.distance ? -1 : 1)),
    shellsTable,
  );
}

function shellsTable(shells: readonly Shell[]) {
  const rows = shells.map(({ distance, firstChange }) => {
    const sweeps = firstChange.filter(Number.isFinite);
    const { least, greatest, mean } = summaryOf(sweeps);
    return [
      String(distance),
      String(firstChange.length),
      String(firstChange.length - sweeps.length),
      ...(sweeps.length === 0 ? ['–', '–', '–'] : [least, mean, greatest].map(formatNumber)),
    ];
  });
  return tableBundle({
    caption: 'first change by distance from node 0, in sweeps',
    head: ['distance', 'nodes', 'unchanged', 'first', 'mean', 'last'],
    rows,
    align: new Array<'right'>(6).fill('right'),
  });
}
