// Three embeddings of ledgers: squared Euclidean distance is the named distance, and what edits do to it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import {
  type Embedding,
  embeddingField,
  hashBitsEmbedding,
  labelEmbedding,
  merkleDiffEmbedding,
  squaredDistance,
} from '../../src/fields/embedding.js';
import { merkleDiffFeatures } from '../../src/fields/randomFeatures.js';
import { spearman } from '../../src/statistics/index.js';
import { type BlockSet, blockSet } from '../../src/merkle/index.js';

const block = (n: number): Uint8Array => new TextEncoder().encode(`block ${n}`);
const ledger = (numbers: readonly number[]): BlockSet => blockSet(numbers.map(block));
const range = (n: number): number[] => [...Array(n).keys()];
const ledgers = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 12 })), { minLength: 1, maxLength: 6 });

/** Version k has its first k blocks replaced: |A xor B| = 2 |edits apart|. */
const versions = (count: number, size = 256): BlockSet[] =>
  range(count).map((k) => ledger(range(size).map((n) => (n < k ? 1000 + n : n))));

function eachPair({ coordinates }: Embedding, visit: (a: number, b: number) => void): void {
  coordinates.forEach((_, a) => coordinates.forEach((__, b) => visit(a, b)));
}

test('distances are those of the sets, and the coordinates carry them', () => {
  fc.assert(
    fc.property(ledgers, (lists) => {
      const sets = lists.map(ledger);
      const lacking = (a: number, b: number): number => lists[a].filter((n) => !lists[b].includes(n)).length;
      const apart = (a: number, b: number): number => lacking(a, b) + lacking(b, a);
      const [label, diff, bits] = [labelEmbedding(sets), merkleDiffEmbedding(sets), hashBitsEmbedding(sets)];
      eachPair(label, (a, b) => {
        const between = ({ coordinates }: Embedding) => squaredDistance(coordinates[a], coordinates[b]);
        assert.equal(label.distance(a, b), apart(a, b) === 0 ? 0 : 1);
        assert.ok(Math.abs(between(label) - label.distance(a, b)) < 1e-7);
        assert.equal(diff.distance(a, b), apart(a, b));
        assert.equal(between(diff), apart(a, b));
        assert.equal(bits.distance(a, b), between(bits));
        assert.equal(bits.distance(a, b) === 0, apart(a, b) === 0);
      });
    }),
  );
});

test('hash bits: those of the root, most significant first', () => {
  const empty = hashBitsEmbedding([ledger([])]); // e3b0c442...: 1110 0011
  assert.deepEqual([...empty.coordinates[0].subarray(0, 8)], [1, 1, 1, 0, 0, 0, 1, 1]);
  assert.equal(empty.dimension, 256);
});

test('hash bits: Binomial(256, 1/2) for every pair of different ledgers, one edit or two hundred', () => {
  const bits = hashBitsEmbedding(versions(201));
  const distances = range(200).map((k) => bits.distance(0, k + 1));
  const mean = distances.reduce((sum, d) => sum + d / 200, 0);
  const variance = distances.reduce((sum, d) => sum + (d - 128) ** 2 / 200, 0);
  assert.ok(Math.abs(mean - 128) < (4.5 * 8) / Math.sqrt(200), `mean ${mean}`);
  assert.ok(Math.abs(variance - 64) < 4.5 * 64 * Math.sqrt(2 / 200), `variance ${variance}`);
});

test('1 to 200 edits: merkleDiff counts them, label and hashBits only say that there was one', () => {
  const sets = versions(201);
  const edits = range(200).map((k) => k + 1);
  const distances = ({ distance }: Embedding): number[] => edits.map((k) => distance(0, k));
  assert.deepEqual(
    distances(merkleDiffEmbedding(sets)),
    edits.map((k) => 2 * k),
  );
  assert.deepEqual(
    distances(labelEmbedding(sets)),
    edits.map(() => 1),
  );
  const { coordinates } = merkleDiffFeatures(sets, { seed: 1, features: 128 });
  const sketched = edits.map((k) => squaredDistance(coordinates[0], coordinates[k]));
  assert.ok(spearman(edits, sketched).correlation > 0.9);
  assert.ok(spearman(edits, distances(hashBitsEmbedding(sets))).pValue > 1e-4);
});

test('random features: no bias, the stated spread, and one edit moves a vector by length 1', () => {
  const { 0: first, 40: last } = versions(41, 64); // D = 80
  const [features, seeds] = [128, 200];
  const ratios = range(seeds).map((seed) => {
    const {
      coordinates: [x, y],
      distortion,
    } = merkleDiffFeatures([first, last], { features, seed });
    const ratio = squaredDistance(x, y) / 80;
    assert.ok(Math.abs(distortion.largest - Math.abs(ratio - 1)) < 1e-12);
    assert.ok(Math.abs(distortion.rootMeanSquare - distortion.largest) < 1e-12);
    return ratio;
  });
  const mean = ratios.reduce((sum, r) => sum + r / seeds, 0);
  const variance = (2 * (1 - 1 / 80)) / features;
  assert.ok(Math.abs(mean - 1) < 4.5 * Math.sqrt(variance / seeds), `mean ${mean}`);
  const spread = ratios.reduce((sum, r) => sum + (r - 1) ** 2 / seeds, 0) / variance;
  assert.ok(Math.abs(spread - 1) < 4.5 * Math.sqrt(2 / seeds), `${spread} of the variance stated`);

  const [before, after] = merkleDiffFeatures([ledger([1, 2]), ledger([1, 2, 3])], { seed: 1 }).coordinates;
  assert.ok(Math.abs(squaredDistance(before, after) - 1) < 1e-6);
});

test('random features: distortion over all pairs', () => {
  const { distortion, coordinates, distance } = merkleDiffFeatures(versions(5, 16), { seed: 1 });
  const relative = range(5).flatMap((b) =>
    range(b).map((a) => squaredDistance(coordinates[a], coordinates[b]) / distance(a, b) - 1),
  );
  const square = relative.reduce((sum, x) => sum + (x * x) / relative.length, 0);
  assert.ok(Math.abs(distortion.rootMeanSquare - Math.sqrt(square)) < 1e-12);
  assert.ok(Math.abs(distortion.largest - Math.max(...relative.map(Math.abs))) < 1e-12);
});

test('random features: a set has its vector whatever the other sets are; a seed changes it', () => {
  const alone = merkleDiffFeatures([ledger([1, 2])], { seed: 3 });
  const among = merkleDiffFeatures([ledger([7]), ledger([2, 1])], { seed: 3 });
  assert.deepEqual(alone.coordinates[0], among.coordinates[1]);
  assert.notDeepEqual(alone.coordinates[0], merkleDiffFeatures([ledger([1, 2])], { seed: 4 }).coordinates[0]);
  assert.deepEqual(alone.distortion, { rootMeanSquare: 0, largest: 0 });
  const odd = () => merkleDiffFeatures([ledger([1])], { seed: 3, features: 100 });
  assert.throws(odd, /merkleDiffFeatures: features must be a positive multiple of 128, got 100/);
});

test('an embedding as a field, and no ledgers at all', () => {
  const diff = merkleDiffEmbedding([ledger([1]), ledger([1, 2])]);
  const field = embeddingField(diff, { chains: 3 });
  assert.deepEqual([field.sites, field.components, field.chains], [2, 2, 3]);
  const flat = diff.coordinates.flatMap((x) => [...x]);
  for (const chain of [0, 1, 2]) assert.deepEqual([...field.chain(chain)], flat);
  for (const embed of [labelEmbedding, merkleDiffEmbedding, hashBitsEmbedding]) {
    assert.throws(() => embed([]), /Embedding: needs at least 1 block set, got 0/);
  }
  assert.throws(() => merkleDiffFeatures([], { seed: 1 }), /merkleDiffFeatures: needs at least 1 block set/);
});
