// How a random graph is told its randomness: a seed, or a source that the caller shares with others.
import { type RandomSource, type Seed, uniformGenerator } from '../random/index.js';
import type { Graph } from './graph.js';

export interface RandomGraphOptions {
  /** The graph is a function of its parameters and this seed. */
  readonly seed?: Seed;
  /** Instead of a seed: a source of uniforms in [0, 1), drawn from in turn. */
  readonly random?: RandomSource;
  /** Whether to draw again (at most 100 times) until the graph is connected, which is the default. */
  readonly connected?: boolean;
}

const TRIES = 100;

export function sourceOf(caller: string, { seed, random }: RandomGraphOptions): RandomSource {
  if (random !== undefined) return random;
  if (seed !== undefined) return uniformGenerator(seed);
  throw new TypeError(`${caller}: needs { seed } or { random }, got neither`);
}

/** `draw()` repeated until it gives something: rejection sampling of the conditioned ensemble. */
export function drawUntil<T>(caller: string, wanted: string, draw: () => T | undefined): T {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const drawn = draw();
    if (drawn !== undefined) return drawn;
  }
  throw new RangeError(`${caller}: no ${wanted} graph in ${TRIES} tries`);
}

/** The random graph that `draw` makes, drawn again until it is connected if that is asked for. */
export function drawGraph(
  caller: string, { connected = true }: RandomGraphOptions, draw: () => Graph,
): Graph {
  if (!connected) return draw();
  return drawUntil(caller, 'connected', () => {
    const graph = draw();
    return graph.componentCount === 1 ? graph : undefined;
  });
}
