// Merkle roots to coordinates chi: three named embeddings of a list of block sets (ledgers). Each has a
// distance, and coordinates whose squared Euclidean distance is that distance. So J |chi_i - chi_j|^2 is J
// times the distance.
//   label       0 if the roots are equal, else 1         (a Potts label; the scaled one-hot vector)
//   merkleDiff  |A xor B|, the blocks of only one side    (the indicator vector, or random features)
//   hashBits    Hamming distance of the 256 root bits     (literal; Binomial(256, 1/2) once A != B)
// A hash destroys the metric: after one edit or two hundred, hashBits is 128 +- 8. Source: EMTD abstract
// ("mapping cryptographic Merkle roots to tensor coordinates") and Definition 1.1; EMTD-A.3. Dimensionless.
import { type OptionsOf, readOptions } from '../numerics/options.js';
import { shapeOptions } from './declaration.js';
import {
  card,
  countText,
  formatNumber,
  naturalRange,
  numeral,
  printAs,
  rangeText,
  strip,
  summaryOf,
} from '../display/index.js';
import { type BlockSet, symmetricDifference } from '../merkle/index.js';
import { Field } from './field.js';

/** Coordinates for a list of block sets, and their distance. */
export interface Embedding {
  readonly name: 'label' | 'merkleDiff' | 'hashBits';
  readonly dimension: number;
  /** One vector per block set, in order. */
  readonly coordinates: readonly Float32Array[];
  /** The distance of the a-th and b-th block set, exact, from the sets themselves. */
  distance(a: number, b: number): number;
}

/**
 * 0 or 1: whether the roots differ. One coordinate per distinct root, 1/sqrt 2 at its own (to float32
 * rounding).
 *
 * @throws RangeError for an empty list
 * @example
 * const [a, b] = ['pay Ann 5', 'pay Bob 3'].map((text) => new TextEncoder().encode(text));
 * const { dimension, distance } = fields.labelEmbedding([merkle.blockSet([a]), merkle.blockSet([a]), merkle.blockSet([b])]);
 * dimension; // 2
 * [distance(0, 1), distance(0, 2)]; // [0, 1]
 */
export function labelEmbedding(sets: readonly BlockSet[]): Embedding {
  const roots = rootsOf('labelEmbedding', sets);
  const distinct = [...new Set(roots)];
  const coordinates = roots.map((root) =>
    Float32Array.from(distinct, (other) => (other === root ? Math.SQRT1_2 : 0)),
  );
  return embedding('label', coordinates, (a, b) => (roots[a] === roots[b] ? 0 : 1));
}

/**
 * |A xor B|: the number of blocks in only one of the two sets. One coordinate per distinct block, 1 if the set holds it: exact.
 * `merkleDiffFeatures` has a fixed, smaller dimension.
 *
 * @throws RangeError for an empty list
 * @example
 * const [a, b, c] = ['pay Ann 5', 'pay Bob 3', 'pay Cem 1'].map((text) => new TextEncoder().encode(text));
 * fields.merkleDiffEmbedding([merkle.blockSet([a, b]), merkle.blockSet([b, c])]).distance(0, 1); // 2
 */
export function merkleDiffEmbedding(sets: readonly BlockSet[]): Embedding {
  rootsOf('merkleDiffEmbedding', sets);
  const column = new Map([...new Set(sets.flatMap(({ digests }) => digests))].map((leaf, at) => [leaf, at]));
  const coordinates = sets.map(({ digests }) => {
    const indicator = new Float32Array(Math.max(1, column.size));
    for (const leaf of digests) indicator[column.get(leaf)!] = 1;
    return indicator;
  });
  return embedding('merkleDiff', coordinates, (a, b) => symmetricDifference(sets[a], sets[b]).size);
}

/**
 * Hamming distance of the roots' 256 bits, each bit a coordinate 0 or 1. For different sets it is a number
 * from Binomial(256, 1/2), 128 +- 8, however many blocks differ.
 *
 * @throws RangeError for an empty list
 * @example
 * const [a, b] = ['pay Ann 5', 'pay Bob 3'].map((text) => new TextEncoder().encode(text));
 * fields.hashBitsEmbedding([merkle.blockSet([a]), merkle.blockSet([a, b])]).distance(0, 1); // 132
 */
export function hashBitsEmbedding(sets: readonly BlockSet[]): Embedding {
  const bits = rootsOf('hashBitsEmbedding', sets).map(bitsOf);
  return embedding('hashBits', bits, (a, b) => squaredDistance(bits[a], bits[b]));
}

const embeddingOptions = {
  /** How many chains, all with the same values; 1 by default. */
  chains: shapeOptions.chains,
  /** Where the values live; `node` by default. */
  support: shapeOptions.support,
};

/**
 * The coordinates as a real field: site i at the coordinates of the i-th block set, in every chain.
 *
 * @example
 * const [a, b, c] = ['pay Ann 5', 'pay Bob 3', 'pay Cem 1'].map((text) => new TextEncoder().encode(text));
 * const ledgers = [merkle.blockSet([a, b]), merkle.blockSet([b]), merkle.blockSet([b, c])]; // of three nodes
 * const chi = fields.embeddingField(fields.hashBitsEmbedding(ledgers), { chains: 64 });
 * [chi.sites, chi.components, chi.chains]; // [3, 256, 64]
 */
export function embeddingField(
  { coordinates, dimension }: Embedding,
  options: OptionsOf<typeof embeddingOptions> = {},
): Field {
  const { chains, support } = readOptions('embeddingField', options, embeddingOptions);
  const values = new Float32Array(coordinates.length * dimension * chains);
  coordinates.forEach((x, site) =>
    x.forEach((xk, k) => {
      values.fill(xk, (site * dimension + k) * chains, (site * dimension + k + 1) * chains);
    }),
  );
  return new Field(values, { support, sites: coordinates.length, components: dimension, chains });
}

/**
 * |x - y|^2, accumulated in float64.
 *
 * @throws RangeError for points of different lengths, or a distance that is not a number
 * @example fields.squaredDistance([0, 0], [3, 4]); // 25
 */
export function squaredDistance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  if (x.length !== y.length)
    throw new RangeError(`squaredDistance: x and y must be of one length, got ${x.length} and ${y.length}`);
  let sum = 0;
  for (let k = 0; k < x.length; k++) sum += (x[k] - y[k]) ** 2;
  if (Number.isNaN(sum))
    throw new RangeError('squaredDistance: x and y must be numbers with a difference, got NaN');
  return sum;
}

export const embedding = (
  name: Embedding['name'],
  coordinates: readonly Float32Array[],
  distance: Embedding['distance'],
): Embedding => printAs({ name, dimension: coordinates[0].length, coordinates, distance }, embeddingCard);

function rootsOf(caller: string, sets: readonly BlockSet[]): string[] {
  if (sets.length === 0) throw new RangeError(`${caller}: needs at least 1 block set, got 0`);
  return sets.map((set) => set.root);
}

/** The bits of hexadecimal digits, highest first. */
const bitsOf = (hex: string): Float32Array =>
  Float32Array.from([...hex].flatMap((digit) => [3, 2, 1, 0].map((k) => (parseInt(digit, 16) >> k) & 1)));

export function embeddingCard(
  embedding: Embedding & { readonly distortion?: { rootMeanSquare: number; largest: number } },
) {
  const { name, coordinates, dimension, distortion } = embedding;
  const sets = coordinates.length;
  const rows = coordinates.slice(0, 24).map((x) => x.subarray(0, 64));
  const { least, greatest } = summaryOf(Float32Array.from(rows.flatMap((row) => [...row])));
  const size = {
    cellWidth: Math.max(3, Math.min(10, 260 / rows[0].length)),
    cellHeight: Math.max(4, Math.min(10, 120 / rows.length)),
  };
  return card(
    `${name} embedding of ${countText(sets, 'block set')}`,
    {
      dimension: numeral(dimension),
      distances: sets < 2 || sets > 256 ? undefined : rangeText(pairs(sets, embedding.distance)),
      distortion:
        distortion &&
        `${formatNumber(distortion.rootMeanSquare)} root mean square, ${formatNumber(distortion.largest)} at most`,
    },
    strip(rows, naturalRange(least, greatest), size),
    `coordinates 0 to ${rows[0].length - 1} across, sets 0 to ${rows.length - 1} down`,
  );
}

/** A value of every pair a < b of so many, ordered by b. */
export const pairs = (count: number, value: (a: number, b: number) => number): number[] =>
  Array.from({ length: count }, (_, b) => Array.from({ length: b }, (_a, a) => value(a, b))).flat();
