// The generators as their sources tell them, with lists and sets: what the fast ones must reproduce draw for
// draw.
import { randomInteger, type RandomSource, shuffle } from '../../src/randomness/index.js';

export type Pairs = [number, number][];

/** networkx watts_strogatz_graph: neighbours of each node in order of insertion. */
export function plainSmallWorld(
  nodeCount: number,
  degree: number,
  rewiring: number,
  random: RandomSource,
): Pairs {
  const joined: number[][] = Array.from({ length: nodeCount }, () => []);
  const join = (u: number, v: number): void => {
    joined[u].push(v);
    joined[v].push(u);
  };
  const part = (u: number, v: number): void => {
    joined[u].splice(joined[u].indexOf(v), 1);
    joined[v].splice(joined[v].indexOf(u), 1);
  };
  if (degree === nodeCount) return plainComplete(nodeCount);
  for (let step = 1; step <= degree / 2; step++) {
    for (let u = 0; u < nodeCount; u++) join(u, (u + step) % nodeCount);
  }
  for (let step = 1; step <= Math.floor(degree / 2); step++) {
    for (let u = 0; u < nodeCount; u++) {
      if (random() >= rewiring) continue;
      let w = randomInteger(random, nodeCount);
      let full = false;
      while (!full && (w === u || joined[u].includes(w))) {
        w = randomInteger(random, nodeCount);
        full = joined[u].length >= nodeCount - 1;
      }
      if (full) continue;
      part(u, (u + step) % nodeCount);
      join(u, w);
    }
  }
  return joined.flatMap((ends, u) => ends.filter((v) => v > u).map((v): [number, number] => [u, v]));
}

export function plainComplete(nodeCount: number): Pairs {
  const nodes = Array.from({ length: nodeCount }, (_, node) => node);
  return nodes.flatMap((a) => nodes.slice(a + 1).map((b): [number, number] => [a, b]));
}

export function plainRing(nodeCount: number, degree: number): Pairs {
  const steps = Array.from({ length: degree / 2 }, (_, i) => i + 1);
  return steps.flatMap((step) =>
    Array.from({ length: nodeCount }, (_, u): [number, number] => [u, (u + step) % nodeCount]),
  );
}

export function plainTorus(rows: number, columns: number): Pairs {
  return Array.from({ length: rows * columns }, (_, node) => [
    Math.floor(node / columns),
    node % columns,
  ]).flatMap(
    ([r, c]): Pairs => [
      [r * columns + c, r * columns + ((c + 1) % columns)],
      [r * columns + c, ((r + 1) % rows) * columns + c],
    ],
  );
}

/** Steger and Wormald's pairing, tried until it does not run into a dead end. */
export function plainRandomRegular(nodeCount: number, degree: number, random: RandomSource): Pairs {
  for (;;) {
    const edges: Pairs = [];
    const taken = new Set<string>();
    const pair = (a: number, b: number): string => `${Math.min(a, b)} ${Math.max(a, b)}`;
    let stubs = Array.from({ length: nodeCount * degree }, (_, stub) => stub % nodeCount);
    let fits = true;
    while (stubs.length > 0 && fits) {
      shuffle(stubs, random);
      const left: number[] = [];
      for (let i = 0; i < stubs.length; i += 2) {
        const [a, b] = [stubs[i], stubs[i + 1]];
        if (a === b || taken.has(pair(a, b))) {
          left.push(a, b);
        } else {
          taken.add(pair(a, b));
          edges.push([a, b]);
        }
      }
      fits = left.length === 0 || left.some((a) => left.some((b) => a !== b && !taken.has(pair(a, b))));
      stubs = left;
    }
    if (fits) return edges;
  }
}
