// The certificate as a whole. On exact draws every finding is a false alarm, allowed in 1 % of runs; the
// rates over 200 runs of the real samplers are printed by `emtd certify`.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gaussian, langevin, metropolis, sample } from '../../src/dynamics/index.js';
import { bond, hamiltonian, interaction, site } from '../../src/energies/index.js';
import { boltzmannLaw, enumerateIsing } from '../../src/exact/index.js';
import { centred, constantField, pinned } from '../../src/fields/index.js';
import { ring, smallWorld } from '../../src/graphs/index.js';
import { certify, type ChainSamples } from '../../src/measure/index.js';
import { normals, Purpose, randomKey, uniformGenerator } from '../../src/randomness/index.js';
import { exactField, gaussianEnergy } from './gaussianField.js';
import { angleChain, angleEnergy } from './independentNodes.js';
import { isingDraws, isingEnergy } from './isingDraws.js';

const graph = smallWorld(10, 4, 0.3, { seed: 1 });
const energy = gaussianEnergy(graph);
const run = (seed: number, options: object = {}): ChainSamples =>
  exactField(graph, { components: 2, seed, ...options });
const change = (
  samples: ChainSamples,
  value: (x: number, at: number, record: number) => number,
): ChainSamples => ({
  ...samples,
  states: samples.states.map((state, record) => state.map((x, at) => value(x, at, record))),
});
/** All runs are flagged, each with a finding that says so. */
function rejected(make: (seed: number) => ChainSamples, says: RegExp, of = energy): void {
  for (let seed = 1; seed <= 4; seed++) {
    const { passed, findings } = certify(make(seed), of);
    assert.ok(
      !passed && findings.some((finding) => says.test(finding)),
      `seed ${seed}: ${findings.join('; ') || 'nothing found'}`,
    );
  }
}

test('correct runs: flagged in 1 % at most', () => {
  const flagged = Array.from({ length: 25 }, (_, seed) => certify(run(seed), energy)).filter(
    ({ passed }) => !passed,
  );
  // more than 3 of 25 have a probability of 1e-4 at 1 %
  assert.ok(flagged.length <= 3, flagged.flatMap(({ findings }) => findings).join('; '));
});

test('the numbers of a certificate, and how it shows itself', () => {
  const certificate = certify(run(1), energy);
  const {
    temperature: {
      interval: [low, high],
    },
    observables,
    tau,
    ess,
    rHat,
    tv,
    acceptance,
  } = certificate;
  assert.ok(low < 1 && 1 < high && high - low < 0.1);
  assert.deepEqual(Object.keys(observables), [
    'energy',
    'disagreement of component 0',
    'disagreement of component 1',
  ]);
  assert.ok(Math.abs(observables['energy'].estimate / 9 - 1) < 0.05, 'equipartition: d (N - 1) T / 2 = 9');
  assert.ok(tau > 0.8 && tau < 2 && ess > 800 && ess < 1700 && rHat > 0.99 && rHat < 1.02);
  assert.deepEqual([tv, acceptance], [undefined, undefined]);
  assert.match(
    String(certificate),
    /^Certificate of exact Ornstein-Uhlenbeck, 8 chains of 200 records: passed\n {2}configurational temperature +1/,
  );
  const wrong = certify({ ...run(1), temperature: 0.5, sampler: '<b>' }, energy);
  const shown = (wrong as unknown as Record<symbol, () => Record<string, string>>)[
    Symbol.for('Jupyter.display')
  ]();
  assert.equal(shown['text/plain'], String(wrong));
  assert.match(
    shown['text/html'],
    /&lt;b&gt;.*<table>.*<li>configurational temperature [\d.]+ \[[\d.]+, [\d.]+\] against the declared 0.5/s,
  );
});

test('planted: an energy or a noise off by a factor', () => {
  rejected(
    (seed) => ({ ...run(seed, { temperature: 2 }), temperature: 1 }),
    /^configurational temperature .* against the declared 1: energy differences off by a factor 2, or noise off by sqrt 2/,
  );
  rejected((seed) => ({ ...run(seed, { temperature: 1.3 }), temperature: 1 }), /off by a factor 1\.[23]/);
});

test('planted: a frozen component, a duplicated chain, a burn-in, a drift', () => {
  rejected((seed) => {
    const samples = run(seed);
    return change(samples, (x, at) => (Math.floor(at / 8) % 2 === 1 ? samples.states[0][at] : x));
  }, /^component 1 is frozen/);
  rejected((seed) => {
    const samples = run(seed);
    return change(samples, (x, at, record) => (at % 8 === 5 ? samples.states[record][at - 5] + 7 : x));
  }, /^chains 0 and 5 are not independent/);
  rejected((seed) => run(seed, { start: 3 }), /drifts: its first .* a burn-in was left in/);
  rejected((seed) => run(seed, { start: 0 }), /drifts: its first .* a burn-in was left in/);
  rejected(
    (seed) => change(run(seed), (x, _at, record) => x * (1 + record / 400)),
    /^chains are too short for energy: 200 records of autocorrelation time/,
  );
});

test('planted: a chain at another temperature, a node too hot, chains too short', () => {
  rejected(
    (seed) => change(run(seed), (x, at) => (at % 8 === 2 ? 1.5 * x : x)),
    /^chains disagree on energy: split R-hat/,
  );
  rejected((seed) => {
    const noise = normals(new Float64Array(16 * 200), randomKey(seed, 'hot'), {
      step: 0,
      purpose: Purpose.noise,
      nodes: 200,
      lanes: 16,
    });
    return change(run(seed), (x, at, record) =>
      Math.floor(at / 16) === 3 ? x + 0.4 * noise[record * 16 + (at % 16)] : x,
    );
  }, /not at the declared temperature 1: node 3 is at/);
  rejected(
    (seed) => run(seed, { spacing: 0.1 }),
    /^chains are too short for .*: 200 records of autocorrelation time/,
  );
});

test('a temperature that changed, moves that were never accepted, nothing that moves', () => {
  const samples = run(1);
  const findings = (changes: Partial<ChainSamples>): string[] => [
    ...certify({ ...samples, ...changes }, energy).findings,
  ];
  assert.match(
    findings({ temperatures: [2, 1, 1] })[0],
    /^the temperature changed during the run, from 1 to 2/,
  );
  assert.match(
    findings({ acceptance: [0.5, 0, 0.5, 0, 0.5, 0.5, 0.5, 0.5] })[0],
    /^no move was ever accepted in chains 1, 3/,
  );
  const still = certify(
    change(samples, (_x, at) => samples.states[0][at]),
    energy,
  );
  assert.ok(still.findings.includes('energy never changes: the samples say nothing about it'));
});

test('certify refuses what it cannot judge', () => {
  assert.throws(
    () => certify(run(1, { chains: 3 }), energy),
    /certify: needs at least 4 independent chains, got 3/,
  );
  assert.throws(() => certify(run(1, { records: 15 }), energy), /certify: needs at least 16 records, got 15/);
  assert.throws(
    () => certify({ ...run(1), temperature: 0 }, energy),
    /certify: temperature must be positive and finite, got 0/,
  );
});

test('angles are watched by what 2 pi does not change', () => {
  const certificate = certify(angleChain(0.3), angleEnergy);
  assert.deepEqual(Object.keys(certificate.observables), ['energy', 'angle order']);
  assert.deepEqual(certificate.findings, []);
});

test('spins: exact draws pass, with their total variation distance', () => {
  const spins = ring(8, 4);
  for (const [temperature, field] of [
    [3, 0],
    [1.5, 0.5],
    [1, 0],
  ]) {
    const certificate = certify(
      isingDraws(spins, { temperature, field, seed: 4 }),
      isingEnergy(spins, field),
    );
    assert.deepEqual(certificate.findings, [], `T = ${temperature}, h = ${field}`);
    assert.equal(certificate.tv!.states, field === 0 ? 128 : 256);
    const {
      estimate,
      interval: [low, high],
    } = certificate.observables['energy'];
    const exact = enumerateIsing(spins, { temperature, field }).meanEnergy;
    assert.ok(Math.abs(estimate - exact) < (2.2 * (high - low)) / 2, `${estimate}, exact ${exact}`);
  }
});

test('spins of an energy that is written for angles do not pass, unless it says that it is of spins', () => {
  const spins = ring(8, 4);
  const xy = (options = {}) => bond((a, b) => a.sub(b).cos().sum().neg(), {}, options);
  const J = (1 - Math.cos(2)) / 2; // of spins, the energy is that of an Ising coupling J
  const draws = { ...isingDraws(spins, { temperature: 2 / J, seed: 4 }), temperature: 2, temperatures: [2] };
  assert.match(
    certify(draws, hamiltonian(spins, [xy()])).findings.join(),
    /^the samples are spins \+-1, and the energy has the term "bond" whose formula takes cos/,
  );
  assert.deepEqual(certify(draws, hamiltonian(spins, [xy({ codomain: 'spin' })])).findings, []);
});

test('labels: draws from the enumerated Potts law pass, whatever phase a chain is in; a hidden preference does not', () => {
  const [pentagon, temperature, chains] = [ring(5), 0.9, 8];
  const potts = hamiltonian(pentagon, [bond((a, b) => a.sub(b).squaredNorm().min(1))]);
  const states = Array.from({ length: 3 ** 5 }, (_, s) =>
    Float64Array.from({ length: 5 }, (_node, i) => Math.floor(s / 3 ** i) % 3),
  );
  const draws = (preference: number, renamed: boolean): ChainSamples => {
    const { probabilities } = boltzmannLaw(
      states.map((state) => potts.energy64(state) - preference * state.filter((label) => label === 0).length),
      temperature,
    );
    const random = uniformGenerator(3);
    const draw = (): Float64Array => {
      let [rest, s] = [random(), 0];
      while (s < states.length - 1 && (rest -= probabilities[s]) > 0) s++;
      return states[s];
    };
    const records = Array.from({ length: 200 }, () => Array.from({ length: chains }, draw));
    return {
      sampler: 'enumeration',
      temperature,
      temperatures: [temperature],
      nodes: 5,
      components: 1,
      chains,
      gauge: 'free',
      steps: [],
      acceptance: undefined,
      states: records.map((drawn) =>
        Float32Array.from({ length: 5 * chains }, (_, at) => {
          const chain = at % chains;
          return (drawn[chain][Math.floor(at / chains)] + (renamed ? chain : 0)) % 3;
        }),
      ),
    };
  };
  const certificate = certify(draws(0, false), potts);
  assert.deepEqual(certificate.findings, []);
  assert.deepEqual(Object.keys(certificate.observables), ['energy', 'majority share']);
  // chains in broken phases of their own: a gauge of the energy, so nothing for the watched observables to
  // find
  assert.deepEqual(
    certify(draws(2, true), potts).findings.filter((finding) => /disagree|drift/.test(finding)),
    [],
  );
  assert.match(certify(draws(0.3, false), potts).findings.join(), /not on the local law .* in value/);
});

test('planted in spins: another temperature, a hidden field, a copied chain, a frozen spin', () => {
  const spins = ring(8, 4);
  const draws = (seed: number, field = 0): ChainSamples => isingDraws(spins, { temperature: 3, field, seed });
  rejected(
    (seed) => ({ ...draws(seed), temperature: 1.5 }),
    /^spin temperature .*: energy differences off by a factor 2/,
    isingEnergy(spins),
  );
  rejected(
    (seed) => draws(seed, 0.4),
    /not on the local law at the declared temperature 3, in value|total variation distance/,
    isingEnergy(spins),
  );
  rejected(
    (seed) => {
      const samples = draws(seed);
      return change(samples, (s, at, record) => (at % 8 === 5 ? samples.states[record][at - 5] : s));
    },
    /^chains 0 and 5 are not independent/,
    isingEnergy(spins),
  );
  rejected(
    (seed) => change(draws(seed), (s, at) => (at < 2 ? 1 : s)),
    /^node 0 frozen in chains 0, 1: never moves there, though free to/,
    isingEnergy(spins),
  );
});

test('real samplers: centred, pinned, a double well by Metropolis', async () => {
  const field = constantField({ sites: 10, components: 1, chains: 8 }, 0);
  const options = { steps: 1600, every: 8, burnIn: 200, chains: 8, seed: 2 };
  const harmonic = hamiltonian(graph, [interaction({ J: 0.5 }), site((x) => x.squaredNorm())]);
  const dynamics = langevin(harmonic, { temperature: 1, timeStep: 0.1 });
  assert.deepEqual(
    certify(await sample(dynamics, { ...options, initial: centred(field) }), harmonic).findings,
    [],
  );
  assert.deepEqual(
    certify(await sample(dynamics, { ...options, initial: pinned(field, [0, 4]) }), harmonic).findings,
    [],
  );
  const well = hamiltonian(graph, [
    bond((a, b) => a.sub(b).squaredNorm().mul(0.1)),
    site((x) => x.squaredNorm().sub(1).square()),
  ]);
  const walk = metropolis(well, { temperature: 1, proposal: gaussian(1.2) });
  const certificate = certify(await sample(walk, options), well);
  assert.deepEqual(certificate.findings, []);
  assert.ok(certificate.acceptance! > 0.2 && certificate.acceptance! < 0.8);
});
