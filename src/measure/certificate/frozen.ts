// Coordinates that never move: at T > 0 a continuous coordinate takes no value twice, unless it is pinned or
// a sampler does not update it. Equality is exact, so this gives no false alarm.
import type { ChainSamples } from '../chains/samples.js';
import { listed } from '../../statistics/words.js';

/** Findings on components, nodes and chains that keep one value in all records; pinned nodes are excepted. */
export function frozenFindings({ states, nodes, components, chains, gauge }: ChainSamples): string[] {
  const pinned = new Set(typeof gauge === 'object' ? gauge.pinned : []);
  const free = range(nodes).filter((node) => !pinned.has(node));
  const still = (node: number, k: number, chain: number): boolean => {
    const at = (node * components + k) * chains + chain;
    return states.every((state) => state[at] === states[0][at]);
  };
  const frozen = range(components).map((k) =>
    free.map((node) => range(chains).filter((chain) => still(node, k, chain))),
  );
  return frozen.flatMap((byNode, k) => {
    const everywhere = byNode.every((where) => where.length === chains);
    if (everywhere) return [`component ${k} is frozen: it never moves on any node, in any chain`];
    const found = free.filter((_, i) => byNode[i].length > 0);
    if (found.length === 0) return [];
    const where = [...new Set(byNode.flat())].sort((a, b) => a - b);
    return [`component ${k} is frozen on ${listed('node', found)} in ${listed('chain', where)}: it never moves there`];
  });
}

const range = (length: number): number[] => Array.from({ length }, (_, i) => i);
