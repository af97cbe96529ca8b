// Zachary's karate club: 34 members, 78 ties observed outside the club before it split.
// Source: Zachary, J. Anthropol. Res. 33 (1977) 452, DOI 10.1086/jar.33.4.3629752; numbered from 0 as in
// networkx karate_club_graph: 0 is the instructor, 33 the president.
import { fromEdges } from './fromEdges.js';
import type { Graph } from '../graph.js';

/** The ties of each member to those of higher number. */
const HIGHER_NEIGHBOURS: readonly (readonly number[])[] = [
  [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31],
  [2, 3, 7, 13, 17, 19, 21, 30],
  [3, 7, 8, 9, 13, 27, 28, 32],
  [7, 12, 13],
  [6, 10],
  [6, 10, 16],
  [16],
  [],
  [30, 32, 33],
  [33],
  [],
  [],
  [],
  [33],
  [32, 33],
  [32, 33],
  [],
  [],
  [32, 33],
  [33],
  [32, 33],
  [],
  [32, 33],
  [25, 27, 29, 32, 33],
  [25, 27, 31],
  [31],
  [29, 33],
  [33],
  [31, 33],
  [32, 33],
  [32, 33],
  [32, 33],
  [33],
];

/**
 * Zachary's karate club, unweighted: the usual small test graph.
 *
 * @example karateClub().edgeCount; // 78
 */
export function karateClub(): Graph {
  const edges = HIGHER_NEIGHBOURS.flatMap((far, a) => far.map((b): [number, number] => [a, b]));
  return fromEdges(34, edges, { name: 'karateClub' });
}
