// Walks through a Merkle-DAG, along the links between its blocks. No recursion: a history may be long.
import type { Cid } from './cid.js';
import type { DagBlock } from './dagBlock.js';

/** Blocks by identifier. */
type Blocks = ReadonlyMap<Cid, DagBlock>;

/** The fewest steps back from one of these blocks to every block that they lead to. */
export function stepsBack(blocks: Blocks, from: readonly Cid[]): Map<Cid, number> {
  const steps = new Map(from.map((cid) => [cid, 0]));
  // iteration over a map follows the order of insertion and includes entries added meanwhile: breadth first
  for (const [cid, step] of steps) {
    for (const parent of blocks.get(cid)!.parents)
      if (blocks.has(parent) && !steps.has(parent)) steps.set(parent, step + 1);
  }
  return steps;
}

/** The most steps forward to every block from a block without parents in the set. */
export function generationsOf(blocks: Blocks): Map<Cid, number> {
  const children = new Map<Cid, Cid[]>(Array.from(blocks.keys(), (cid) => [cid, []]));
  const open = new Map<Cid, number>();
  for (const { cid, parents } of blocks.values()) {
    const links = parents.filter((parent) => blocks.has(parent));
    open.set(cid, links.length);
    for (const parent of links) children.get(parent)!.push(cid);
  }
  const generations = new Map([...blocks.keys()].filter((cid) => open.get(cid) === 0).map((cid) => [cid, 0]));
  const ready = [...generations.keys()];
  for (const cid of ready) {
    for (const child of children.get(cid)!) {
      generations.set(child, Math.max(generations.get(child) ?? 0, generations.get(cid)! + 1));
      open.set(child, open.get(child)! - 1);
      if (open.get(child) === 0) ready.push(child);
    }
  }
  return generations;
}
