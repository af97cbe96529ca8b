// `normals` and `uniforms`: the counter layout, the distribution, and independence along every axis.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { type Draw, Purpose } from '../../src/randomness/counter.js';
import { randomKey } from '../../src/randomness/key.js';
import { normals } from '../../src/randomness/normals.js';
import { philox4x32 } from '../../src/randomness/philox.js';
import { uniforms } from '../../src/randomness/uniforms.js';
import { binomialInterval, chiSquareScore, correlation } from './statistics.js';

const key = randomKey(20);
const normalArray = (draw: Draw, k = key): Float64Array =>
  normals(new Float64Array(draw.nodes * draw.lanes), k, draw);
const uniformArray = (draw: Draw, k = key): Float64Array =>
  uniforms(new Float64Array(draw.nodes * draw.lanes), k, draw);

const draws = fc.record({
  step: fc.oneof(fc.nat(1000), fc.integer({ min: 2 ** 32 - 2, max: 2 ** 33 }), fc.constant(2 ** 53 - 1)),
  purpose: fc.nat(255),
  nodes: fc.integer({ min: 1, max: 5 }),
  lanes: fc.integer({ min: 1, max: 11 }),
  firstNode: fc.oneof(fc.nat(100), fc.constant(2 ** 32 - 5)),
});
const keys = fc.record({
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  stream: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
});

test('any number is its own function of (key, step, purpose, node, lane): the counter layout', () => {
  fc.assert(
    fc.property(draws, keys, fc.nat(), fc.nat(), (draw, k, someNode, someLane) => {
      const node = someNode % draw.nodes;
      const lane = someLane % draw.lanes;
      const words = philox4x32(
        [
          Number(BigInt(draw.step) & 0xffffffffn),
          draw.firstNode + node,
          lane >> 2,
          Number((BigInt(draw.purpose) << 24n) | (BigInt(draw.step) >> 32n)),
        ],
        [k.seed, k.stream],
      );
      const u = [...words].map((w) => (w + 0.5) / 2 ** 32);
      const pair = lane & 2;
      const radius = Math.sqrt(-2 * Math.log(u[pair]));
      const angle = 2 * Math.PI * u[pair + 1];
      assert.equal(uniformArray(draw, k)[node * draw.lanes + lane], u[lane & 3]);
      assert.equal(
        normalArray(draw, k)[node * draw.lanes + lane],
        radius * (lane & 1 ? Math.sin(angle) : Math.cos(angle)),
      );
    }),
    { seed: 2 },
  );
});

test('nodes filled one by one, in any order, are the array filled at once', () => {
  fc.assert(
    fc.property(draws, fc.infiniteStream(fc.nat()), (draw, picks) => {
      const whole = normalArray(draw);
      const parts = new Float64Array(whole.length);
      const left = Array.from({ length: draw.nodes }, (_, node) => node);
      while (left.length > 0) {
        const [node] = left.splice(picks.next().value % left.length, 1);
        parts.set(normalArray({ ...draw, nodes: 1, firstNode: draw.firstNode + node }), node * draw.lanes);
      }
      assert.deepEqual(parts, whole);
    }),
    { seed: 3 },
  );
});

test('float32 arrays hold the float64 numbers, rounded once', () => {
  const draw = { step: 5, purpose: Purpose.noise, nodes: 100, lanes: 7 };
  assert.deepEqual(normals(new Float32Array(700), key, draw), Float32Array.from(normalArray(draw)));
  assert.deepEqual(uniforms(new Float32Array(700), key, draw), Float32Array.from(uniformArray(draw)));
});

test('uniforms never reach 0 or 1, in float32 either', () => {
  const draw = { step: 0, purpose: Purpose.acceptance, nodes: 1, lanes: 4, firstNode: 6546848 };
  const lane = 3; // its word is 0xffffffec, whose uniform is nearer to 1 than to any float32 below
  assert.equal(Math.fround(uniformArray(draw)[lane]), 1);
  assert.equal(uniforms(new Float32Array(4), key, draw)[lane], 1 - 2 ** -24);
});

test('moments of a million normals lie within four standard errors', () => {
  const z = normalArray({ step: 1, purpose: Purpose.noise, nodes: 15625, lanes: 64 });
  const n = z.length;
  // E z^k and Var z^k = E z^2k - (E z^k)^2, with E z^2k = (2k - 1)!!
  const doubleFactorial = (k: number): number => (k <= 0 ? 1 : k * doubleFactorial(k - 2));
  for (let k = 1; k <= 6; k++) {
    const expected = k % 2 === 0 ? doubleFactorial(k - 1) : 0;
    const error = Math.sqrt((doubleFactorial(2 * k - 1) - expected ** 2) / n);
    const moment = z.reduce((sum, x) => sum + x ** k, 0) / n;
    assert.ok(Math.abs(moment - expected) < 4 * error, `moment ${k}: ${moment}, not ${expected} +- ${error}`);
  }
});

test('tails of sixteen million normals hold the exact expected counts to 5 sigma', () => {
  const oneSided = [
    0.15865525393145705, 0.02275013194817921, 0.0013498980316300933, 3.167124183311992e-5,
    2.8665157187919333e-7,
  ];
  const [blocks, nodes, lanes] = [16, 16384, 64];
  const [above, below] = [new Float64Array(5), new Float64Array(5)];
  const z = new Float64Array(nodes * lanes);
  for (let step = 0; step < blocks; step++) {
    for (const x of normals(z, key, { step, purpose: Purpose.noise, nodes, lanes })) {
      if (Math.abs(x) < 1) continue;
      const side = x > 0 ? above : below;
      for (let k = 1; k <= 5 && k <= Math.abs(x); k++) side[k - 1]++;
    }
  }
  for (const [side, counts] of [
    ['above', above],
    ['below', below],
  ] as const) {
    oneSided.forEach((p, i) => {
      const [low, high] = binomialIntervalOf(blocks * z.length, p);
      const message = `${side} ${i + 1} sigma: ${counts[i]} not in ${low} ... ${high}`;
      assert.ok(low <= counts[i] && counts[i] <= high, message);
    });
  }
});

test('uniforms fill [0, 1) evenly at a coarse and at a fine scale', () => {
  const u = uniformArray({ step: 3, purpose: Purpose.initial, nodes: 16384, lanes: 16 });
  const coarse = new Float64Array(64);
  const fine = new Float64Array(64);
  for (const x of u) {
    coarse[Math.floor(x * 64)]++;
    fine[Math.floor(x * 2 ** 32) % 64]++;
  }
  assert.ok(Math.abs(chiSquareScore(coarse)) < 4, `coarse ${chiSquareScore(coarse)}`);
  assert.ok(Math.abs(chiSquareScore(fine)) < 4, `fine ${chiSquareScore(fine)}`);
});

test('numbers are independent across nodes, steps, lanes, purposes, seeds and streams', () => {
  const [nodes, lanes] = [50_000, 4];
  const at = { step: 0, purpose: Purpose.noise, nodes, lanes };
  const lane = (array: Float64Array, i: number): Float64Array => array.filter((_, k) => k % lanes === i);
  for (const [name, fill] of [
    ['normals', normalArray],
    ['uniforms', uniformArray],
  ] as const) {
    const base = fill(at);
    const partners: Record<string, [Float64Array, Float64Array]> = {
      node: [base, fill({ ...at, firstNode: 1 })],
      'far node': [base, fill({ ...at, firstNode: 2 ** 20 })],
      step: [base, fill({ ...at, step: 1 })],
      'far step': [base, fill({ ...at, step: 2 ** 32 })],
      purpose: [base, fill({ ...at, purpose: Purpose.initial })],
      seed: [base, fill(at, randomKey(21))],
      stream: [base, fill(at, randomKey(20, 1))],
      'named stream': [base, fill(at, randomKey(20, 'b'))],
      'lanes of a pair': [lane(base, 0), lane(base, 1)],
      'lanes of two pairs': [lane(base, 0), lane(base, 2)],
      'lanes of two blocks': [lane(base, 0), fill({ ...at, lanes: 5 }).filter((_, k) => k % 5 === 4)],
    };
    for (const [axis, [a, b]] of Object.entries(partners)) {
      const error = 1 / Math.sqrt(a.length);
      const linear = correlation(a, b) / error;
      const squares = correlation(a, b, (x) => x * x) / error;
      assert.ok(Math.abs(linear) < 4, `${name}, ${axis}: correlation ${linear} sigma`);
      assert.ok(Math.abs(squares) < 4, `${name}, ${axis}: correlation of squares ${squares} sigma`);
    }
  }
});

test('pairs of uniforms fill the unit square evenly', () => {
  const at = { step: 0, purpose: Purpose.noise, nodes: 50_000, lanes: 4 };
  const base = uniformArray(at);
  for (const [axis, other] of Object.entries({
    node: uniformArray({ ...at, firstNode: 1 }),
    step: uniformArray({ ...at, step: 1 }),
    stream: uniformArray(at, randomKey(20, 1)),
  })) {
    const cells = new Float64Array(64);
    base.forEach((u, i) => cells[8 * Math.floor(8 * u) + Math.floor(8 * other[i])]++);
    assert.ok(Math.abs(chiSquareScore(cells)) < 4, `${axis}: ${chiSquareScore(cells)}`);
  }
});

test('names what is out of range', () => {
  const at = { step: 0, purpose: Purpose.noise, nodes: 2, lanes: 3 };
  const fill = (change: Partial<Draw>, size = 6): Float32Array =>
    normals(new Float32Array(size), key, { ...at, ...change });
  assert.throws(() => fill({}, 5), /normals: out must hold nodes x lanes = 6 numbers, got 5/);
  assert.throws(() => fill({ step: -1 }), /normals: step must be an integer in \[0, .*\], got -1/);
  assert.throws(() => fill({ step: 0.5 }), /step must be an integer .* got 0.5/);
  assert.throws(() => fill({ step: 2 ** 53 }), /step must be an integer/);
  assert.throws(() => fill({ purpose: 256 }), /purpose must be an integer in \[0, 255\], got 256/);
  assert.throws(() => fill({ nodes: NaN }), /nodes must be an integer .* got NaN/);
  assert.throws(() => fill({ firstNode: 2 ** 32 - 1 }), /firstNode \+ nodes must be/);
  assert.throws(() => uniforms(new Float64Array(1), key, at), /uniforms: out must hold/);
});

function binomialIntervalOf(n: number, p: number): [number, number] {
  if (n * p < 1000) return binomialInterval(n, p, 1e-5);
  const spread = 4.3 * Math.sqrt(n * p * (1 - p));
  return [n * p - spread, n * p + spread];
}
