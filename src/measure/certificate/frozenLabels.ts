// Spins or labels that never move although the other nodes leave them free: under the local laws a node keeps its
// letter through all records of a chain with the probability
//   prod_t p_i(present letter) <= exp(-sum_t (1 - p_i(present letter))),   over every tau-th record.
// At low temperature p_i is near 1, and a node at rest is not a finding.
import { type LocalGaps, localScores, type Quantity } from '../observables/localLaws.js';
import type { Replica } from '../chains/replicas.js';
import type { Test } from './significance.js';

/** The weight of all other letters. */
const others: Quantity = (_gap, a, present) => (a === present ? 0 : 1);

/** One test per chain: whether the node keeps its letter there. `time` is an autocorrelation time in records. */
export function frozenTests(
  gaps: readonly LocalGaps[],
  replicas: readonly Replica[],
  node: number,
  beta: number,
  time: number,
): Test<{ node: number; chain: number }>[] {
  const chains = [...new Set(replicas.map(({ chain }) => chain))];
  return chains.map((chain) => {
    const own = gaps.filter((_, r) => replicas[r].chain === chain);
    const subject = { node, chain };
    if (new Set(own.flatMap((replica) => lettersAt(replica, node))).size > 1) return { subject, byChance: 1 };
    const expected = own.reduce((sum, replica) => {
      const { mean, records } = localScores(replica, others, beta, [node, node + 1]);
      return sum + mean * records;
    }, 0);
    return { subject, byChance: Math.exp(-expected / Math.max(1, time)) };
  });
}

const lettersAt = ({ present, nodes, records }: LocalGaps, node: number): number[] =>
  Array.from({ length: records }, (_, record) => present[record * nodes + node]);
