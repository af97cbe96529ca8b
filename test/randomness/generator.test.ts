// Keys, the sequential generator, integers and shuffles.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import seedrandom from 'seedrandom';
import { randomInteger, shuffle, uniformGenerator } from '../../src/randomness/generator.js';
import { exponential, reproducibleLog } from '../../src/randomness/exponential.js';
import { poisson } from '../../src/randomness/poisson.js';
import { randomKey } from '../../src/randomness/key.js';
import { philox4x32 } from '../../src/randomness/philox.js';
import { chiSquareScore, correlation } from './statistics.js';

const take = (random: () => number, n: number): Float64Array => Float64Array.from({ length: n }, random);

test('numbers are keys as they are, strings are hashed by seedrandom', () => {
  assert.deepEqual(randomKey(7), { seed: 7, stream: 0 });
  assert.deepEqual(randomKey(2 ** 32 - 1, 3), { seed: 2 ** 32 - 1, stream: 3 });
  assert.deepEqual(randomKey('karate', 'burn-in'), { seed: 1653939121, stream: 388272818 });
  fc.assert(
    fc.property(fc.string(), (name) => {
      assert.equal(randomKey(name).seed, seedrandom(name).int32() >>> 0);
      assert.equal(randomKey(0, name).stream, randomKey(name).seed);
    }),
    { seed: 4 },
  );
});

test('a random integer is one of at least 1', () => {
  for (const count of [-5, 0, 2.5, NaN, Infinity]) {
    assert.throws(
      () => randomInteger(() => 0.5, count),
      new RegExp(`^RangeError: randomInteger: count must be an integer in .*, got ${count}$`),
    );
  }
});

test('a source gives numbers in [0, 1)', () => {
  for (const u of [1, -0.1, NaN])
    assert.throws(
      () => shuffle([1, 2, 3], () => u),
      /^RangeError: randomInteger: the source must give numbers in \[0, 1\)/,
    );
});

test('names a seed that is no 32-bit integer', () => {
  assert.throws(() => randomKey(-1), /randomKey: seed must be .* \[0, 2\^32\) or a string, got -1/);
  assert.throws(() => randomKey(NaN), /got NaN/);
  assert.throws(() => randomKey(1.5), /got 1.5/);
  assert.throws(() => randomKey(0, 2 ** 32), /stream must be .* got 4294967296/);
  assert.throws(() => uniformGenerator(-1), /seed must be/);
});

test('the sequence is Philox blocks of purpose 5, 53 bits a number', () => {
  const random = uniformGenerator(9, 4);
  for (let block = 0; block < 5; block++) {
    const words = philox4x32([block, 0, 0, 5 << 24], [9, 4]);
    for (const pair of [0, 2]) {
      const bits = ((BigInt(words[pair]) >> 5n) << 26n) | (BigInt(words[pair + 1]) >> 6n);
      assert.equal(random(), Number(bits) / 2 ** 53);
    }
  }
  assert.equal(uniformGenerator('karate')(), 0.41765573540276824);
});

test('the sequence is uniform in [0, 1), uncorrelated in time and between streams', () => {
  const n = 200_000;
  const x = take(uniformGenerator(1), n);
  const cells = new Float64Array(64);
  for (const u of x) cells[Math.floor(64 * u)]++;
  assert.ok(Math.abs(chiSquareScore(cells)) < 4);
  for (const other of [take(uniformGenerator(1, 1), n), take(uniformGenerator('1'), n), x.toReversed()]) {
    assert.ok(Math.abs(correlation(x, other)) < 4 / Math.sqrt(n));
  }
  for (const lag of [1, 2, 3]) {
    assert.ok(Math.abs(correlation(x.subarray(lag), x.subarray(0, n - lag))) < 4 / Math.sqrt(n));
  }
});

test('integers and orders of a shuffle are equally likely', () => {
  const random = uniformGenerator(2);
  const faces = new Float64Array(6);
  for (let i = 0; i < 60_000; i++) faces[randomInteger(random, 6)]++;
  assert.ok(Math.abs(chiSquareScore(faces)) < 4);

  const orders = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const order = shuffle([0, 1, 2, 3], random).join('');
    orders.set(order, (orders.get(order) ?? 0) + 1);
  }
  assert.equal(orders.size, 24);
  assert.ok(Math.abs(chiSquareScore([...orders.values()])) < 4);
});

test('a shuffle keeps its items, in typed arrays too', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(255)), fc.nat(), (items, seed) => {
      const bytes = Uint8Array.from(items);
      assert.equal(shuffle(bytes, uniformGenerator(seed)), bytes);
      assert.deepEqual(bytes.toSorted(), Uint8Array.from(items).toSorted());
    }),
    { seed: 5 },
  );
});

test("numbers of events follow Poisson's law: small, middle and large means", () => {
  for (const [mean, edges] of [
    [0.7, [0, 1, 2, 3]],
    [12, [7, 9, 10, 11, 12, 13, 14, 16, 18]],
    [4000, [3900, 3950, 3980, 4000, 4020, 4050, 4100]],
  ] as const) {
    const draws = 20_000;
    const [draw, random] = [poisson(mean), uniformGenerator(`poisson ${mean}`)];
    const counts = new Float64Array(edges.length + 1); // up to and with each edge, and beyond
    for (let k = 0; k < draws; k++) {
      const n = draw(random);
      counts[
        edges.findIndex((edge) => n <= edge) === -1 ? edges.length : edges.findIndex((edge) => n <= edge)
      ]++;
    }
    let [expected, last, k, logP] = [[] as number[], 0, 0, -mean];
    for (const edge of [...edges, Infinity]) {
      let cumulative = edge === Infinity ? 1 : last;
      for (; k <= edge && edge < Infinity; k++) {
        cumulative += Math.exp(logP);
        logP += Math.log(mean / (k + 1));
      }
      expected.push(cumulative - last);
      last = cumulative;
    }
    const chiSquare = expected.reduce((sum, p, bin) => sum + (counts[bin] - draws * p) ** 2 / (draws * p), 0);
    assert.ok(
      chiSquare < edges.length + 5 * Math.sqrt(2 * edges.length),
      `mean ${mean}: chi-square ${chiSquare} on ${edges.length}`,
    );
  }
  assert.equal(
    poisson(0)(() => 0.99),
    0,
  );
  for (const mean of [-1, NaN, 1e18])
    assert.throws(() => poisson(mean), new RegExp(`poisson: mean must be in \\[0, 2\\^40\\], got ${mean}`));
});

test('the logarithm of waiting times is that of Math to rounding, from the smallest normal double to the largest', () => {
  const random = uniformGenerator(1, 'logarithms');
  for (let k = 0; k < 20_000; k++) {
    const x = (1 + random()) * 2 ** (Math.floor(2046 * random()) - 1022);
    assert.ok(Math.abs(reproducibleLog(x) / Math.log(x) - 1) < 1e-15, `${x}`);
    const u = random();
    assert.ok(Math.abs(exponential(() => u) / -Math.log1p(-u) - 1) < 1e-15 / Math.min(u, 0.5), `${u}`);
  }
});
