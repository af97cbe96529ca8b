// A proper colouring: nodes of one colour are more than one bond apart, or more than two, so that the nodes
// of a class do not interact and may be updated together. Greedy: each node in turn takes the least colour
// that those within reach leave (at most degree + 1, or degree^2 + 1).
import type { Graph } from '../graph.js';

export interface Colouring {
  /** [N] */
  readonly colours: Int32Array;
  readonly count: number;
}

const colourings = { 1: new WeakMap<Graph, Colouring>(), 2: new WeakMap<Graph, Colouring>() };

/** The greedy colouring, computed once per graph. @param reach bonds between nodes that interact */
export function colouring(graph: Graph, reach: 1 | 2 = 1): Colouring {
  let result = colourings[reach].get(graph);
  if (!result) colourings[reach].set(graph, (result = greedy(graph, reach)));
  return result;
}

function greedy({ nodeCount, offsets, neighbours }: Graph, reach: 1 | 2): Colouring {
  const colours = new Int32Array(nodeCount).fill(-1);
  /** `[colours]`: the last node with that colour within reach. */
  const takenFor: number[] = [];
  const take = (i: number, around: number, depth: number): void => {
    for (let h = offsets[around]; h < offsets[around + 1]; h++) {
      const colour = colours[neighbours[h]];
      if (colour >= 0) takenFor[colour] = i;
      if (depth > 1) take(i, neighbours[h], depth - 1);
    }
  };
  for (let i = 0; i < nodeCount; i++) {
    take(i, i, reach);
    let colour = 0;
    while (takenFor[colour] === i) colour++;
    if (colour === takenFor.length) takenFor.push(-1);
    colours[i] = colour;
  }
  return { colours, count: takenFor.length };
}
