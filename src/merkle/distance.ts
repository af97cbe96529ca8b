// Distances of two ledgers, beside |A xor B| (`symmetricDifference`): by the share of blocks not in both, and
// by the last common block.
//   Jaccard    d(A, B) = |A xor B| / |A union B|, in [0, 1]: a metric (Jaccard 1901; Levandowsky and Winter,
// Nature 234 (1971) 34)
//   ancestor   d(g, h) = fewest steps back from block g to a common ancestor and forward to h;   for DAGs:
// Hausdorff, over their heads
import { type BlockSet, symmetricDifference } from './blocks.js';
import type { Cid } from './cid.js';
import type { MerkleDag } from './dag.js';
import { stepsBack } from './dagHistory.js';

/**
 * 1 - |A intersect B| / |A union B|; 0 for two empty sets.
 *
 * @example
 * const [a, b, c] = ['pay Ann 5', 'pay Bob 3', 'pay Cem 1'].map((text) => new TextEncoder().encode(text));
 * merkle.jaccardDistance(merkle.blockSet([a, b]), merkle.blockSet([b, c])); // 2/3
 */
export function jaccardDistance(a: BlockSet, b: BlockSet): number {
  const lacking = symmetricDifference(a, b).size;
  return lacking === 0 ? 0 : (2 * lacking) / (a.size + b.size + lacking);
}

/**
 * The largest distance of a head of one from the nearest head of the other, in steps over common ancestors,
 * through the blocks of both; 0 if the heads are the same, Infinity without a common ancestor (it may have
 * been pruned). On trees, where a block follows one, it is a metric; if blocks follow several, the triangle
 * inequality may fail.
 *
 * @example
 * const start = merkle.merkleDag().append('genesis');
 * merkle.ancestorDistance(start.append('a'), start.append('b').append('c')); // 3
 */
export function ancestorDistance(a: MerkleDag, b: MerkleDag): number {
  const both = a.merge(b);
  const steps = new Map<Cid, Map<Cid, number>>(
    [...a.heads, ...b.heads].map((head) => [head, stepsBack(both.blocks, [head])]),
  );
  const between = (g: Cid, h: Cid): number => {
    let least = Infinity;
    for (const [cid, back] of steps.get(g)!)
      least = Math.min(least, back + (steps.get(h)!.get(cid) ?? Infinity));
    return least;
  };
  const farthest = (from: readonly Cid[], to: readonly Cid[]): number =>
    from.reduce(
      (most, g) =>
        Math.max(
          most,
          to.reduce((least, h) => Math.min(least, between(g, h)), Infinity),
        ),
      0,
    );
  return Math.max(farthest(a.heads, b.heads), farthest(b.heads, a.heads));
}

/**
 * The distances of all pairs, [items, items], for `labelDistance`.
 *
 * @example
 * const [a, b, c] = ['pay Ann 5', 'pay Bob 3', 'pay Cem 1'].map((text) => new TextEncoder().encode(text));
 * merkle.distanceTable([merkle.blockSet([a]), merkle.blockSet([a, b]), merkle.blockSet([c])], merkle.jaccardDistance); // [[0, 0.5, 1], [0.5, 0, 1], [1, 1, 0]]
 */
export const distanceTable = <Item>(
  items: readonly Item[],
  distance: (a: Item, b: Item) => number,
): number[][] => items.map((a) => items.map((b) => distance(a, b)));
