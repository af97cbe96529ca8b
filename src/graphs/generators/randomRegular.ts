// Random regular graphs by pairing: each node has `degree` stubs, which are shuffled and joined in pairs;
// stubs whose pair would be a loop or a repeated edge go into the next round, until none is left or none
// fits. Source: Steger, Wormald, Combin. Probab. Comput. 8 (1999) 377, DOI 10.1017/S0963548399003867
// (asymptotically uniform for degree = o(n^(1/3)): Kim, Vu, STOC 2003, DOI 10.1145/780542.780576).
import { requireInteger } from '../../numerics/check.js';
import { type RandomSource, shuffle } from '../../randomness/index.js';
import { Graph } from '../graph.js';
import { requireMemory } from '../memory.js';
import { drawGraph, drawUntil, type RandomGraphOptions } from './randomness.js';

/**
 * A random graph in which every node has the same degree.
 *
 * @throws RangeError unless degree < nodeCount and nodeCount x degree is even, for a graph too large for
 * memory, or if none of 100 graphs is connected while `connected` is left true
 * @example randomRegular(100, 3, { seed: 1 }).edgeCount; // 150
 */
export function randomRegular(nodeCount: number, degree: number, options: RandomGraphOptions): Graph {
  requireInteger('randomRegular', 'nodeCount', nodeCount, 1);
  requireInteger('randomRegular', 'degree', degree, 0, nodeCount - 1);
  if ((nodeCount * degree) % 2 !== 0) {
    throw new RangeError(`randomRegular: nodeCount x degree must be even, got ${nodeCount} x ${degree}`);
  }
  requireMemory('randomRegular', nodeCount, (nodeCount * degree) / 2, { edge: 16, node: 4 });
  const name = `randomRegular(${nodeCount}, ${degree})`;
  return drawGraph('randomRegular', options, (random) => {
    const edges = drawUntil('randomRegular', 'simple', () => pairing(nodeCount, degree, random));
    return new Graph(nodeCount, edges, 1, name);
  });
}

/** The flat edges of a simple regular graph, or undefined if the pairing reaches a dead end. */
function pairing(nodeCount: number, degree: number, random: RandomSource): Int32Array | undefined {
  const edges = new Int32Array(nodeCount * degree);
  const rows = new Int32Array(nodeCount * (degree + 1)); // for each node the number of its partners, then the partners
  const areJoined = (a: number, b: number): boolean => {
    const row = a * (degree + 1);
    for (let k = row + 1; k <= row + rows[row]; k++) if (rows[k] === b) return true;
    return false;
  };
  const join = (a: number, b: number): void => {
    const row = a * (degree + 1);
    rows[row + ++rows[row]] = b;
  };
  let stubs = new Int32Array(nodeCount * degree);
  for (let stub = 0; stub < stubs.length; stub++) stubs[stub] = stub % nodeCount;
  let at = 0;
  while (stubs.length > 0) {
    shuffle(stubs, random);
    let left = 0; // stubs that wait for the next round move to the front
    for (let i = 0; i < stubs.length; i += 2) {
      const [a, b] = [stubs[i], stubs[i + 1]];
      if (a === b || areJoined(a, b)) {
        stubs[left++] = a;
        stubs[left++] = b;
      } else {
        join(a, b);
        join(b, a);
        edges[at++] = a;
        edges[at++] = b;
      }
    }
    stubs = stubs.subarray(0, left);
    const open = [...new Set(stubs)];
    const fits = open.some((a) => open.some((b) => a !== b && !areJoined(a, b)));
    if (open.length > 0 && !fits) return undefined;
  }
  return edges;
}
