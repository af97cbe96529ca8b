// Samples are exact draws, so the temperature that is read off them is known.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Matrix, solve } from 'ml-matrix';
import { bond, hamiltonian, interaction, site } from '../../src/energies/index.js';
import { fromEdges, laplacian, ring, smallWorld } from '../../src/graphs/index.js';
import {
  type ChainSamples,
  configurationalTemperature,
  magnetisation,
  observe,
  spinTemperature,
} from '../../src/measure/index.js';
import { replicasOf } from '../../src/measure/chains/replicas.js';
import { exactField, gaussianEnergy } from './gaussianField.js';
import { angleChain, angleEnergy, independentNodes } from './independentNodes.js';
import { isingDraws, isingEnergy } from './isingDraws.js';

const graph = smallWorld(10, 4, 0.3, { seed: 1 });
const HALF = 4 / 1.96; // 4 standard errors in half widths of a 95 % interval

/** Within 4 standard errors of `expected`, and precise enough to tell. */
function holds(
  { estimate, interval: [low, high] }: { estimate: number; interval: readonly [number, number] },
  expected: number,
): void {
  assert.ok(low < estimate && estimate < high);
  const off =
    estimate < expected
      ? (expected - estimate) / (high - estimate)
      : (estimate - expected) / (estimate - low);
  assert.ok(off < HALF, `${estimate} [${low}, ${high}], expected ${expected}`);
  assert.ok(high - low < 0.15 * expected, `the interval [${low}, ${high}] must resolve 15 %`);
}

test('replicas: every record once, blocks of 20 autocorrelation times at least', () => {
  const replicas = replicasOf(3, 205, 2.5);
  assert.equal(replicas.length, 3 * 4);
  for (let chain = 0; chain < 3; chain++) {
    const own = replicas.filter((replica) => replica.chain === chain);
    assert.deepEqual([own[0].from, own.at(-1)!.to], [0, 205]);
    own.slice(1).forEach((replica, i) => assert.equal(replica.from, own[i].to));
    own.forEach(({ from, to }) => assert.ok(to - from >= 50));
  }
  assert.equal(replicasOf(3, 30, 2.5).length, 3);
  assert.equal(replicasOf(3, 30, NaN).length, 3);
});

test('configurational temperature of the free field', () => {
  for (const temperature of [0.1, 3]) {
    holds(
      configurationalTemperature(
        exactField(graph, { temperature, components: 2, seed: 3 }),
        gaussianEnergy(graph),
      ),
      temperature,
    );
  }
});

test('scaling the field by c scales the temperature of a quadratic energy by c^2', () => {
  const samples = exactField(graph, { seed: 4 });
  const scaled = { ...samples, states: samples.states.map((state) => state.map((x) => 2 * x)) };
  const energy = gaussianEnergy(graph);
  const ratio =
    configurationalTemperature(scaled, energy).estimate /
    configurationalTemperature(samples, energy).estimate;
  assert.ok(Math.abs(ratio - 4) < 1e-6, `${ratio}`);
});

test('a centred field under an energy that is not blind to a shift', () => {
  // x = P z with z of precision L + kappa: the law of the field confined to mean zero
  const kappa = 8;
  // and a uniform force, which mean zero keeps from pulling
  const field = site((x) =>
    x
      .squaredNorm()
      .mul(kappa / 2)
      .sub(x.sum().mul(5)),
  );
  const energy = hamiltonian(graph, [interaction({ J: 0.5 }), field]);
  const stiffness = Matrix.add(laplacian(graph), Matrix.eye(10).mul(kappa));
  const whole = exactField(graph, { stiffness, components: 2, seed: 5 });
  const lanes = 16;
  const centred: ChainSamples = {
    ...whole,
    gauge: 'centred',
    states: whole.states.map((state) =>
      state.map((x, at) => {
        let mean = 0;
        for (let i = at % lanes; i < state.length; i += lanes) mean += state[i] / 10;
        return x - mean;
      }),
    ),
  };
  holds(configurationalTemperature(centred, energy), 1);
  const forgotten = configurationalTemperature({ ...centred, gauge: 'free' }, energy);
  assert.ok(forgotten.interval[0] > 1.2, 'without the projection the force on the mean must show');
});

test('pinned nodes are left out', () => {
  // nodes 0 and 1 held at -3 and 3: the others fluctuate about the harmonic interpolation
  const L = laplacian(graph);
  const [held, rest] = [
    [0, 1],
    [2, 3, 4, 5, 6, 7, 8, 9],
  ];
  const stiffness = L.selection(rest, rest);
  const interpolated = solve(stiffness, L.selection(rest, held).mmul(Matrix.columnVector([-3, 3])))
    .neg()
    .to1DArray();
  const moving = exactField(graph, { stiffness, seed: 6 });
  const samples: ChainSamples = {
    ...moving,
    nodes: 10,
    gauge: { pinned: held },
    states: moving.states.map((state) =>
      Float32Array.from({ length: 80 }, (_, at) =>
        at < 16 ? (at < 8 ? -3 : 3) : state[at - 16] + interpolated[Math.floor(at / 8) - 2],
      ),
    ),
  };
  holds(configurationalTemperature(samples, gaussianEnergy(graph)), 1);
  assert.ok(
    configurationalTemperature({ ...samples, gauge: 'free' }, gaussianEnergy(graph)).interval[0] > 1.2,
  );
});

test('configurational temperature of a double well, and of angles with windings', () => {
  const edges = ring(4);
  const well = hamiltonian(edges, [site((x) => x.squaredNorm().sub(1).square())]);
  holds(
    configurationalTemperature(
      independentNodes((x) => (x * x - 1) ** 2, 0.4),
      well,
    ),
    0.4,
  );

  holds(configurationalTemperature(angleChain(0.3), angleEnergy), 0.3);
});

test('one short chain gives no interval', () => {
  const one = exactField(graph, { chains: 1, records: 30, seed: 7 });
  assert.throws(
    () => configurationalTemperature(one, gaussianEnergy(graph)),
    /at least 2 chains or 40 autocorrelation times of one, got 1 of 30/,
  );
  assert.throws(
    () => configurationalTemperature(one, gaussianEnergy(graph), { level: 2 }),
    /level must be in \(0, 1\), got 2/,
  );
});

test('intervals of both temperatures cover at their level', () => {
  const [runs, level] = [60, 0.8];
  const spins = ring(6);
  const energies = { field: gaussianEnergy(graph), spins: isingEnergy(spins) };
  const covered = { field: 0, spins: 0 };
  for (let seed = 0; seed < runs; seed++) {
    const [a, b] = configurationalTemperature(exactField(graph, { records: 60, seed }), energies.field, {
      level,
    }).interval;
    if (a <= 1 && 1 <= b) covered.field++;
    const [c, d] = spinTemperature(isingDraws(spins, { temperature: 2, records: 60, seed }), energies.spins, {
      level,
    }).interval;
    if (c <= 2 && 2 <= d) covered.spins++;
  }
  const error = Math.sqrt((level * (1 - level)) / runs);
  for (const [name, count] of Object.entries(covered)) {
    assert.ok(Math.abs(count / runs - level) < 4 * error, `${name}: ${count} of ${runs}`);
  }
});

test('spin temperature: exact draws, a doubled energy, a hidden field', () => {
  const spins = ring(8, 4);
  const samples = isingDraws(spins, { temperature: 3, records: 400, seed: 1 });
  holds(spinTemperature(samples, isingEnergy(spins)), 3);
  const doubled = hamiltonian(spins, [bond((a, b) => a.dot(b).mul(-2))]);
  holds(spinTemperature(samples, doubled), 6);
  const biased = isingDraws(spins, { temperature: 3, field: 0.8, records: 400, seed: 1 });
  holds(spinTemperature(biased, isingEnergy(spins, 0.8)), 3);
  assert.ok(spinTemperature(biased, isingEnergy(spins)).interval[1] < 3);
});

test('spin temperature of independent spins in a field is h / artanh m', () => {
  const field = hamiltonian(ring(4), [site((s) => s.sum().mul(-0.7))]);
  const samples = isingDraws(
    fromEdges(
      4,
      [
        [0, 1],
        [2, 3],
      ],
      { couplings: [0, 0], connected: false },
    ),
    { temperature: 2, field: 0.7, seed: 1 },
  );
  const m = observe(samples, magnetisation)
    .flatMap((chain) => [...chain])
    .reduce((sum, x) => sum + x / 1600, 0);
  const { estimate } = spinTemperature(samples, field);
  assert.ok(Math.abs(estimate / (0.7 / Math.atanh(m)) - 1) < 1e-3, `${estimate}, ${0.7 / Math.atanh(m)}`);
});

test('spin temperature without a single flip is compatible with every low temperature', () => {
  const spins = ring(8);
  const up = { ...isingDraws(spins, { temperature: 0.1, field: 1, seed: 1 }), temperature: 0.3 };
  const {
    interval: [low, high],
  } = spinTemperature(up, isingEnergy(spins));
  assert.ok(low < 0.01 && high > 0.3 && high < 1, `[${low}, ${high}]`);
});

test('spin temperature refuses a continuous field', () => {
  assert.throws(
    () => spinTemperature(exactField(graph, { seed: 1 }), gaussianEnergy(graph)),
    /at most 16 distinct node values, got more/,
  );
});

test('the configurational temperature is not that of spins', () => {
  const spins = isingDraws(ring(6), { temperature: 2, seed: 1 });
  assert.throws(
    () => configurationalTemperature(spins, isingEnergy(ring(6))),
    /configurationalTemperature: the field must be continuous, got whole numbers/,
  );
});
