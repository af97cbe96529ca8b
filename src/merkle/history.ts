// Walks through a Merkle-DAG, along the links that are held. No recursion: a history may be long.
import type { Cid } from './cid.js';
import type { MerkleDag } from './dag.js';

/** The fewest steps back from one of these blocks, of every held block that they lead to. */
export function stepsBack({ blocks }: MerkleDag, from: readonly Cid[]): Map<Cid, number> {
  const steps = new Map(from.map((cid) => [cid, 0]));
  // a map is walked in the order of insertion, also through what is added meanwhile: breadth first
  for (const [cid, step] of steps) {
    for (const parent of blocks.get(cid)!.parents) if (blocks.has(parent) && !steps.has(parent)) steps.set(parent, step + 1);
  }
  return steps;
}

/** The most steps forward from a block without held parents, of every block. */
export function generationsOf({ blocks }: MerkleDag): Map<Cid, number> {
  const children = new Map<Cid, Cid[]>(Array.from(blocks.keys(), (cid) => [cid, []]));
  const open = new Map<Cid, number>();
  for (const { cid, parents } of blocks.values()) {
    const held = parents.filter((parent) => blocks.has(parent));
    open.set(cid, held.length);
    for (const parent of held) children.get(parent)!.push(cid);
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
