// Exact laws of systems small enough to list their states: chains that start in a law, and how a law moves,
// visit by visit, under the heat bath of an Ising ferromagnet (J = 1), at T = 0 too, where a spin that gains
// nothing either way is drawn anew.
import { Field, type Codomain } from '../../src/fields/index.js';
import type { Graph } from '../../src/graphs/index.js';
import { type Seed, uniformGenerator } from '../../src/randomness/index.js';

/** Independent states of the law, one a chain. */
export function drawnFrom(
  states: readonly ArrayLike<number>[],
  law: ArrayLike<number>,
  { chains, codomain, labels, seed }: { chains: number; codomain: Codomain; labels?: number; seed: Seed },
): Field {
  const random = uniformGenerator(seed, 'start');
  const drawn = Array.from({ length: chains }, () => {
    let [s, left] = [0, random() - law[0]];
    while (left > 0 && s < law.length - 1) left -= law[++s];
    return states[s];
  });
  const sites = states[0].length;
  const values = Float32Array.from(
    { length: sites * chains },
    (_, at) => drawn[at % chains][Math.floor(at / chains)],
  );
  return new Field(values, { sites, chains, codomain, ...(labels === undefined ? {} : { states: labels }) });
}

/**
 * One visit of a node of an Ising ferromagnet: adds `weight` times the law of 2^N states (bit i set where s_i
 * = +1) after it.
 */
function addVisited(
  sum: Float64Array,
  law: Float64Array,
  { neighbours, offsets }: Graph,
  node: number,
  T: number,
  weight = 1,
): void {
  const bit = 1 << node;
  for (let s = 0; s < law.length; s++) {
    if (s & bit) continue;
    let field = 0;
    for (let h = offsets[node]; h < offsets[node + 1]; h++) field += (s >> neighbours[h]) & 1 ? 1 : -1;
    const up = field === 0 ? 0.5 : T === 0 ? Number(field > 0) : 1 / (1 + Math.exp((-2 * field) / T));
    const both = weight * (law[s] + law[s | bit]);
    sum[s] += both * (1 - up);
    sum[s | bit] += both * up;
  }
}

/** The law after a sweep: N visits of nodes in order, or each of a node drawn at random. */
export function swept(
  law: Float64Array,
  graph: Graph,
  T: number,
  order: 'sequential' | 'random',
): Float64Array {
  const nodes = Array.from({ length: graph.nodeCount }, (_, i) => i);
  for (const visit of nodes) {
    const next = new Float64Array(law.length);
    if (order === 'sequential') addVisited(next, law, graph, visit, T);
    else for (const node of nodes) addVisited(next, law, graph, node, T, 1 / nodes.length);
    law = next;
  }
  return law;
}
