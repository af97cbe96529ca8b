// MinHash: the Jaccard distance of two sets of any size, estimated from k numbers per set.
//   s_m(A) = min over x in A of h_m(x),    P[s_m(A) = s_m(B)] = |A intersect B| / |A union B| = 1 - d
//   estimate 1 - matches / k, without bias, with standard error sqrt(d (1 - d) / k)
// h_m(x) is word m of Philox, counted by the first 96 bits of the block's SHA-256. Two blocks of n take the
// same of 2^32 values with a chance of n / 2^32. Source: Broder, SEQUENCES 1997,
// doi:10.1109/SEQUEN.1997.666900.
import { card, countText, formatNumber, printAs } from '../display/index.js';
import { byDefault, type OptionsOf, readOptions } from '../numerics/options.js';
import { integer } from '../numerics/rules.js';
import {
  defaultSeed,
  type Key,
  randomKey,
  type SeedOption,
  seedOption,
  philoxBlock,
} from '../randomness/index.js';
import type { BlockSet } from './blocks.js';

/** A sketch of a set of blocks: the minima of k hashes. */
export interface MinHash {
  /** [hashes] the smallest value of each hash. */
  readonly smallest: Uint32Array;
  readonly key: Key;
}

/** An estimated distance of two sets. */
export interface DistanceEstimate {
  readonly distance: number;
  /**
   * sqrt(d (1 - d) / k) at the estimate d. At an estimate of 0 or 1 it is 0, too small: the distance is then
   * within 3/k with 95 %.
   */
  readonly standardError: number;
}

const minHashOptions = {
  /** k, numbers in the sketch; 128 by default. */
  hashes: byDefault(128, integer(1, 2 ** 20)),
  ...seedOption,
};

interface MinHashOptions extends SeedOption, OptionsOf<typeof minHashOptions> {}

/**
 * The MinHash sketch of a set. The seed defines the hash functions: compare only sketches of the same seed.
 *
 * @throws RangeError for a number of hashes that is not a count, or a bad seed
 * @example
 * const blocks = Array.from({ length: 300 }, (_, k) => new TextEncoder().encode(`block ${k}`));
 * const [mine, yours] = [merkle.blockSet(blocks.slice(0, 200)), merkle.blockSet(blocks.slice(100))];
 * merkle.jaccardDistance(mine, yours); // 2/3
 * merkle.minHashDistance(merkle.minHash(mine, { hashes: 400, seed: 1 }), merkle.minHash(yours, { hashes: 400, seed: 1 })).distance; // 0.6775
 */
export function minHash({ digests }: BlockSet, options: MinHashOptions = {}): MinHash {
  const { hashes, seed = defaultSeed() } = readOptions('minHash', options, minHashOptions);
  const key = randomKey(seed, 'MinHash');
  const smallest = new Uint32Array(hashes).fill(2 ** 32 - 1);
  const words = new Uint32Array(4);
  for (const digest of digests) {
    const [x, y, z] = [0, 8, 16].map((at) => parseInt(digest.slice(at, at + 8), 16));
    for (let m = 0; m < hashes; m++) {
      if (m % 4 === 0) philoxBlock(m / 4, x, y, z, key.seed, key.stream, words);
      if (words[m % 4] < smallest[m]) smallest[m] = words[m % 4];
    }
  }
  return printAs({ smallest, key }, minHashCard);
}

/**
 * The Jaccard distance of two sets, estimated from their MinHash sketches.
 *
 * @throws RangeError unless both have the same number of hashes and the same seed
 * @example
 * const blocks = Array.from({ length: 300 }, (_, k) => new TextEncoder().encode(`block ${k}`));
 * const [mine, yours] = [blocks.slice(0, 200), blocks.slice(100)].map((some) => merkle.minHash(merkle.blockSet(some), { hashes: 400, seed: 1 }));
 * const { distance, standardError } = merkle.minHashDistance(mine, yours); // 2/3 is exact
 * distance; // 0.6775
 * standardError; // 0.02337
 */
export function minHashDistance(a: MinHash, b: MinHash): DistanceEstimate {
  const hashes = a.smallest.length;
  if (b.smallest.length !== hashes) {
    throw new RangeError(
      `minHashDistance: both must have the same number of hashes, got ${hashes} and ${b.smallest.length}`,
    );
  }
  if (a.key.seed !== b.key.seed || a.key.stream !== b.key.stream) {
    throw new RangeError(
      `minHashDistance: both must have the same seed, got keys ${a.key.seed} and ${b.key.seed}`,
    );
  }
  const distance = a.smallest.filter((value, m) => value !== b.smallest[m]).length / hashes;
  return printAs(
    { distance, standardError: Math.sqrt((distance * (1 - distance)) / hashes) },
    distanceEstimateCard,
  );
}

const minHashCard = ({ smallest, key }: MinHash) =>
  card(`MinHash of ${countText(smallest.length, 'hash', 'hashes')}`, {
    seed: key.seed,
    bytes: smallest.byteLength,
  });

const distanceEstimateCard = ({ distance, standardError }: DistanceEstimate) =>
  card('Jaccard distance, estimated', {
    distance: formatNumber(distance),
    'standard error': formatNumber(standardError),
  });
