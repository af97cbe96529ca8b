import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  constant,
  flip,
  gaussian,
  geometric,
  logarithmic,
  metropolis,
  parseState,
  relabel,
  sample,
  serialiseState,
} from '../../src/dynamics/index.js';
import { bond, computationalCost, hamiltonian, interaction } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { boltzmannLaw, enumerateIsing } from '../../src/exact/index.js';
import { centred, constantField, pinned, randomAngles, randomSpins } from '../../src/fields/index.js';
import { ring, smallWorld } from '../../src/graphs/index.js';

before(() => ready());

const graph = smallWorld(10, 4, 0.2, { seed: 4 });
const ising = hamiltonian(graph, [bond((a, b) => a.dot(b).neg())]);

const moments = (values: readonly number[]): [mean: number, error: number] => {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
  return [mean, Math.sqrt(variance / values.length)];
};

for (const order of ['random', 'sequential'] as const) {
  test(`spin flips in ${order} order reach the enumerated energy and magnetisation`, async () => {
    const [T, chains] = [2.5, 48];
    const sampler = metropolis(ising, { temperature: T, proposal: flip, order });
    const samples = await sample(sampler, { chains, burnIn: 100, steps: 600, every: 2, seed: 11 });
    const perChain = (f: (spins: Float64Array) => number): number[] =>
      Array.from({ length: chains }, (_, c) => {
        const values = samples.states.map((state) =>
          f(Float64Array.from({ length: 10 }, (_, i) => state[i * chains + c])),
        );
        return values.reduce((sum, x) => sum + x, 0) / values.length;
      });
    const exact = enumerateIsing(graph, { temperature: T });
    const [energy, energyError] = moments(perChain((s) => ising.energy64(s)));
    assert.ok(
      Math.abs(energy - exact.meanEnergy) < 4 * energyError,
      `${energy} +- ${energyError}: ${exact.meanEnergy}`,
    );
    const [m, mError] = moments(perChain((s) => Math.abs(s.reduce((sum, x) => sum + x, 0)) / 10));
    assert.ok(
      Math.abs(m - exact.meanAbsMagnetisation) < 4 * mError,
      `${m} +- ${mError}: ${exact.meanAbsMagnetisation}`,
    );
    assert.ok(samples.acceptance!.every((rate) => rate > 0.1 && rate < 0.9));
  });
}

test('relabelling reaches the enumerated law of three labels (Blume-Capel: asleep or one of two roots)', async () => {
  const [nodes, T, chains] = [4, 1.5, 48];
  const awake = computationalCost('grand-canonical', {
    mu: 0.4,
    activity: (x) => x.component(0).sub(1).square(),
  });
  const energy = hamiltonian(ring(nodes), [interaction({ J: 0.6 }), awake]);
  const label = (state: number, node: number): number => Math.floor(state / 3 ** node) % 3;
  const states = Array.from({ length: 3 ** nodes }, (_, s) =>
    Float64Array.from({ length: nodes }, (_, i) => label(s, i)),
  );
  const { probabilities } = boltzmannLaw(
    states.map((x) => energy.energy64(x)),
    T,
  );
  const samples = await sample(metropolis(energy, { temperature: T, proposal: relabel(3) }), {
    chains,
    burnIn: 50,
    steps: 800,
    seed: 6,
  });
  const observables = {
    energy: (x: Float64Array) => energy.energy64(x),
    awake: (x: Float64Array) => x.filter((s) => s !== 1).length,
  };
  for (const [name, f] of Object.entries(observables)) {
    const exact = states.reduce((sum, x, s) => sum + probabilities[s] * f(x), 0);
    const perChain = Array.from({ length: chains }, (_, c) => {
      const values = samples.states.map((v) =>
        f(Float64Array.from({ length: nodes }, (_, i) => v[i * chains + c])),
      );
      return values.reduce((sum, x) => sum + x, 0) / values.length;
    });
    const [mean, error] = moments(perChain);
    assert.ok(Math.abs(mean - exact) < 4 * error, `${name}: ${mean} +- ${error} against ${exact}`);
  }
  assert.throws(() => relabel(1), /relabel: states must be an integer in \[2, .*, got 1/);
});

test('gaussian moves keep equipartition of the interaction', async () => {
  const energy = hamiltonian(graph, [bond((a, b) => a.sub(b).squaredNorm())]);
  const [T, chains] = [0.7, 32];
  const sampler = metropolis(energy, { temperature: T, proposal: gaussian(0.6) });
  const samples = await sample(sampler, {
    chains,
    components: 2,
    burnIn: 200,
    steps: 1500,
    every: 5,
    seed: 2,
  });
  const averages = Array.from({ length: chains }, (_, c) => {
    const energies = samples.states.map((v) =>
      energy.energy64(Float64Array.from({ length: 20 }, (_, i) => v[i * chains + c])),
    );
    return energies.reduce((sum, h) => sum + h, 0) / energies.length;
  });
  const [mean, error] = moments(averages);
  const expected = (2 * 9 * T) / 2;
  assert.ok(Math.abs(mean - expected) < 4 * error, `${mean} +- ${error} against ${expected}`);
});

test('at T = 0 the energy never rises, and free moves are taken', async () => {
  const sampler = metropolis(ising, { temperature: 0, proposal: flip });
  const samples = await sample(sampler, { chains: 8, steps: 30, every: 1, seed: 5 });
  for (let c = 0; c < 8; c++) {
    const energies = samples.states.map((v) =>
      ising.energy64(Float64Array.from({ length: 10 }, (_, i) => v[i * 8 + c])),
    );
    energies.slice(1).forEach((h, t) => assert.ok(h <= energies[t]));
  }
  const flat = hamiltonian(ring(6), [bond((a, b) => a.dot(b).mul(0))]);
  const free = await sample(metropolis(flat, { temperature: 0, proposal: flip }), {
    chains: 1,
    steps: 5,
    seed: 1,
  });
  assert.equal(free.acceptance![0], 1);
});

test('a resumed run is identical, acceptance included', async () => {
  const sampler = metropolis(ising, {
    temperature: geometric({ from: 4, to: 0.5, steps: 20 }),
    proposal: flip,
  });
  const whole = await sample(sampler, { chains: 3, steps: 20, every: 5, seed: 9 });
  const half = await sample(sampler, { chains: 3, steps: 10, every: 5, seed: 9 });
  const rest = await sample(sampler, { resume: parseState(serialiseState(half.state)), steps: 10, every: 5 });
  assert.deepEqual([...half.states, ...rest.states], whole.states);
  assert.deepEqual(rest.acceptance, whole.acceptance);
  assert.deepEqual([...half.temperatures, ...rest.temperatures], whole.temperatures);
});

test('pinned spins stay, fields of another kind are refused', async () => {
  const sampler = metropolis(ising, { temperature: 5, proposal: flip });
  const start = randomSpins({ sites: 10, chains: 4, seed: 1 });
  const samples = await sample(sampler, { initial: pinned(start, [3]), steps: 50, every: 50, seed: 1 });
  assert.deepEqual(samples.states[0].slice(12, 16), start.values.slice(12, 16));
  const real = constantField({ sites: 10 }, 0);
  await assert.rejects(sample(sampler, { initial: real, steps: 1 }), /moves spin fields, got a real field/);
  const walk = metropolis(ising, { temperature: 1, proposal: gaussian(1) });
  await assert.rejects(
    sample(walk, { initial: centred(real), steps: 1 }),
    /the field must be free or pinned, got centred/,
  );
  assert.throws(() => gaussian(0), /gaussian: width must be positive and finite, got 0/);
});

test('schedules', () => {
  assert.equal(constant(2).at(1e6), 2);
  const cooling = geometric({ from: 4, to: 1, steps: 3 });
  assert.deepEqual(
    [0, 1, 2, 9].map((k) => cooling.at(k)),
    [4, 2, 1, 1],
  );
  assert.equal(logarithmic({ depth: 3 }).at(0), 3 / Math.log(2));
  assert.throws(
    () => geometric({ from: 1, to: 0, steps: 5 }),
    /geometric: to must be positive and finite, got 0/,
  );
  assert.throws(
    () => geometric({ from: 1, to: 0.5, steps: 1 }),
    /geometric: steps must be an integer in \[2, .*, got 1/,
  );
  assert.throws(() => logarithmic({ depth: -1 }), /logarithmic: depth must be positive and finite, got -1/);
});

test('why sites at random are the default: by classes, flips of a ring keep the number of walls to the left less those to the right', async () => {
  const circle = hamiltonian(ring(10), [bond((a, b) => a.dot(b).neg())]);
  const start = randomSpins({ sites: 10, chains: 400, seed: 3 });
  // after a sweep of the even nodes and the odd ones, a wall before an even node has come from the one side,
  // others from the other
  const balances = (values: Float32Array): number[] =>
    Array.from({ length: 400 }, (_, c) =>
      Array.from(
        { length: 10 },
        (_, i) =>
          (values[i * 400 + c] === values[((i + 1) % 10) * 400 + c] ? 0 : i % 2 === 0 ? 1 : -1) as number,
      ).reduce((sum, wall) => sum + wall, 0),
    );
  const last = async (order: 'colouring' | 'random'): Promise<Float32Array> =>
    (
      await sample(metropolis(circle, { temperature: 1.4, proposal: flip, order }), {
        initial: start,
        steps: 50,
        every: 50,
        seed: 1,
      })
    ).states[0];
  assert.deepEqual(balances(await last('colouring')), balances(start.values));
  assert.notDeepEqual(balances(await last('random')), balances(start.values));
  assert.equal(
    metropolis(circle, { temperature: 1, proposal: flip }).name,
    'metropolis (flip, random order, wasm)',
  );
});

test("a proposal of one's own is held to its codomain and to what it must return", async () => {
  const writes =
    (x: number) =>
    (_value: unknown, _draws: unknown, out: Float64Array): number => {
      out[0] = x;
      return 0;
    };
  const wrong: [change: object, message: RegExp][] = [
    [
      { propose: (_value: unknown, _draws: unknown, out: Float64Array) => void (out[0] = 1) },
      /^RangeError: metropolis: the proposal "own" must return ln q.*, got undefined/,
    ],
    [
      { propose: () => 0 },
      /^RangeError: metropolis: the proposal "own" must write spin values, -1 or \+1, to its third argument, got NaN as component 0/,
    ],
    [{ propose: writes(0.3) }, /must write spin values, -1 or \+1, to its third argument, got 0\.3 as/],
    [
      { codomain: 'potts', states: 3, propose: writes(3) },
      /must write potts values, integers in \[0, 3\), .* got 3/,
    ],
    [{ codomain: 'real', propose: writes(Infinity) }, /must write real values, finite, .* got Infinity/],
  ];
  const springs = hamiltonian(ring(10), [interaction()]); // of spins, labels and numbers
  for (const [change, message] of wrong) {
    const proposal = { name: 'own', codomain: 'spin', draws: 'none', ...change } as never;
    await assert.rejects(
      sample(metropolis(springs, { temperature: 1, proposal }), { steps: 1, seed: 1 }),
      message,
    );
  }
  const proposal = (change: object) =>
    metropolis(ising, { temperature: 1, proposal: { ...flip, ...change } as never });
  assert.throws(
    () => proposal({ codomain: 'spins' }),
    /metropolis: the codomain of proposal must be one of .*, got "spins"; did you mean "spin"/,
  );
  assert.throws(
    () => proposal({ codomain: 'potts' }),
    /metropolis: the states of proposal must be an integer in/,
  );
  const own = {
    name: 'own',
    codomain: 'spin',
    draws: 'none',
    propose: (value: ArrayLike<number>, draws: unknown, out: Float64Array) =>
      writes(-value[0])(value, draws, out),
  } as const;
  const runs = await Promise.all(
    [own, flip].map((each) => {
      const sampler = metropolis(ising, {
        temperature: 2,
        proposal: each as typeof flip,
        engine: 'tensors',
      });
      return sample(sampler, { steps: 5, every: 5, seed: 3 });
    }),
  );
  assert.deepEqual(runs[0].states, runs[1].states);
});

test('normal steps move angles, and make up no field for an energy of spins', async () => {
  const xy = hamiltonian(ring(10), [bond((a, b) => a.sub(b).cos().sum().neg())]);
  const sampler = metropolis(xy, { temperature: 1, proposal: gaussian(1) });
  const { states, state } = await sample(sampler, {
    initial: randomAngles({ sites: 10, chains: 2, seed: 1 }),
    steps: 5,
    seed: 1,
  });
  assert.ok(states[4].every(Number.isFinite));
  assert.equal(state.codomain, 'angle');
  const unbounded = metropolis(ising, { temperature: 1, proposal: gaussian(1) });
  await assert.rejects(
    sample(unbounded, { steps: 5, seed: 1 }),
    /metropolis: the term "bond" has no lower bound on continuous fields/,
  );
});
