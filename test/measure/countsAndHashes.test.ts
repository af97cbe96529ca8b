// Samples say their graph and their energy by hash, and their counts must be those of their states: every
// measure looks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bond,
  certify,
  complete,
  concat,
  configurationalTemperature,
  correlationLength,
  effectiveDraws,
  energyOf,
  firstPassages,
  gaussianEntropy,
  hamiltonian,
  heatBath,
  interaction,
  landauerLedger,
  langevin,
  localTemperatures,
  modeVariances,
  observe,
  ring,
  type Samples,
  sample,
  separated,
  spinTemperature,
  splitBrain,
} from '../lab.js';

const run = { chains: 16, burnIn: 10, steps: 40, seed: 1 };
const springs = hamiltonian(ring(6), [interaction()]);
const samples = await sample(langevin(springs, { temperature: 1, timeStep: 0.05 }), run);
const ising = hamiltonian(ring(6), [bond((a, b, J) => a.dot(b).mul(J).neg(), { J: 1 })]);
const spins = await sample(heatBath(ising, { temperature: 2 }), run);
const elsewhere = hamiltonian(complete(6), [interaction()]);

test('an energy of another graph of the same size is refused, another energy on the same graph is an observable', () => {
  assert.throws(
    () => observe(samples, energyOf(elsewhere)),
    /^RangeError: observe: the observable must be of the graph that was sampled/,
  );
  const [once, thrice] = [springs, springs.with({ J: 3 })].map(
    (energy) => observe(samples, energyOf(energy))[0].at(-1)!,
  );
  assert.ok(Math.abs(thrice / once - 3) < 1e-12);
  assert.ok(Number.isFinite(observe(samples, (state) => elsewhere.energy64(state))[0][0]), 'on purpose');
  assert.throws(
    () => correlationLength(samples, complete(6)),
    /^RangeError: correlationLength: the modes must be of the graph/,
  );
});

test('a temperature and a certificate need the energy that was sampled, or samples that name none', () => {
  const other = springs.with({ J: 3 });
  const joined = concat([samples]);
  for (const own of [samples, joined]) {
    assert.throws(
      () => configurationalTemperature(own, other),
      /^RangeError: configurationalTemperature: the energy must be the one that was/,
    );
    assert.throws(
      () => certify(own, other),
      /^RangeError: certify: the energy must be the one that was sampled .*, got another/,
    );
    assert.throws(() => certify(own, elsewhere), /certify: the energy must be/);
    certify(own, hamiltonian(ring(6), [interaction({ J: 1 })])); // the same, made again
  }
  for (const measure of [spinTemperature, localTemperatures]) {
    assert.throws(
      () => measure(spins, ising.with({ J: 2 })),
      new RegExp(`^RangeError: ${measure.name}: the energy must be the one that was`),
    );
  }
  const { estimate } = configurationalTemperature({ ...samples, energy: undefined }, other);
  assert.ok(Math.abs(estimate / configurationalTemperature(samples, springs).estimate - 3) < 1e-9);
});

test('counts that are not those of the states are refused at once', () => {
  const measures: readonly [string, (lie: Samples) => unknown][] = [
    ['observe', (lie) => observe(lie, energyOf(springs))],
    ['certify', (lie) => certify(lie, springs)],
    ['configurationalTemperature', (lie) => configurationalTemperature(lie, springs)],
    ['modeVariances', (lie) => modeVariances(lie, [])],
    ['gaussianEntropy', (lie) => gaussianEntropy(lie)],
    ['correlationLength', (lie) => correlationLength(lie, ring(6))],
    ['concat', (lie) => concat([samples, lie])],
    ['separated', (lie) => separated(lie, 2)],
  ];
  const lies: readonly object[] = [
    { chains: 1e7 },
    { chains: 8 },
    { chains: 15.5 },
    { chains: NaN },
    { nodes: 1e9 },
    { nodes: 0 },
    { nodes: Infinity },
    { components: 2 },
    { components: -1 },
    { states: [] as number[], nodes: -6 },
    { states: [new Float32Array(5)] },
    { states: 5 },
    { states: null },
  ];
  const begun = performance.now();
  for (const [name, measure] of measures) {
    for (const lie of lies)
      assert.throws(
        () => measure({ ...samples, ...lie }),
        new RegExp(`^(Range|Type)Error: ${name}: `),
        JSON.stringify(lie),
      );
  }
  assert.ok(performance.now() - begun < 5000);
  assert.throws(() => concat([null as never]), /^TypeError: concat: run 0 must have a list of states/);
  for (const lists of [{ steps: [1] }, { temperatures: null }, { steps: 5 }]) {
    assert.throws(
      () => concat([{ ...samples, ...lists } as never, samples], { along: 'time' }),
      /^(Range|Type)Error: concat: (steps|temperatures) of run 0 must/,
    );
  }
});

test('the parts of a union are under no known energy', () => {
  const { graph, energy, nodes } = separated(samples, 2);
  assert.deepEqual([graph, energy, nodes], [undefined, undefined, 3]);
});

test('an observable returns a number', () => {
  for (const nothing of [() => undefined, () => 'high', () => [1]]) {
    assert.throws(
      () => observe(samples, nothing as never),
      /^TypeError: observe: the observable must return a number, got/,
    );
  }
});

test('spins have no slope', () => {
  assert.throws(
    () => configurationalTemperature(spins, ising),
    /^RangeError: configurationalTemperature: the field must be continuous/,
  );
});

test('laws, modes and states are finite numbers of the right kind', () => {
  assert.throws(
    () =>
      effectiveDraws([
        [5, 5],
        [6, 4],
      ]),
    /^RangeError: effectiveDraws: probabilities must sum to 1, got 10/,
  );
  assert.throws(
    () => modeVariances(samples, [new Float64Array(6).fill(NaN)]),
    /^RangeError: modeVariances: mode 0\[0\] must be finite, got NaN/,
  );
  assert.throws(
    () => splitBrain(ring(3), [1, NaN, 1]),
    /^RangeError: splitBrain: state\[1\] must be finite, got NaN/,
  );
  assert.throws(
    () => firstPassages([[0, 1], [0]], [1, 2], () => true),
    /^RangeError: firstPassages: a series must have one value per step \(2\), got 1/,
  );
  const price = { joules: NaN, bits: 1, source: 'a', year: 2000 };
  assert.throws(
    () => landauerLedger({ a: 1 }, { prices: { a: price } }),
    /^RangeError: landauerLedger: the joules of a must be finite/,
  );
});
