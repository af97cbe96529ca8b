// A set of data blocks D_i, addressed by content: the ledger of a node, or the blocks that two nodes share.
//   chi_i = root of the blocks of i in canonical order         (Merkle root, independent of order and
// repeats)
//   chi_ij = root of A intersect B                             ("data shared between i and j")
//   |A xor B| = number of blocks that one side has and the other lacks: the metric that a root destroys
// Canonical order: ascending leaf hash. Source: EMTD 1.1, Definition 1.1; RFC 6962, section 2.1.
import { card, countText, inspectText, jupyterDisplay } from '../display/index.js';
import { shortDigest } from './digestText.js';
import { type Digest, toBytes, toDigest } from './hash.js';
import { hashLeaves, subtreeHash } from './tree.js';

/**
 * An immutable set of blocks; `blockSet` makes it.
 *
 * @example
 * const ledger = merkle.blockSet(['pay Ann 5', 'pay Bob 3'].map((text) => new TextEncoder().encode(text)));
 * ledger.size; // 2
 * ledger.root; // 'd366bd47c120e6d1559ac21da9e67bf0a8d46b24628b127628c507b9c9d85616'
 */
export class BlockSet {
  #root: Digest | undefined;

  /** @param digests leaf hash of each block, ascending, each once @internal */
  constructor(readonly digests: readonly Digest[]) {}

  get size(): number {
    return this.digests.length;
  }

  /** Merkle root of the blocks in canonical order: equal sets have equal roots. */
  get root(): Digest {
    return (this.#root ??= toDigest(subtreeHash(this.digests.map(toBytes))));
  }

  toString(): string {
    return `${countText(this.size, 'block')}, root ${shortDigest(this.root)}`;
  }

  [jupyterDisplay]() {
    const first = this.digests.slice(0, 4).map(shortDigest).join(' ');
    const leaves =
      this.size === 0 ? undefined : `${first}${this.size > 4 ? ` and ${this.size - 4} more` : ''}`;
    return card(`set of ${countText(this.size, 'block')}`, { root: this.root, leaves });
  }

  [inspectText](): string {
    return `BlockSet { ${this.toString()} }`;
  }
}

/**
 * The set of these blocks, without regard to their order and repeats.
 *
 * @throws TypeError when a block is not a Uint8Array.
 * @example
 * const [a, b] = ['pay Ann 5', 'pay Bob 3'].map((text) => new TextEncoder().encode(text));
 * merkle.blockSet([b, a, b]).root === merkle.blockSet([a, b]).root; // true
 */
export function blockSet(blocks: readonly Uint8Array[]): BlockSet {
  return new BlockSet([...new Set(hashLeaves('blockSet', blocks).map(toDigest))].sort());
}

/**
 * Blocks that both hold; its root is the chi_ij of Definition 1.1.
 *
 * @example
 * const [a, b, c] = ['pay Ann 5', 'pay Bob 3', 'pay Cem 1'].map((text) => new TextEncoder().encode(text));
 * merkle.intersection(merkle.blockSet([a, b]), merkle.blockSet([b, c])).root === merkle.blockSet([b]).root; // true
 */
export function intersection(a: BlockSet, b: BlockSet): BlockSet {
  const inB = new Set(b.digests);
  return new BlockSet(a.digests.filter((digest) => inB.has(digest)));
}

/**
 * Blocks that exactly one of the two holds, A xor B. Its size is a metric on sets, |A| + |B| - 2 |A intersect
 * B|.
 *
 * @example
 * const [a, b, c] = ['pay Ann 5', 'pay Bob 3', 'pay Cem 1'].map((text) => new TextEncoder().encode(text));
 * merkle.symmetricDifference(merkle.blockSet([a, b]), merkle.blockSet([b, c])).size; // 2
 */
export function symmetricDifference(a: BlockSet, b: BlockSet): BlockSet {
  const [inA, inB] = [new Set(a.digests), new Set(b.digests)];
  const onlyA = a.digests.filter((digest) => !inB.has(digest));
  const onlyB = b.digests.filter((digest) => !inA.has(digest));
  return new BlockSet([...onlyA, ...onlyB].sort());
}
