// Graphs of geometry's tests.
import { fromEdges, type Graph } from '../../src/graphs/index.js';
import { readFixture } from '../graphs/fixtures.js';

export const cube = (): Graph => {
  const edges: [number, number][] = [];
  for (let a = 0; a < 8; a++) for (const bit of [1, 2, 4]) if ((a & bit) === 0) edges.push([a, a | bit]);
  return fromEdges(8, edges, { name: 'Q3' });
};

export const edgeList = ({ edgeCount, endpoints }: Graph): [number, number][] =>
  Array.from({ length: edgeCount }, (_, e) => [endpoints[2 * e], endpoints[2 * e + 1]]);

export const sum = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((total, x) => total + x, 0);

export const farthest = (found: ArrayLike<number>, expected: ArrayLike<number>): number =>
  Array.from(expected).reduce(
    (most, x, k) => Math.max(most, Math.abs(found[k] - x) || (Number.isNaN(found[k]) ? Infinity : 0)),
    0,
  );

/** `[E]`: published curvatures and lengths of the karate club; its source stands in the file. */
export const publishedKarate = readFixture<Record<'curvatures' | 'flow', number[]>>('karate-ricci.json');
