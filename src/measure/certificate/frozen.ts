// Nodes that never move. At T > 0 a continuous coordinate takes no value twice, unless it is pinned or a
// sampler does not update it: equality is exact, so this gives no false alarm. Spins or labels may rest:
// under the local laws a node keeps its letter through all records of a chain with the probability
//   prod_t p_i(present letter) <= exp(-sum_t (1 - p_i(present letter))),   over every tau-th record.
import { type ChainSamples, freeNodes } from '../chains/samples.js';
import type { Replica } from '../chains/replicas.js';
import { type LocalGaps, localScores, type Quantity } from '../observables/localLaws.js';
import type { Test } from './significance.js';
import { listed } from './words.js';

/**
 * Findings on components, nodes and chains of a continuous field that keep one value in all records; pinned
 * nodes are excepted.
 */
export function frozenFindings(samples: ChainSamples): string[] {
  const { states, components, chains } = samples;
  const free = freeNodes(samples);
  const still = (node: number, k: number, chain: number): boolean => {
    const at = (node * components + k) * chains + chain;
    return states.every((state) => state[at] === states[0][at]);
  };
  return [...Array(components).keys()].flatMap((k) => {
    const byNode = free.map((node) => [...Array(chains).keys()].filter((chain) => still(node, k, chain)));
    if (byNode.every((where) => where.length === chains))
      return [`component ${k} is frozen: it never moves on any node, in any chain`];
    const found = free.filter((_, i) => byNode[i].length > 0);
    if (found.length === 0) return [];
    const where = [...new Set(byNode.flat())].sort((a, b) => a - b);
    return [
      `component ${k} is frozen on ${listed('node', found)} in ${listed('chain', where)}: it never moves there`,
    ];
  });
}

/** The weight of all other letters. */
const others: Quantity = (_gap, a, present) => (a === present ? 0 : 1);

/**
 * One test per chain: whether the node keeps its letter there. `time` is an autocorrelation time in records.
 */
export function frozenTests(
  gaps: readonly LocalGaps[],
  replicas: readonly Replica[],
  node: number,
  beta: number,
  time: number,
): Test<{ node: number; chain: number }>[] {
  return [...new Set(replicas.map(({ chain }) => chain))].map((chain) => {
    const own = gaps.filter((_, r) => replicas[r].chain === chain);
    const subject = { node, chain };
    const letters = own.flatMap(({ present, nodes, records }) =>
      Array.from({ length: records }, (_, record) => present[record * nodes + node]),
    );
    if (new Set(letters).size > 1) return { subject, pValue: 1 };
    const expected = own.reduce((sum, replica) => {
      const { mean, records } = localScores(replica, others, beta, [node, node + 1]);
      return sum + mean * records;
    }, 0);
    return { subject, pValue: Math.exp(-expected / Math.max(1, time)) };
  });
}
