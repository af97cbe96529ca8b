// Philox at length, 1.1e8 numbers a test (2e6 in the fast subset): for each of 32 (16) seeds a chi-square
// against exact cell probabilities, and these p-values uniform over seeds. Uniforms: the 16 high bits, the 16
// low bits of the word, and pairs of neighbouring lanes, blocks, nodes, steps and seeds on a 64 x 64 square.
// Normals: cells of 1/100 deviation by the error function, mean and mean square, pairs in octants of Phi(z),
// counts beyond 4 and 5 deviations. Source: Salmon et al., DOI 10.1145/2063384.2063405; src/randomness.
import { before, test } from 'node:test';
import { normals as tensorNormals, ready } from '../../src/tensors/index.js';
import { normals, Purpose, randomKey, uniformGenerator, uniforms } from '../../src/randomness/index.js';
import { long, seedOf } from './scale.js';
import {
  anyOf,
  calibrated,
  calibratedScores,
  countsByChance,
  igam,
  igamc,
  likely,
  ndtr,
} from './statistics.js';

before(() => ready());

const [seeds, steps, nodes, lanes] = [long(32, 16), long(27, 1), 128, 1024];
const count = nodes * lanes;
const base = uniformGenerator(seedOf('randomness'));
const words = Array.from({ length: seeds }, () => Math.floor(base() * 2 ** 31)); // s and s + 1 are both used

const flat = (counts: Float64Array): Float64Array =>
  new Float64Array(counts.length).fill(counts.reduce((sum, c) => sum + c, 0) / counts.length);

test('uniforms: high bits, low bits, and pairs along every axis', () => {
  const u = (seed: number, step: number): Float64Array =>
    uniforms(new Float64Array(count), randomKey(seed), { step, purpose: Purpose.acceptance, nodes, lanes });
  const names = ['high bits', 'low bits', 'lanes', 'blocks', 'nodes', 'steps', 'seeds'];
  const ps = names.map((): number[] => []);
  for (const seed of words) {
    const [high, low] = [new Float64Array(2 ** 16), new Float64Array(2 ** 16)];
    const [byLane, byBlock, byNode, byStep, bySeed] = Array.from(
      { length: 5 },
      () => new Float64Array(2 ** 12),
    );
    const first = new Uint16Array(count); // six high bits of each number
    const before = Uint16Array.from(u(seed, 0), (x) => x * 64);
    for (let step = 1; step <= steps; step++) {
      const [now, next] = [u(seed, step), u(seed + 1, step)];
      for (let at = 0; at < count; at++) {
        const x = now[at];
        first[at] = x * 64;
        high[Math.floor(x * 65536)]++;
        low[Math.floor(x * 4294967296) & 0xffff]++;
        bySeed[64 * first[at] + Math.floor(next[at] * 64)]++;
      }
      for (let at = 0; at < count; at += 2) byLane[64 * first[at] + first[at + 1]]++;
      for (let at = 0; at < count; at += 8)
        for (let i = at; i < at + 4; i++) byBlock[64 * first[i] + first[i + 4]]++;
      for (let at = 0; at < count; at += 2 * lanes) {
        for (let i = at; i < at + lanes; i++) byNode[64 * first[i] + first[i + lanes]]++;
      }
      if (step % 2 === 1) for (let at = 0; at < count; at++) byStep[64 * before[at] + first[at]]++; // disjoint pairs
      before.set(first);
    }
    const tables = [high, low, byLane, byBlock, byNode, byStep, bySeed];
    tables.forEach((cells, k) => ps[k].push(countsByChance(cells, flat(cells))));
  }
  names.forEach((name, k) => calibrated(name, ps[k]));
});

const engines = {
  'normals in float64': (seed: number, step: number) =>
    normals(new Float64Array(count), randomKey(seed), { step, purpose: Purpose.noise, nodes, lanes }),
  "the engine's normals": (seed: number, step: number) => {
    const tensor = tensorNormals(randomKey(seed), {
      step,
      purpose: Purpose.noise,
      shape: [nodes, 2, lanes / 2],
    });
    const values = tensor.dataSync<'float32'>();
    tensor.dispose();
    return values;
  },
};
for (const [name, fill] of Object.entries(engines)) {
  test(`${name}: cells, pairs, tails`, () => {
    const [reach, fine] = [7, 100];
    const below = (i: number): number => ndtr(i / fine - reach);
    const law = Float64Array.from({ length: 2 * reach * fine }, (_, i) => below(i + 1) - below(i));
    const octant = Uint8Array.from(law, (_, i) => Math.min(7, Math.floor(8 * below(i + 0.5))));
    const share = new Float64Array(8);
    law.forEach((p, i) => (share[octant[i]] += p));
    const squares = Float64Array.from({ length: 64 }, (_, k) => share[k >> 3] * share[k & 7]);
    const ps: [cells: number[], byLane: number[], byNode: number[]] = [[], [], []];
    const [sums, squareSums]: [number[], number[]] = [[], []];
    const beyond = new Float64Array(14); // [floor z], below -4 and from 4 on
    for (const seed of words) {
      const [cells, byLane, byNode] = [
        new Float64Array(law.length),
        new Float64Array(64),
        new Float64Array(64),
      ];
      const part = new Uint8Array(count);
      let [sum, square] = [0, 0];
      for (let step = 0; step < steps; step++) {
        const z = fill(seed, step);
        for (let at = 0; at < count; at++) {
          const cell = Math.floor((z[at] + reach) * fine);
          cells[cell]++;
          part[at] = octant[cell];
          sum += z[at];
          square += z[at] * z[at];
        }
        for (let at = 0; at < count; at += 2) byLane[8 * part[at] + part[at + 1]]++;
        for (let at = 0; at < count; at += 2 * lanes) {
          for (let i = at; i < at + lanes; i++) byNode[8 * part[i] + part[i + lanes]]++;
        }
      }
      const total = count * steps;
      sums.push(sum / Math.sqrt(total));
      squareSums.push((square - total) / Math.sqrt(2 * total));
      [cells, byLane, byNode].forEach((counts, k) =>
        ps[k].push(
          countsByChance(
            counts,
            (k === 0 ? law : squares).map((p) => (p * total) / (k === 0 ? 1 : 2)),
          ),
        ),
      );
      cells.forEach((n, i) => (beyond[Math.floor(i / fine)] += n));
    }
    ['cells', 'pairs of lanes', 'pairs of nodes'].forEach((what, k) => calibrated(what, ps[k]));
    calibratedScores('mean', sums);
    calibratedScores('mean square', squareSums);
    for (const [far, near] of [
      [[0, 1], 2],
      [[12, 13], 11],
    ] as const) {
      // beyond 5, between 4 and 5
      const [n5, n4] = [beyond[far[0]] + beyond[far[1]], beyond[near]];
      const means = [ndtr(-5), ndtr(-4) - ndtr(-5)].map((p) => p * seeds * steps * count);
      const p = anyOf([poissonByChance(n5, means[0]), poissonByChance(n4, means[1])]);
      likely(`beyond 5 and 4 deviations`, p, `(${n5}, ${n4} of ${means.join(', ')})`);
    }
  });
}

/** Two-sided: P(N <= n) and P(N >= n) of a Poisson law are incomplete gamma functions. */
const poissonByChance = (n: number, mean: number): number =>
  Math.min(1, 2 * Math.min(igamc(n + 1, mean), n === 0 ? 1 : igam(n, mean)));
