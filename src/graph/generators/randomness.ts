// The randomness of a random graph: a seed, or a source that the caller shares with others.
import { aBoolean, aFunction, type Rules } from '../../numerics/options.js';
import { type RandomSource, type Seed, uniformGenerator } from '../../random/index.js';
import { aSeed } from '../../random/key.js';
import type { Graph } from '../graph.js';

/**
 * Either `seed`: the same seed and parameters give the same graph; or `random`, a source of uniforms in [0,
 * 1). There is no default: if the seed were forgotten, all graphs would be equal.
 */
export type GraphRandomness =
  | {
      /** The same seed and parameters give the same graph. */
      readonly seed: Seed;
      readonly random?: undefined;
    }
  | {
      /** A source of uniforms in [0, 1). */
      readonly random: RandomSource;
      readonly seed?: undefined;
    };

/** Options of random graphs. */
export type RandomGraphOptions = GraphRandomness & {
  /** Whether to draw again (at most 100 times) until the graph is connected; true by default. */
  readonly connected?: boolean;
};

const TRIES = 100;

export const randomnessRules: Rules<GraphRandomness> = { seed: aSeed, random: aFunction };
export const randomGraphRules: Rules<RandomGraphOptions> = { ...randomnessRules, connected: aBoolean };

export function sourceOf(caller: string, { seed, random }: GraphRandomness): RandomSource {
  if (random !== undefined && seed === undefined) return random;
  if (seed !== undefined && random === undefined) return uniformGenerator(seed);
  throw new TypeError(
    `${caller}: needs { seed } or { random }, got ${seed === undefined ? 'neither' : 'both'}`,
  );
}

/** Repeats `draw()` until it gives a value: rejection sampling of the conditioned ensemble. */
export function drawUntil<T>(caller: string, kind: string, draw: () => T | undefined): T {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const result = draw();
    if (result !== undefined) return result;
  }
  throw new RangeError(`${caller}: no ${kind} graph in ${TRIES} tries`);
}

/** The random graph that `draw` makes, drawn again until it is connected unless `connected` is false. */
export function drawGraph(
  caller: string,
  { connected = true }: { readonly connected?: boolean },
  draw: () => Graph,
): Graph {
  if (!connected) return draw();
  return drawUntil(caller, 'connected', () => {
    const graph = draw();
    return graph.componentCount === 1 ? graph : undefined;
  });
}
