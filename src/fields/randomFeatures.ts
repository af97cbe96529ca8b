// Merkle-diff coordinates of a fixed dimension m, from random signs of each leaf:
//   z_k(A) = m^{-1/2} sum_{leaf in A} r_k(leaf),  r_k = +-1      <|z(A) - z(B)|^2> = |A xor B| = D
//   Var |z(A) - z(B)|^2 = 2 D (D - 1) / m, so the distortion of a pair is about sqrt(2 / m)
// The signs belong to the leaf and the seed. So a set gets its vector without knowing the other sets, and one
// edit moves it by length 1. Source: Achlioptas, J. Comput. Syst. Sci. 66 (2003) 671, DOI
// 10.1016/S0022-0000(03)00025-4 (random signs keep distances: Johnson, Lindenstrauss 1984). Dimensionless.
import { byDefault, type OptionsOf, readOptions } from '../numerics/options.js';
import { integer } from '../numerics/rules.js';
import { printAs } from '../display/index.js';
import { type BlockSet, symmetricDifference } from '../merkle/index.js';
import { philox4x32, randomKey, type Seed } from '../randomness/index.js';
import { embeddingCard, type Embedding, embedding, pairs, squaredDistance } from './embedding.js';
import { type Seeded, seeded } from './initial.js';

/**
 * The deviation of |z(A) - z(B)|^2 / |A xor B| from 1 over the pairs of different sets; 0 without such a pair.
 */
export interface Distortion {
  readonly rootMeanSquare: number;
  readonly largest: number;
}

const featureOptions = {
  /** The dimension m, a multiple of 128; 256 by default. */
  features: byDefault(256, integer(1)),
};

/**
 * Random-feature coordinates for the distance |A xor B|, with their distortion on these sets.
 *
 * @throws RangeError for an empty list or a dimension that is not a positive multiple of 128
 * @example
 * const blocks = Array.from({ length: 40 }, (_, k) => new TextEncoder().encode(`block ${k}`));
 * const ledgers = Array.from({ length: 10 }, (_, k) => merkle.blockSet(blocks.slice(k, k + 30)));
 * fields.merkleDiffFeatures(ledgers, { features: 512, seed: 7 }).distortion; // { rootMeanSquare: 0.05480, largest: 0.1348 }
 */
export function merkleDiffFeatures(
  sets: readonly BlockSet[],
  options: Seeded & OptionsOf<typeof featureOptions>,
): Embedding & { readonly distortion: Distortion } {
  const { features, seed } = readOptions('merkleDiffFeatures', options, { ...seeded, ...featureOptions });
  if (sets.length === 0) throw new RangeError('merkleDiffFeatures: needs at least 1 block set, got 0');
  if (features % 128 !== 0) {
    throw new RangeError(`merkleDiffFeatures: features must be a positive multiple of 128, got ${features}`);
  }
  const leaves = new Set(sets.flatMap(({ digests }) => digests));
  const signs = new Map([...leaves].map((leaf) => [leaf, leafSigns(leaf, features, seed)]));
  const coordinates = sets.map(({ digests }) => {
    const sum = new Int32Array(features);
    for (const leaf of digests) signs.get(leaf)!.forEach((r, k) => (sum[k] += r));
    return Float32Array.from(sum, (s) => s / Math.sqrt(features));
  });
  const result = embedding('merkleDiff', coordinates, (a, b) => symmetricDifference(sets[a], sets[b]).size);
  return printAs({ ...result, distortion: distortionOf(result) }, embeddingCard);
}

/** r_1 ... r_m of a leaf: Philox bits at a counter of the leaf hash's first 96 bits. */
function leafSigns(leaf: string, features: number, seed: Seed): Int8Array {
  const key = randomKey(seed, 'merkleDiffFeatures');
  const [h0, h1, h2] = [0, 8, 16].map((at) => parseInt(leaf.slice(at, at + 8), 16));
  const signs = new Int8Array(features);
  const words = new Uint32Array(4);
  for (let k = 0; k < features; k++) {
    if (k % 128 === 0) philox4x32([h0, h1, h2, k / 128], [key.seed, key.stream], words);
    signs[k] = (words[(k % 128) >> 5] >>> (k & 31)) & 1 ? 1 : -1;
  }
  return signs;
}

function distortionOf({ coordinates, distance }: Embedding): Distortion {
  const relative = pairs(
    coordinates.length,
    (a, b) => squaredDistance(coordinates[a], coordinates[b]) / distance(a, b) - 1,
  ).filter((x) => !Number.isNaN(x)); // 0 / 0, of equal sets
  return {
    rootMeanSquare: Math.sqrt(relative.reduce((sum, x) => sum + (x * x) / relative.length, 0)),
    largest: relative.reduce((most, x) => Math.max(most, Math.abs(x)), 0),
  };
}
