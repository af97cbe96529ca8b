// A Merkle-DAG as a value: a set of blocks, closed under nothing, since blocks may arrive in any order and be forgotten.
//   heads     = blocks that no held block follows                      (the present)
//   dangling  = parents that are named and not held                    (what is missing, or was forgotten)
//   merge     = union: commutative, associative, idempotent            (the join of a semilattice)
//   prune(h)  = blocks at most h steps back from the nearest head      (h = Infinity: the ledger of EMTD; h = 0: the present of AE)
// Who pruned cannot tell an old block from a new one: a forgotten block that returns, and whose child is forgotten too, is a head
// again. So pruning does not commute with merging, and a horizon is shorter than a history, not a cheaper way of having it.
// Sources: EMTD 2.1, item 3; Shapiro, Preguica, Baquero, Zawirski, SSS 2011, doi:10.1007/978-3-642-24550-3_29 (semilattices).
import { counted, inspectText, jupyterDisplay, type MimeBundle } from '../display/index.js';
import { BlockSet, blockSet } from './blocks.js';
import type { Cid } from './cid.js';
import { DagBlock, dagBlock } from './dagBlock.js';
import { dagCard } from './dagDisplay.js';
import { generationsOf, stepsBack } from './history.js';
import { told } from './told.js';

/** An immutable set of blocks; methods return new ones, in time proportional to its size. Made by `merkleDag` and `importCar`. */
export class MerkleDag {
  /** By identifier, ascending. */
  readonly blocks: ReadonlyMap<Cid, DagBlock>;
  /** Blocks that no held block follows, ascending. */
  readonly heads: readonly Cid[];
  /** Parents that are named and not held, ascending. */
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

  /** The blocks as a set of bytes: its root is equal for equal DAGs, and its distances are those of ledgers. */
  get blockSet(): BlockSet {
    return (this.#set ??= blockSet([...this.blocks.values()].map(({ bytes }) => bytes)));
  }

  /**
   * With a block of one's own after these parents, by default all heads.
   * @throws RangeError for a parent that is not held; what `dagBlock` throws
   */
  append(data: unknown, parents: readonly Cid[] = this.heads): MerkleDag {
    const unknown = parents.find((parent) => !this.blocks.has(parent));
    if (unknown !== undefined) throw new RangeError(`append: a parent must be a held block, got ${told(unknown)}`);
    return this.receive([dagBlock(data, parents)]);
  }

  /**
   * With blocks of others, in any order, of which some may be known and some may follow blocks that are not.
   * @throws TypeError for what is not a block: bytes become one by `decodeBlock`
   */
  receive(blocks: Iterable<DagBlock>): MerkleDag {
    const given = [...blocks];
    const other = given.find((block) => !(block instanceof DagBlock));
    if (other !== undefined) throw new TypeError(`receive: blocks must be DagBlocks, got ${told(other)}`);
    const fresh = given.filter(({ cid }) => !this.blocks.has(cid));
    return fresh.length === 0 ? this : new MerkleDag([...this.blocks.values(), ...fresh]);
  }

  /** The blocks of both. */
  merge(other: MerkleDag): MerkleDag {
    return this.receive(other.blocks.values());
  }

  /** The blocks that the other lacks: what to send it. */
  difference(other: MerkleDag): readonly DagBlock[] {
    return [...this.blocks.values()].filter(({ cid }) => !other.blocks.has(cid));
  }

  /** The blocks that both hold; its heads are the latest common ancestors. */
  commonAncestors(other: MerkleDag): MerkleDag {
    return new MerkleDag([...this.blocks.values()].filter(({ cid }) => other.blocks.has(cid)));
  }

  /**
   * What is at most `horizon` steps back from the nearest head. The heads stay; links beyond the horizon dangle.
   * @throws RangeError for a horizon that is neither a whole number from 0 nor Infinity
   */
  prune(horizon: number): MerkleDag {
    if (!(horizon === Infinity || (Number.isInteger(horizon) && horizon >= 0))) {
      throw new RangeError(`prune: horizon must be a whole number from 0, or Infinity, got ${told(horizon)}`);
    }
    const steps = stepsBack(this, this.heads);
    return new MerkleDag([...this.blocks.values()].filter(({ cid }) => steps.get(cid)! <= horizon));
  }

  /** Of every block the most steps forward from a block without held parents, which has 0. */
  generations(): Map<Cid, number> {
    return generationsOf(this);
  }

  toString(): string {
    const missing = this.dangling.length > 0 ? `, ${counted(this.dangling.length, 'link')} to blocks that are not held` : '';
    return `Merkle-DAG of ${counted(this.size, 'block')}, ${counted(this.heads.length, 'head')}${missing}`;
  }

  [jupyterDisplay](): MimeBundle {
    return dagCard(this);
  }

  [inspectText](): string {
    return `MerkleDag { ${this.toString()} }`;
  }
}

/**
 * A DAG of these blocks, none by default.
 *
 * @throws TypeError for what is not a block
 * @example
 * const start = merkleDag().append('genesis');
 * const [ada, bob] = [start.append('from Ada'), start.append('from Bob')];
 * ada.merge(bob).heads.length; // 2, and one more `append` makes them one
 */
export const merkleDag = (blocks: Iterable<DagBlock> = []): MerkleDag => new MerkleDag([]).receive(blocks);
