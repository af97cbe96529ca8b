// Spins that fade against the master equation of three nodes, and against the mean field of many.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { after, checkUpdate, fadingSpins, iterate } from '../../src/ambient/index.js';
import { fadingMeanField, totalVariationDistance, totalVariationFloor } from '../../src/exact/index.js';
import { complete, fromEdges } from '../../src/graphs/index.js';

const path = fromEdges(
  3,
  [
    [0, 1],
    [1, 2],
  ],
  { couplings: [1, 0.6] },
);
const spinsOf = (k: number): number[] => [0, 1, 2].map((i) => (Math.floor(k / 3 ** i) % 3) - 1);
const indexOf = (s: ArrayLike<number>): number =>
  Array.from(s).reduce((k, each, i) => k + (each + 1) * 3 ** i, 0);

/**
 * The law of the 27 states after a time, from one: dp/dt = p Q by small Euler-Taylor steps of fourth order.
 */
function exactLaw(from: number, T: number, decay: number, release: number, time: number): Float64Array {
  const neighbours = [[1], [0, 2], [1]];
  const J = (i: number, j: number): number => (Math.min(i, j) === 0 ? 1 : 0.6);
  const Q = Array.from({ length: 27 }, () => new Float64Array(27));
  for (let k = 0; k < 27; k++) {
    const s = spinsOf(k);
    const jump = (i: number, to: number, rate: number): void => {
      const next = indexOf(s.map((each, n) => (n === i ? to : each)));
      Q[k][next] += rate;
      Q[k][k] -= rate;
    };
    for (const i of [0, 1, 2]) {
      const h = neighbours[i].reduce((sum, j) => sum + J(i, j) * s[j], 0);
      const up = T === 0 ? (Math.sign(h) + 1) / 2 : 1 / (1 + Math.exp((-2 * h) / T));
      const drawn =
        s[i] !== 0 ? 1 : (release * neighbours[i].filter((j) => s[j] !== 0).length) / neighbours[i].length;
      jump(i, 1, drawn * up);
      jump(i, -1, drawn * (1 - up));
      if (s[i] !== 0) jump(i, 0, decay);
    }
  }
  let p: Float64Array = new Float64Array(27).map((_, k) => Number(k === from));
  const steps = 150;
  const times = (x: Float64Array, dt: number): Float64Array =>
    x.map((_, to) => dt * x.reduce((sum, each, k) => sum + each * Q[k][to], 0));
  for (let step = 0; step < steps; step++) {
    let [term, sum] = [p, p.slice()];
    for (let order = 1; order <= 4; order++) {
      term = times(term, time / steps / order);
      sum = sum.map((each, k) => each + term[k]);
    }
    p = sum;
  }
  return p;
}

test('the law after a time is that of the master equation: cold, warm, hot; slow and fast replacement', () => {
  for (const [T, decay, release, span, steps] of [
    [0, 0.4, 0.7, 1.5, 1],
    [0.8, 0.3, 3, 0.5, 3],
    [Infinity, 0.9, 1, 2, 1],
    [1, 0, 1, 1, 1],
  ] as const) {
    const runs = 8000;
    const start = Int8Array.of(1, 0, -1);
    const counts = new Float64Array(27);
    const kernel = fadingSpins(path, { temperature: T, decay, release, span });
    for (let run = 0; run < runs; run++) counts[indexOf(after(kernel, start, { steps, seed: run }))]++;
    const exact = exactLaw(indexOf(start), T, decay, release, span * steps);
    const distance = totalVariationDistance(
      counts.map((n) => n / runs),
      exact,
    );
    const floor = totalVariationFloor(exact, runs);
    assert.ok(distance < 1.8 * floor, `T = ${T}, decay ${decay}: distance ${distance}, floor ${floor}`);
  }
});

test('many nodes that all see each other: presence and order of the mean field, none above T_c', () => {
  const N = 300;
  const everybody = complete(N); // couplings 1: J = N - 1
  for (const [temperature, decay] of [
    [0.4, 0.25],
    [0, 0.5],
    [0.9, 0.25],
  ] as const) {
    const { presence, order } = fadingMeanField({ temperature, decay });
    const kernel = fadingSpins(everybody, { temperature: temperature * (N - 1), decay });
    const sums: number[][] = [];
    for (const seed of [1, 2, 3]) {
      for (const { step, present } of iterate(kernel, new Int8Array(N).fill(1), { steps: 30, seed })) {
        if (step > 15)
          sums.push([present.reduce((n, s) => n + Math.abs(s), 0), present.reduce((n, s) => n + s, 0)]);
      }
    }
    const [rho, m] = [0, 1].map((k) => sums.reduce((sum, each) => sum + each[k], 0) / sums.length / N);
    assert.ok(Math.abs(rho - presence) < 0.04, `T = ${temperature}: presence ${rho}, ${presence}`);
    assert.ok(Math.abs(m - order) < 0.06, `T = ${temperature}: order ${m}, ${order}`);
  }
});

test('nobody left is for ever; the kernel has no memory and does not touch what it is given', () => {
  const kernel = fadingSpins(path, { temperature: 1, decay: 0.2 });
  checkUpdate(kernel, [Int8Array.of(1, 1, -1), Int8Array.of(0, -1, 0)]);
  assert.deepEqual(after(kernel, new Int8Array(3), { steps: 50, seed: 1 }), new Int8Array(3));
});

test('refusals name the rule and the value', () => {
  const make = (change: object) => () => fadingSpins(path, { temperature: 1, decay: 0, ...change });
  assert.throws(make({ temperature: -1 }), /fadingSpins: temperature must not be negative, got -1/);
  assert.throws(make({ decay: -1 }), /fadingSpins: decay must be finite and not negative, got -1/);
  assert.throws(make({ release: 0 }), /fadingSpins: release must be positive and finite, got 0/);
  assert.throws(
    () => make({})()(new Int8Array(2), { seed: 1, stream: 1 }),
    /fadingSpins: the state must be \[3\], got 2 numbers/,
  );
});
