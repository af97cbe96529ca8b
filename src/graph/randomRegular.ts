// Random regular graphs by pairing: each node has `degree` stubs, which are shuffled and joined in pairs;
// stubs whose pair would be a loop or a repetition go into the next round, until none is left or none fits.
// Source: Steger, Wormald, Combin. Probab. Comput. 8 (1999) 377, DOI 10.1017/S0963548399003867
// (asymptotically uniform for degree = o(n^(1/3)): Kim, Vu, STOC 2003, DOI 10.1145/780542.780576).
import { type RandomSource, shuffle } from '../random/index.js';
import { requireInteger } from './check.js';
import { fromEdges } from './fromEdges.js';
import type { Graph } from './graph.js';
import { drawGraph, drawUntil, type RandomGraphOptions, sourceOf } from './randomness.js';

/**
 * A random graph in which every node has the same degree.
 *
 * @throws RangeError unless degree < nodeCount and nodeCount x degree is even, or if none of 100 graphs is
 *   connected while `connected` is left true
 * @example
 * randomRegular(100, 3, { seed: 1 }).edgeCount; // 150
 */
export function randomRegular(nodeCount: number, degree: number, options: RandomGraphOptions): Graph {
  requireInteger('randomRegular', 'nodeCount', nodeCount, 1);
  requireInteger('randomRegular', 'degree', degree, 0, nodeCount - 1);
  if ((nodeCount * degree) % 2 !== 0) {
    throw new RangeError(`randomRegular: nodeCount x degree must be even, got ${nodeCount} x ${degree}`);
  }
  const random = sourceOf('randomRegular', options);
  const name = `randomRegular(${nodeCount}, ${degree})`;
  return drawGraph('randomRegular', options, () => {
    const edges = drawUntil('randomRegular', 'simple', () => pairing(nodeCount, degree, random));
    return fromEdges(nodeCount, edges, { name, connected: false });
  });
}

/** A simple regular graph's edges, or nothing if the pairing runs into a dead end. */
function pairing(nodeCount: number, degree: number, random: RandomSource): [number, number][] | undefined {
  const edges: [number, number][] = [];
  const taken = new Set<number>();
  const pairKey = (a: number, b: number): number => Math.min(a, b) * nodeCount + Math.max(a, b);
  let stubs = Array.from({ length: nodeCount * degree }, (_, stub) => stub % nodeCount);
  while (stubs.length > 0) {
    shuffle(stubs, random);
    const left: number[] = [];
    for (let i = 0; i < stubs.length; i += 2) {
      const [a, b] = [stubs[i], stubs[i + 1]];
      const pair = pairKey(a, b);
      if (a === b || taken.has(pair)) {
        left.push(a, b);
      } else {
        taken.add(pair);
        edges.push([a, b]);
      }
    }
    const open = [...new Set(left)];
    const fits = open.some((a) => open.some((b) => a !== b && !taken.has(pairKey(a, b))));
    if (open.length > 0 && !fits) return undefined;
    stubs = left;
  }
  return edges;
}
