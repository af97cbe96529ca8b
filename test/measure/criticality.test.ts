// Binder cumulant, susceptibility, heat capacity, correlation length, reweighting and crossings: independent
// draws from enumerated laws and from Gaussian fields against their exact values; crossings of curves known
// in advance.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { enumerateIsing, isingDistribution } from '../../src/exact/index.js';
import { laplacianModes, ring, smallWorld } from '../../src/graphs/index.js';
import {
  binderCumulant,
  binderCurve,
  type ChainSamples,
  correlationLength,
  crossing,
  energyOf,
  heatCapacity,
  magnetisation,
  type MeasuredCurve,
  observe,
  reweight,
  susceptibility,
} from '../../src/measure/index.js';
import { normals, Purpose, randomKey } from '../../src/randomness/index.js';
import { isingDraws, isingEnergy } from './isingDraws.js';

const near = (actual: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual}, expected ${expected} within ${tolerance}`);

/** The estimate is within 4 standard errors, and these are small enough to see a tenth. */
function agrees(
  what: string,
  { estimate, interval: [low, high] }: { estimate: number; interval: readonly [number, number] },
  exact: number,
  resolution = 0.1,
): void {
  const error = (high - low) / 2 / 2.04; // Student's t of some 31 degrees
  assert.ok(
    error > 0 && error < (resolution * Math.abs(exact)) / 2,
    `${what}: error ${error}, exact ${exact}`,
  );
  near(estimate, exact, 4 * error);
}

const graph = smallWorld(10, 4, 0.3, { seed: 4 });
const momentOf = (temperature: number, f: (m: number) => number): number =>
  isingDistribution(graph, { temperature }).reduce((sum, p, s) => {
    let up = 0;
    for (let i = 0; i < 10; i++) up += (s >> i) & 1;
    return sum + p * f((2 * up - 10) / 10);
  }, 0);

test('Binder cumulant, susceptibility, heat capacity: the enumerated system', () => {
  for (const temperature of [2.5, 4, 8]) {
    const samples = isingDraws(graph, { temperature, chains: 32, records: 400, seed: `T = ${temperature}` });
    const m = observe(samples, magnetisation);
    const [m1, m2, m4] = [Math.abs, (x: number) => x ** 2, (x: number) => x ** 4].map((f) =>
      momentOf(temperature, f),
    );
    agrees('U', binderCumulant(m), 1 - m4 / (3 * m2 ** 2));
    agrees('chi', susceptibility(m, { nodes: 10, temperature }), (10 * (m2 - m1 ** 2)) / temperature);
    const exact = enumerateIsing(graph, { temperature }).energyVariance / (10 * temperature ** 2);
    agrees(
      'C',
      heatCapacity(observe(samples, energyOf(isingEnergy(graph))), { nodes: 10, temperature }),
      exact,
    );
  }
});

test('Binder far above the transition: a Gaussian m of n components has 1 - (n + 2) / (3 n)', () => {
  // the moments of |m| are those of n exact Gaussian components: <m^2> = n, <m^4> = n (n + 2)
  const [chains, records] = [64, 2000];
  for (const [n, exact] of [
    [1, 0],
    [2, 1 / 3],
    [3, 4 / 9],
    [10, 0.6],
  ]) {
    const draw = { step: n, purpose: Purpose.noise, nodes: chains * records, lanes: n };
    const z = normals(new Float64Array(chains * records * n), randomKey('binder'), draw);
    const lengths = Array.from({ length: chains }, (_, c) =>
      Array.from({ length: records }, (_record, r) =>
        Math.hypot(...z.subarray((c * records + r) * n, (c * records + r + 1) * n)),
      ),
    );
    const {
      estimate,
      interval: [low, high],
    } = binderCumulant(lengths);
    const error = (high - low) / 4;
    assert.ok(error < 0.01, `error ${error}`);
    near(estimate, exact, 4 * error);
  }
});

test('Binder: 2/3 where all agree, 0 for a Gaussian, and the jackknife takes the bias of short chains out', () => {
  near(binderCumulant(Array.from({ length: 16 }, () => [1, -1])).estimate, 2 / 3, 1e-12);
  const draws = (stream: number, length: number): Float64Array =>
    normals(new Float64Array(length), randomKey(7, stream), {
      step: 0,
      purpose: Purpose.noise,
      nodes: length,
      lanes: 1,
    });
  const {
    estimate,
    interval: [low, high],
  } = binderCumulant(Array.from({ length: 64 }, (_, c) => draws(c, 500)));
  assert.ok(low < 0 && 0 < high && high - low < 0.05, `${estimate} [${low}, ${high}]`);
  const short = Array.from(
    { length: 400 },
    (_, k) => binderCumulant(Array.from({ length: 16 }, (_row, c) => draws(1000 + 16 * k + c, 2))).estimate,
  );
  const mean = short.reduce((sum, x) => sum + x, 0) / 400;
  near(mean, 0, (4 * Math.sqrt(short.reduce((sum, x) => sum + (x - mean) ** 2, 0))) / 400 + 0.012);
});

test('intervals cover the exact cumulant at their level', () => {
  const [runs, temperature] = [400, 4];
  const exact = 1 - momentOf(temperature, (m) => m ** 4) / (3 * momentOf(temperature, (m) => m ** 2) ** 2);
  const covered = Array.from(
    { length: runs },
    (_, seed) =>
      binderCumulant(
        observe(isingDraws(graph, { temperature, chains: 16, records: 30, seed }), magnetisation),
        { level: 0.9 },
      ).interval,
  ).filter(([low, high]) => low <= exact && exact <= high).length;
  assert.ok(Math.abs(covered / runs - 0.9) < 4 * Math.sqrt(0.09 / runs), `${covered} of ${runs}`);
});

test('correlation length: a Gaussian field of mass kappa on any graph, and the Ising ring', () => {
  const world = smallWorld(20, 4, 0.2, { seed: 2 });
  const { eigenvalues, modes } = laplacianModes(world);
  const [kappa, chains, records] = [0.5, 64, 200];
  const draw = (record: number): Float32Array => {
    const xi = normals(new Float64Array(20 * chains), randomKey(3), {
      step: record,
      purpose: Purpose.noise,
      nodes: 20,
      lanes: chains,
    });
    const state = new Float32Array(20 * chains);
    for (let k = 0; k < 20; k++) {
      for (let at = 0; at < state.length; at++) {
        state[at] +=
          (modes[k][Math.floor(at / chains)] * xi[k * chains + (at % chains)]) /
          Math.sqrt(eigenvalues[k] + kappa);
      }
    }
    return state;
  };
  const samples: ChainSamples = {
    sampler: 'draws',
    temperature: 1,
    temperatures: [],
    nodes: 20,
    components: 1,
    chains,
    gauge: 'free',
    steps: [],
    states: Array.from({ length: records }, (_, record) => draw(record)),
    acceptance: undefined,
  };
  agrees('Gaussian', correlationLength(samples, world), Math.SQRT2, 0.2);

  const [N, temperature] = [10, 1.5]; // <s_0 s_r> = (t^r + t^(N - r)) / (1 + t^N)
  const t = Math.tanh(1 / temperature);
  const S = (k: number): number =>
    Array.from(
      { length: N },
      (_, r) => (Math.cos((2 * Math.PI * k * r) / N) * (t ** r + t ** (N - r))) / (1 + t ** N),
    ).reduce((sum, x) => sum + x, 0);
  const exact = Math.sqrt(S(0) / S(1) - 1) / (2 * Math.sin(Math.PI / N));
  agrees(
    'Ising ring',
    correlationLength(isingDraws(ring(N), { temperature, chains: 32, records: 400, seed: 1 }), ring(N)),
    exact,
  );
});

test('reweighting: the exact averages of other temperatures, and a refusal too far away', () => {
  const samples = isingDraws(graph, { temperature: 4, chains: 32, records: 600, seed: 6 });
  const H = observe(samples, energyOf(isingEnergy(graph)));
  for (const to of [3.2, 4, 5.5]) {
    const found = reweight(H, { energies: H, from: 4, to });
    agrees(`T = ${to}`, found, enumerateIsing(graph, { temperature: to }).meanEnergy);
    assert.ok(found.effectiveFraction <= 1 && found.effectiveFraction > 0.3);
  }
  near(reweight(H, { energies: H, from: 4, to: 4 }).effectiveFraction, 1, 1e-12);
  assert.throws(
    () => reweight([[1], ...H.slice(1)], { energies: H, from: 4, to: 5 }),
    /same chains and records/,
  );
  const cold = isingDraws(smallWorld(16, 4, 0.1, { seed: 1 }), {
    temperature: 50,
    chains: 16,
    records: 300,
    seed: 2,
  });
  const levels = observe(cold, energyOf(isingEnergy(smallWorld(16, 4, 0.1, { seed: 1 }))));
  assert.throws(
    () => reweight(levels, { energies: levels, from: 50, to: 0.5 }),
    /only .* % of the records count/,
  );
});

/** y = slope (x - root) + noise, the noise of a group common to its points or not. */
function line(
  root: number,
  slope: number,
  noise: number,
  seed: number,
  { groups = 16, x = [1, 2, 3, 4, 5], common = false } = {},
): MeasuredCurve {
  const xi = normals(new Float64Array(groups * x.length), randomKey(seed, 'line'), {
    step: 0,
    purpose: Purpose.noise,
    nodes: groups * x.length,
    lanes: 1,
  });
  return {
    x,
    groups: Array.from({ length: groups }, (_, g) =>
      x.map((at, k) => slope * (at - root) + noise * xi[g * x.length + (common ? 0 : k)]),
    ),
  };
}

test('crossing: exact lines cross where they cross, whatever their points', () => {
  const at = fc.double({ min: 1.5, max: 4.5, noNaN: true });
  fc.assert(
    fc.property(at, fc.double({ min: 0.1, max: 3, noNaN: true }), (root, slope) => {
      const found = crossing(line(root, slope, 0, 1), line(root, -slope, 0, 1, { x: [0.5, 1.7, 3.3, 4.8] }), {
        resamples: 100,
      });
      near(found.estimate, root, 1e-9);
      assert.equal(found.once, 1);
      near(
        crossing(line(root, slope, 0, 1), line(root, 0, 0, 1), { resamples: 100, degree: 1 }).estimate,
        root,
        1e-9,
      );
    }),
    { numRuns: 40 },
  );
});

test('crossing: its interval covers the truth at its level, correlated points or not', () => {
  const runs = 300;
  for (const common of [false, true]) {
    const covered = Array.from(
      { length: runs },
      (_, run) =>
        crossing(line(3.2, 1, 0.3, 2 * run, { common }), line(3.2, 2, 0.3, 2 * run + 1, { common }), {
          level: 0.9,
          resamples: 400,
          seed: run,
        }).interval,
    ).filter(([low, high]) => low <= 3.2 && 3.2 <= high).length;
    assert.ok(
      Math.abs(covered / runs - 0.9) < 4 * Math.sqrt(0.09 / runs),
      `${covered} of ${runs}, common ${common}`,
    );
  }
});

test('crossing: none, several, and near the end of the range are said so', () => {
  const none = crossing(line(9, 1, 0.01, 1), line(9, 2, 0.01, 2));
  assert.deepEqual([none.found, none.roots.length], [false, 0]);
  assert.ok(Number.isNaN(none.estimate) && /do not cross between 1 and 5/.test(none.why));
  const wave: MeasuredCurve = { x: [1, 2, 3, 4], groups: Array.from({ length: 16 }, () => [1, -1, 1, -1]) };
  const several = crossing(wave, { x: [1, 4], groups: Array.from({ length: 16 }, () => [0, 0]) });
  assert.deepEqual(
    several.roots.map((x) => Number(x.toFixed(9))),
    [1.5, 2.5, 3.5],
  );
  assert.ok(!several.found && /cross 3 times/.test(several.why));
  for (const [root, open, closed] of [
    [4.7, 1, 0],
    [1.3, 0, 1],
  ]) {
    // the crossing may lie beyond the end
    const edge = crossing(line(root, 0.4, 0.3, 5), line(root, 0, 0.3, 6), { seed: 3 });
    assert.ok(edge.found && edge.once < 0.95, `${edge.once}, ${edge.roots.join()}`);
    assert.ok(
      !Number.isFinite(edge.interval[open]) && Number.isFinite(edge.interval[closed]),
      edge.interval.join(),
    );
    assert.ok(edge.interval[0] < edge.estimate && edge.estimate < edge.interval[1]);
  }
  assert.throws(
    () => crossing(line(3, 1, 0, 1, { groups: 8 }), line(3, 2, 0, 1)),
    /at least 16 groups per curve, got 8/,
  );
  assert.throws(() => crossing(line(3, 1, 0, 1), line(3, 2, 0, 1, { x: [6, 7] })), /must share a range/);
});

test('binderCurve: with reweighting between the runs it goes through the exact cumulants', () => {
  const temperatures = [3, 4, 5.5];
  const runs = temperatures.map((temperature) =>
    isingDraws(graph, { temperature, chains: 32, records: 500, seed: `T = ${temperature}` }),
  );
  const magnetisations = runs.map((samples) => observe(samples, magnetisation));
  const H = runs.map((samples) => observe(samples, energyOf(isingEnergy(graph))));
  const at = [3, 3.4, 3.7, 4.5, 5];
  const curve = binderCurve({ temperatures, magnetisations, energies: H, at });
  assert.equal(curve.groups[0].length, 3 * at.length);
  const flat: MeasuredCurve = { x: [3, 5], groups: Array.from({ length: 16 }, () => [0.4, 0.4]) };
  const exact = (T: number): number => 1 - momentOf(T, (m) => m ** 4) / (3 * momentOf(T, (m) => m ** 2) ** 2);
  let [low, high] = [3, 5];
  while (high - low > 1e-9)
    [low, high] = exact((low + high) / 2) > 0.4 ? [(low + high) / 2, high] : [low, (low + high) / 2];
  agrees('U = 0.4', crossing(curve, flat, { seed: 2 }), low, 0.2);
  assert.throws(() => binderCurve({ temperatures, magnetisations, at }), /need the energies/);
  const hot = { temperatures: [5.5], magnetisations: [magnetisations[2]], energies: [H[2]] };
  assert.throws(() => binderCurve({ ...hot, at: [0.6, 5] }), /sample nearer to 0.6/);
});
