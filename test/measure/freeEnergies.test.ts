// Free energies from work: Gaussian work, whose reverse is Gaussian too by Crooks's relation (mean dF + s^2 /
// 2T there, -dF + s^2 / 2T back), ramps of the coupling of a free field (oracle O12), and integrals along a
// path.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rampWork } from '../../src/dynamics/index.js';
import { gaussianFreeField, rampFreeEnergy } from '../../src/exact/index.js';
import { complete, ring } from '../../src/graphs/index.js';
import { bennett, crooksLine, jarzynski, thermodynamicIntegration } from '../../src/measure/index.js';
import type { Estimate } from '../../src/statistics/index.js';
import { normals, Purpose, randomKey } from '../../src/randomness/index.js';

const draws = (length: number, stream: string): Float64Array =>
  normals(new Float64Array(length), randomKey(17, stream), {
    step: 0,
    purpose: Purpose.noise,
    nodes: length,
    lanes: 1,
  });

/** Work there (direction 1) or back (-1), of dissipation s^2 / 2T. */
const gaussianWork = (
  dF: number,
  s: number,
  T: number,
  direction: 1 | -1,
  runs: number,
  stream: string,
): Float64Array =>
  draws(runs, `${stream}, ${direction}`).map((z) => direction * dF + (s * s) / (2 * T) + s * z);

const holds = ({ interval: [low, high] }: Estimate, exact: number): boolean => low <= exact && exact <= high;

/** How many of the runs' intervals hold the value, within 4 standard errors of their level. */
function covers(what: string, estimates: readonly Estimate[], exact: number, level: number, slack = 0): void {
  const share = estimates.filter((estimate) => holds(estimate, exact)).length / estimates.length;
  const error = Math.sqrt((level * (1 - level)) / estimates.length);
  assert.ok(
    share > level - 4 * error - slack && share < level + 4 * error + slack,
    `${what}: ${share} at level ${level}`,
  );
}

const average = (estimates: readonly Estimate[]): [mean: number, error: number] => {
  const values = estimates.map(({ estimate }) => estimate);
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return [mean, Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0)) / values.length];
};

test('Gaussian work: intervals cover dF at their level', () => {
  const [dF, T, s, runs] = [-1.3, 0.7, 0.5, 300];
  const there = Array.from({ length: runs }, (_, k) => gaussianWork(dF, s, T, 1, 120, `${k}`));
  const back = Array.from({ length: runs }, (_, k) => gaussianWork(dF, s, T, -1, 60, `${k}`));
  covers(
    'Jarzynski',
    there.map((w) => jarzynski(w, T, { level: 0.9 })),
    dF,
    0.9,
  );
  covers(
    'BAR',
    there.map((w, k) => bennett(w, back[k], T, { level: 0.9 })),
    dF,
    0.9,
  );
  const [mean, error] = average(there.map((w, k) => bennett(w, back[k], T)));
  assert.ok(Math.abs(mean - dF) < 4 * error && error < 0.01, `${mean} +- ${error}`);
});

test("Jarzynski's bias at few runs is T (e^(s^2/T^2) - 1) / 2n, and the jackknife takes it off", () => {
  const [dF, T, s, n, runs] = [0.4, 1, 0.6, 16, 4000];
  const found = Array.from({ length: runs }, (_, k) =>
    jarzynski(gaussianWork(dF, s, T, 1, n, `few ${k}`), T),
  );
  const [mean, error] = average(found);
  const bias = found.reduce((sum, each) => sum + each.bias, 0) / runs;
  const expected = (T * Math.expm1((s / T) ** 2)) / (2 * n);
  assert.ok(Math.abs(mean - dF) < 4 * error + 0.15 * expected, `${mean} +- ${error}`);
  assert.ok(
    Math.abs(bias / expected - 1) < 0.25 && 4 * error < 1.5 * expected,
    `${bias}, expected ${expected}`,
  );
});

test('far from equilibrium few runs count, and Jarzynski is too high where BAR is not', () => {
  const [dF, T, s, n] = [2, 1, 4, 400]; // dissipation 8 T: e^8 runs are needed
  const [there, back] = [gaussianWork(dF, s, T, 1, n, 'far'), gaussianWork(dF, s, T, -1, n, 'far')];
  const many = Array.from({ length: 40 }, (_, k) => jarzynski(gaussianWork(dF, s, T, 1, n, `far ${k}`), T));
  const [mean, error] = average(many);
  assert.ok(mean > dF + 0.5 && mean - dF > 8 * error, `${mean} +- ${error}`);
  assert.ok(many.every(({ effectiveRuns }) => effectiveRuns < 30));
  assert.ok(holds(bennett(there, back, T, { level: 0.9999 }), dF));
  assert.throws(() => crooksLine(there, back, T), /must hold 40 runs of both directions/);
  const quick = Array.from({ length: 16 }, () => 1.5);
  assert.deepEqual([jarzynski(quick, T).estimate, Math.round(jarzynski(quick, T).effectiveRuns)], [1.5, 16]);
});

test('Crooks: slope 1 through dF, and another slope where the temperature is not that of the work', () => {
  const [dF, T, s, runs] = [0.8, 1.5, 1.2, 40];
  const line = (k: number, at = T) =>
    crooksLine(
      gaussianWork(dF, s, T, 1, 4000, `crooks ${k}`),
      gaussianWork(dF, s, T, -1, 3000, `crooks ${k}`),
      at,
      { level: 0.9 },
    );
  const lines = Array.from({ length: runs }, (_, k) => line(k));
  covers(
    'slope',
    lines.map(({ slope }) => slope),
    1,
    0.9,
    0.02,
  );
  covers(
    'crossing',
    lines.map(({ crossing }) => crossing),
    dF,
    0.9,
    0.02,
  );
  const [mean, error] = average(lines.map(({ slope }) => slope));
  assert.ok(Math.abs(mean - 1) < 4 * error && error < 0.01, `${mean} +- ${error}`);
  assert.ok(Math.abs(line(0, 1.2 * T).slope.estimate - 1.2) < 0.1);
});

test('ramps of a free field: O12, 1.7329 for K6 from 1 to 2', () => {
  const ramp = { temperature: 1, from: 1, to: 2, jumps: 10, duration: 0.3 };
  const exact = rampFreeEnergy({ ...ramp, nodeCount: 6 });
  const there = rampWork(complete(6), { ...ramp, runs: 6000, seed: 3 });
  const back = rampWork(complete(6), { ...ramp, from: 2, to: 1, runs: 6000, seed: 4 });
  for (const estimate of [
    jarzynski(there, 1, { level: 0.9999 }),
    bennett(there, back, 1, { level: 0.9999 }),
    crooksLine(there, back, 1, { level: 0.9999 }).crossing,
  ]) {
    assert.ok(
      holds(estimate, exact) && Math.abs(estimate.estimate / exact - 1) < 0.05,
      `${estimate.estimate}, exactly ${exact}`,
    );
  }
  assert.ok(holds(crooksLine(there, back, 1, { level: 0.9999 }).slope, 1));
  // the reverse direction has the opposite difference
  assert.ok(holds(bennett(back, there, 1, { level: 0.9999 }), -exact));
});

test('thermodynamic integration: dH/dJ = H / J of a free field, from J = 1 to 2; and the distance of the points', () => {
  const [T, nodes] = [0.8, 7];
  const F = (J: number): number => gaussianFreeField(ring(nodes), { temperature: T, J }).freeEnergy;
  const points = (count: number, noise: number) =>
    Array.from({ length: count }, (_, k) => {
      const x = 1 + k / (count - 1);
      return { x, values: draws(16, `J = ${x}`).map((z) => ((nodes - 1) * T) / (2 * x) + noise * z) };
    });
  const exact = F(2) - F(1);
  const found = thermodynamicIntegration(points(9, 0.2));
  assert.ok(holds(found, exact), `${found.interval.join()} and ${exact}`);
  const coarse = thermodynamicIntegration(points(3, 0));
  assert.ok(Math.abs(coarse.estimate - exact) > 0.4 * coarse.discretisation && holds(coarse, exact));
  assert.ok(coarse.discretisation > 10 * thermodynamicIntegration(points(9, 0)).discretisation);
  const runs = Array.from({ length: 200 }, (_, run) =>
    thermodynamicIntegration(
      [0, 0.3, 1].map((x) => ({ x, values: draws(64, `line ${run} ${x}`).map((z) => 2 * x + z) })),
      { level: 0.9 },
    ),
  );
  covers('a straight line', runs, 1, 0.9, 0.08);
  const half = runs.reduce(
    (sum, { interval: [low, high], discretisation }) =>
      sum + ((high - low) / 2 - discretisation) / runs.length,
    0,
  );
  assert.ok(Math.abs(half / ((1.6449 * Math.hypot(0.15, 0.5, 0.35)) / 8) - 1) < 0.03, `${half}`); // trapezia weigh the ends half
});

test('names what is wrong', () => {
  const work = new Float64Array(16);
  assert.throws(() => jarzynski(work.slice(1), 1), /jarzynski: needs the work of at least 16 runs, got 15/);
  assert.throws(() => jarzynski(work.with(3, NaN), 1), /work must be finite, got NaN in run 3/);
  assert.throws(() => bennett(work, work, 0), /bennett: temperature must be positive/);
  assert.throws(
    () => thermodynamicIntegration([0, 1].map((x) => ({ x, values: work }))),
    /odd number of points, at least 3, got 2/,
  );
  assert.throws(
    () => thermodynamicIntegration([0, 2, 1].map((x) => ({ x, values: work }))),
    /x must ascend, got 2 before 1/,
  );
});

test('work far beyond the temperature, both ways: BAR solves its equation in logarithms', () => {
  // where all x are large, f(x) = e^(-x/T), and dF = (T / 2) ln(sum e^(-V/T) / sum e^(-W/T)) + (M as usual)
  for (const [high, back] of [
    [1000, 800],
    [5e3, 4e3],
    [1e6, 1e6 + 3],
  ]) {
    const [there, reverse] = [
      draws(40, 'there').map((z) => high + 0.1 * z),
      draws(40, 'back').map((z) => back + 0.1 * z),
    ];
    const least = (work: Float64Array): number =>
      -Math.log(work.reduce((sum, W) => sum + Math.exp(work[0] - W), 0)) + work[0];
    const {
      estimate,
      interval: [low, top],
    } = bennett(there, reverse, 1);
    assert.ok(Math.abs(estimate - (least(there) - least(reverse)) / 2) < 1e-9 * high, `${estimate}`);
    assert.ok(low < estimate && estimate < top && top - low < 1);
  }
  const [W, V] = [gaussianWork(2, 4, 1, 1, 400, 'far'), gaussianWork(2, 4, 1, -1, 200, 'far')];
  const [hot, cold] = [
    bennett(W, V, 1),
    bennett(
      W.map((w) => w / 1e3),
      V.map((v) => v / 1e3),
      1e-3,
    ),
  ]; // only work / T counts
  assert.ok(
    Math.abs(hot.estimate - 1e3 * cold.estimate) < 1e-9 &&
      Math.abs(hot.interval[0] - 1e3 * cold.interval[0]) < 1e-9,
  );
});
