// A proper colouring: no edge joins two nodes of one colour, so that the nodes of a class do not interact and may be
// updated together. Greedy: each node in turn takes the least colour that its neighbours leave (at most degree + 1).
import type { Graph } from './graph.js';

export interface Colouring {
  /** [N] */
  readonly colours: Int32Array;
  readonly count: number;
}

const known = new WeakMap<Graph, Colouring>();

/** Made once a graph. */
export function colouring(graph: Graph): Colouring {
  let made = known.get(graph);
  if (!made) known.set(graph, (made = greedy(graph)));
  return made;
}

function greedy({ nodeCount, offsets, neighbours }: Graph): Colouring {
  const colours = new Int32Array(nodeCount).fill(-1);
  /** The last node that found a colour taken. */
  const takenFor: number[] = [];
  for (let i = 0; i < nodeCount; i++) {
    for (let h = offsets[i]; h < offsets[i + 1]; h++) {
      const colour = colours[neighbours[h]];
      if (colour >= 0) takenFor[colour] = i;
    }
    let colour = 0;
    while (takenFor[colour] === i) colour++;
    if (colour === takenFor.length) takenFor.push(-1);
    colours[i] = colour;
  }
  return { colours, count: takenFor.length };
}
