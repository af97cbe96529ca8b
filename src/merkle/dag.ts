// A Merkle-DAG as a value: any set of blocks, with or without their parents, since blocks arrive in any order
// and may be pruned.
//   heads     = blocks that no block of the set follows                (the present)
//   dangling  = parents that are named and not in the set              (missing, or pruned)
//   merge     = union: commutative, associative, idempotent            (the join of a semilattice)
//   prune(h)  = blocks at most h steps back from the nearest head      (h = Infinity: the ledger of EMTD; h =
// 0: the present of AE)
// After pruning an old block looks like a new one: a pruned block that returns is a head again if its child
// was pruned too. So pruning does not commute with merging: a horizon loses history, it does not store it
// more cheaply. Sources: EMTD 2.1, item 3; Shapiro, Preguica, Baquero, Zawirski, SSS 2011,
// doi:10.1007/978-3-642-24550-3_29 (semilattices).
import { card, countText, inspectText, jupyterDisplay } from '../display/index.js';
import { BlockSet, blockSet } from './blocks.js';
import type { Cid } from './cid.js';
import { DagBlock, dagBlock } from './dagBlock.js';
import { generationsOf, stepsBack } from './dagHistory.js';
import { describe, few } from './digestText.js';

/**
 * An immutable set of blocks; methods return new ones, in time proportional to its size. `merkleDag` and
 * `importCar` make it.
 *
 * @example
 * const start = merkle.merkleDag().append('genesis');
 * const [ann, bob] = [start.append('from Ann'), start.append('from Bob')];
 * ann.difference(bob).map(({ data }) => data); // ['from Ann']
 * ann.merge(bob).append('both').prune(1).size; // 3
 */
export class MerkleDag {
  /** The blocks by identifier, ascending. */
  readonly blocks: ReadonlyMap<Cid, DagBlock>;
  /** Blocks that no block of the set follows, ascending. */
  readonly heads: readonly Cid[];
  /** Parents that are named and not in the set, ascending. */
  readonly dangling: readonly Cid[];
  #set: BlockSet | undefined;

  /** @internal */
  constructor(blocks: Iterable<DagBlock>) {
    const byCid = new Map(Array.from(blocks, (block) => [block.cid, block]));
    const cids = [...byCid.keys()].sort();
    const followed = new Set([...byCid.values()].flatMap(({ parents }) => parents));
    this.blocks = new Map(cids.map((cid) => [cid, byCid.get(cid)!]));
    this.heads = cids.filter((cid) => !followed.has(cid));
    this.dangling = [...followed].filter((cid) => !byCid.has(cid)).sort();
  }

  get size(): number {
    return this.blocks.size;
  }

  /**
   * The blocks as a set of bytes: its root is equal for equal DAGs, and its distances are those of ledgers.
   */
  get blockSet(): BlockSet {
    return (this.#set ??= blockSet([...this.blocks.values()].map(({ bytes }) => bytes)));
  }

  /**
   * This DAG with a new block after these parents, by default all heads.
   * @throws RangeError for a parent that is not in the DAG; what `dagBlock` throws
   */
  append(data: unknown, parents: readonly Cid[] = this.heads): MerkleDag {
    const unknown = parents.find((parent) => !this.blocks.has(parent));
    if (unknown !== undefined)
      throw new RangeError(`append: a parent must be a block of this DAG, got ${describe(unknown)}`);
    return this.receive([dagBlock(data, parents)]);
  }

  /**
   * This DAG with blocks of others, in any order; known blocks and blocks with unknown parents are allowed.
   * @throws TypeError for anything but a DagBlock; `decodeBlock` makes one of bytes
   */
  receive(blocks: Iterable<DagBlock>): MerkleDag {
    const given = [...blocks];
    const other = given.find((block) => !(block instanceof DagBlock));
    if (other !== undefined) throw new TypeError(`receive: blocks must be DagBlocks, got ${describe(other)}`);
    const fresh = given.filter(({ cid }) => !this.blocks.has(cid));
    return fresh.length === 0 ? this : new MerkleDag([...this.blocks.values(), ...fresh]);
  }

  /** The blocks of both DAGs. */
  merge(other: MerkleDag): MerkleDag {
    return this.receive(other.blocks.values());
  }

  /** The blocks that the other lacks, to be sent to it. */
  difference(other: MerkleDag): readonly DagBlock[] {
    return [...this.blocks.values()].filter(({ cid }) => !other.blocks.has(cid));
  }

  /** The blocks that both have; its heads are the latest common ancestors. */
  commonAncestors(other: MerkleDag): MerkleDag {
    return new MerkleDag([...this.blocks.values()].filter(({ cid }) => other.blocks.has(cid)));
  }

  /**
   * The blocks at most `horizon` steps back from the nearest head. The heads stay; links beyond the horizon
   * dangle.
   * @throws RangeError for a horizon that is neither a whole number from 0 nor Infinity
   */
  prune(horizon: number): MerkleDag {
    if (!(horizon === Infinity || (Number.isInteger(horizon) && horizon >= 0))) {
      throw new RangeError(
        `prune: horizon must be a whole number from 0, or Infinity, got ${describe(horizon)}`,
      );
    }
    const steps = stepsBack(this.blocks, this.heads);
    return new MerkleDag([...this.blocks.values()].filter(({ cid }) => steps.get(cid)! <= horizon));
  }

  /**
   * The generation of every block: the most steps forward from a block without parents in the set, which has
   * 0.
   */
  generations(): Map<Cid, number> {
    return generationsOf(this.blocks);
  }

  toString(): string {
    const missing =
      this.dangling.length > 0
        ? `, ${countText(this.dangling.length, 'link')} to blocks that are not held`
        : '';
    return `Merkle-DAG of ${countText(this.size, 'block')}, ${countText(this.heads.length, 'head')}${missing}`;
  }

  [jupyterDisplay]() {
    const bytes = [...this.blocks.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
    return card(this.toString(), {
      heads: few(this.heads),
      'not held': few(this.dangling),
      bytes,
      root: this.blockSet.root,
    });
  }

  [inspectText](): string {
    return `MerkleDag { ${this.toString()} }`;
  }
}

/**
 * A DAG of these blocks, none by default.
 *
 * @throws TypeError for anything but a DagBlock
 * @example
 * const start = merkle.merkleDag().append('genesis');
 * const [ann, bob] = [start.append('from Ann'), start.append('from Bob')];
 * ann.merge(bob).heads.length; // 2
 * ann.merge(bob).append('both').heads.length; // 1
 */
export const merkleDag = (blocks: Iterable<DagBlock> = []): MerkleDag => new MerkleDag([]).receive(blocks);
