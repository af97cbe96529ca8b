// The randomness of a random graph: a seed, or a source that the caller shares with others.
import { byDefault, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { aBoolean, aFunction } from '../../numerics/rules.js';
import { type RandomSource, type Seed, uniformGenerator, aSeed } from '../../randomness/index.js';
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

export const randomness = { seed: aSeed, random: typed<RandomSource>(aFunction) };

export const connectedOption = {
  /** Whether to draw again (at most 100 times) until the graph is connected; true by default. */
  connected: byDefault(true, aBoolean),
};

/** Options of random graphs. */
export type RandomGraphOptions = GraphRandomness & OptionsOf<typeof connectedOption>;

const TRIES = 100;

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
  options: RandomGraphOptions,
  draw: (random: RandomSource) => Graph,
): Graph {
  const { connected } = readOptions(caller, options, { ...randomness, ...connectedOption });
  const random = sourceOf(caller, options);
  if (!connected) return draw(random);
  return drawUntil(caller, 'connected', () => {
    const graph = draw(random);
    return graph.componentCount === 1 ? graph : undefined;
  });
}
