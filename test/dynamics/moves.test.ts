// Single-site moves reach the enumerated law of every state of small systems, and accept as many moves as
// that law has them accept: all rules, orders and lanes, couplings and fields by arrays, bonds that are not
// symmetric; and the exact energy of a ring (transfer matrix).
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  flip,
  glauber,
  heatBath,
  metropolis,
  parseState,
  relabel,
  sample,
  serialiseState,
  type MoveState,
  type Sampler,
} from '../../src/dynamics/index.js';
import { bond, hamiltonian, oriented, site, type Hamiltonian } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { boltzmannLaw, enumerateIsing } from '../../src/exact/index.js';
import { Field } from '../../src/fields/index.js';
import { fromEdges, ring, smallWorld } from '../../src/graphs/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';

before(() => ready());

const kite = fromEdges(
  5,
  [
    [0, 1],
    [1, 2],
    [2, 0],
    [2, 3],
  ],
  { connected: false },
); // node 4 stands alone
const spinEnergy = hamiltonian(kite, [
  bond((a, b, J) => a.mul(b).sum().mul(J).neg(), { J: [1, -0.7, 0.4, 1.3] }),
  bond((a, b, J) => a.add(b.mul(0.5)).square().sum().mul(J), { J: oriented([0.1, 0.1, 0.1, 0.1]) }), // not symmetric
  site((x, h) => x.sum().mul(h).neg(), { h: [0.3, -0.2, 0, 0.5, 0.4] }),
]);
const labelEnergy = hamiltonian(kite, [
  bond((a, b, J) => a.sub(b).abs().min(1).sum().mul(J), { J: [1, 0.7, 0.4, -0.8] }),
  bond((a, b, theta) => a.sub(b).sum().mul(theta), { theta: oriented([0.3, -0.2, 0.1, 0.5]) }),
  site((x, h) => x.sum().sub(1).square().mul(h), { h: [0.3, -0.2, 0, 0.5, 0.4] }),
]);

function samplerOf(
  energy: Hamiltonian,
  rule: string,
  states: number | undefined,
  order: 'colouring' | 'sequential' | 'random',
  engine: 'wasm' | 'tensors',
): Sampler<MoveState> {
  const temperature = 1.5;
  if (rule === 'metropolis')
    return metropolis(energy, {
      temperature,
      order,
      engine,
      proposal: states === undefined ? flip : relabel(states),
    });
  return (rule === 'heatBath' ? heatBath : glauber)(energy, {
    temperature,
    order,
    engine,
    ...(states === undefined ? {} : { states }),
  });
}

/** The largest |z| of the frequencies of all states: by their spread over chains, which are independent. */
async function worstScore(
  energy: Hamiltonian,
  sampler: Sampler<MoveState>,
  states: number | undefined,
  chains: number,
  steps: number,
): Promise<number> {
  const [nodes, q] = [energy.graph.nodeCount, states ?? 2];
  const value = (digit: number): number => (states === undefined ? 2 * digit - 1 : digit);
  const energies = Array.from({ length: q ** nodes }, (_, s) =>
    energy.energy64(Float64Array.from({ length: nodes }, (_, i) => value(Math.floor(s / q ** i) % q))),
  );
  const { probabilities } = boltzmannLaw(energies, 1.5);
  const runs = Math.ceil(96 / chains); // at least 96 chains in all
  const frequencies: Float64Array[] = [];
  for (let run = 0; run < runs; run++) {
    const samples = await sample(sampler, { chains, burnIn: 30, steps, seed: 100 + run });
    for (let c = 0; c < chains; c++) {
      const counts = new Float64Array(energies.length);
      for (const values of samples.states) {
        let s = 0;
        for (let i = nodes - 1; i >= 0; i--)
          s = s * q + (states === undefined ? (values[i * chains + c] + 1) / 2 : values[i * chains + c]);
        counts[s] += 1 / samples.states.length;
      }
      frequencies.push(counts);
    }
  }
  const scores = energies.map((_, s) => {
    const column = frequencies.map((row) => row[s]);
    const mean = column.reduce((sum, x) => sum + x, 0) / column.length;
    const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (column.length - 1);
    // a state that is hardly ever met has a spread that is not: that of a Poisson count instead
    const expected = probabilities[s] / (steps * column.length);
    return Math.abs(mean - probabilities[s]) / Math.sqrt(Math.max(variance / column.length, expected));
  });
  return Math.max(...scores);
}

for (const rule of ['heatBath', 'metropolis', 'glauber']) {
  for (const order of ['colouring', 'sequential', 'random'] as const) {
    test(`${rule} in ${order} order reaches the law of all states of spins and of labels`, async () => {
      for (const states of [undefined, 3]) {
        const energy = states === undefined ? spinEnergy : labelEnergy;
        for (const chains of [3, 20]) {
          const score = await worstScore(
            energy,
            samplerOf(energy, rule, states, order, 'wasm'),
            states,
            chains,
            1000,
          );
          assert.ok(score < 4.8, `${states ?? 'spins'}, ${chains} chains: |z| = ${score}`); // of 243 states
        }
      }
    });
  }
}

test('the reference reaches the law too', async () => {
  for (const rule of ['heatBath', 'glauber']) {
    for (const [states, order] of [
      [undefined, 'colouring'],
      [3, 'random'],
    ] as const) {
      const energy = states === undefined ? spinEnergy : labelEnergy;
      const score = await worstScore(
        energy,
        samplerOf(energy, rule, states, order, 'tensors'),
        states,
        96,
        300,
      );
      assert.ok(score < 4.8, `${rule}, ${states ?? 'spins'}: |z| = ${score}`);
    }
  }
});

/**
 * States of the kite that agree with what is held, their probabilities and the mean accepted fraction under
 * that law.
 */
function stationary(energy: Hamiltonian, rule: string, states: number | undefined, held: number | undefined) {
  const [nodes, q, T] = [5, states ?? 2, 1.5];
  const value = (digit: number): number => (states === undefined ? 2 * digit - 1 : digit);
  const all = Array.from({ length: q ** nodes }, (_, s) =>
    Float64Array.from({ length: nodes }, (_, i) => value(Math.floor(s / q ** i) % q)),
  ).filter((x) => held === undefined || x[held] === 1);
  const { probabilities } = boltzmannLaw(
    all.map((x) => energy.energy64(x)),
    T,
  );
  let acceptance = 0;
  all.forEach((x, s) => {
    for (let i = 0; i < nodes; i++) {
      if (i === held) continue;
      const costs = Array.from(
        { length: q },
        (_, k) => energy.energy64(x.with(i, value(k))) - energy.energy64(x),
      );
      const others = costs.filter((_, k) => value(k) !== x[i]);
      const taken =
        rule === 'heatBath'
          ? 1 - 1 / costs.reduce((sum, cost) => sum + Math.exp(-cost / T), 0)
          : others.reduce(
              (sum, cost) =>
                sum +
                (rule === 'metropolis' ? Math.min(1, Math.exp(-cost / T)) : 1 / (1 + Math.exp(cost / T))),
              0,
            ) /
            (q - 1);
      acceptance += (probabilities[s] * taken) / nodes;
    }
  });
  return { all, probabilities, acceptance };
}

/** Accepted fractions of chains that begin with draws from the law. */
async function acceptances(
  sampler: Sampler<MoveState>,
  { all, probabilities }: ReturnType<typeof stationary>,
  states: number | undefined,
  held: number | undefined,
  { chains, steps, seed }: { chains: number; steps: number; seed: number },
): Promise<number[]> {
  const random = uniformGenerator(seed, 'start');
  const values = new Float32Array(5 * chains);
  for (let c = 0; c < chains; c++) {
    let [s, rest] = [0, random() - probabilities[0]];
    while (rest > 0 && s < all.length - 1) rest -= probabilities[++s];
    all[s].forEach((x, i) => (values[i * chains + c] = x));
  }
  const field = new Field(values, {
    sites: 5,
    chains,
    codomain: states === undefined ? 'spin' : 'potts',
    ...(states === undefined ? {} : { states }),
    ...(held === undefined ? {} : { gauge: { pinned: [held] } }),
  });
  let state = sampler.init(field, seed);
  state = await sampler.advance(state, steps);
  return sampler.acceptance(state)!;
}

for (const rule of ['heatBath', 'metropolis', 'glauber']) {
  test(`${rule} accepts as many moves as the enumerated law says`, async () => {
    for (const [engine, chains, steps] of [
      ['wasm', 3, 4000],
      ['wasm', 7, 4000],
      ['wasm', 21, 4000],
      ['tensors', 21, 200],
    ] as const) {
      for (const order of ['colouring', 'sequential', 'random'] as const) {
        for (const [states, held] of [
          [undefined, undefined],
          [undefined, 2],
          [3, undefined],
          [3, 0],
        ] as const) {
          const energy = states === undefined ? spinEnergy : labelEnergy;
          const law = stationary(energy, rule, states, held);
          const sampler = samplerOf(energy, rule, states, order, engine);
          const rates: number[] = [];
          for (let seed = 0; rates.length < 60; seed++)
            rates.push(...(await acceptances(sampler, law, states, held, { chains, steps, seed })));
          const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
          const error = Math.sqrt(
            rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / (rates.length * (rates.length - 1)),
          );
          const where = `${engine}, ${order} order, ${chains} chains, ${states ?? 'spins'}, held ${held}`;
          assert.ok(
            Math.abs(mean - law.acceptance) < 4.5 * error,
            `${where}: ${mean} +- ${error} against ${law.acceptance}`,
          );
        }
      }
    }
  });
}

test('energies of a random graph (enumerated) and of a ring (transfer matrix)', async () => {
  const graph = smallWorld(14, 4, 0.2, { seed: 4 });
  const chains = 64;
  for (const [on, T, exact] of [
    [graph, 3, enumerateIsing(graph, { temperature: 3, field: 0.1 }).meanEnergy],
    [ring(400), 1.2, ringEnergy(400, 1.2)],
  ] as const) {
    const field = on === graph ? 0.1 : 0;
    const energy = hamiltonian(on, [
      bond((a, b) => a.mul(b).sum().neg()),
      site((x, h) => x.sum().mul(h).neg(), { h: field }),
    ]);
    const samples = await sample(heatBath(energy, { temperature: T }), {
      chains,
      burnIn: 300,
      steps: 4000,
      every: 20,
      seed: 3,
    });
    const means = Array.from({ length: chains }, (_, c) => {
      const energies = samples.states.map((v) =>
        energy.energy64(Float64Array.from({ length: on.nodeCount }, (_, i) => v[i * chains + c])),
      );
      return energies.reduce((sum, e) => sum + e, 0) / energies.length;
    });
    const mean = means.reduce((sum, e) => sum + e, 0) / chains;
    const error = Math.sqrt(means.reduce((sum, e) => sum + (e - mean) ** 2, 0) / (chains * (chains - 1)));
    assert.ok(Math.abs(mean - exact) < 4 * error, `${on.name}: ${mean} +- ${error} against ${exact}`);
  }
});

/** Z = (2 cosh K)^N + (2 sinh K)^N. */
function ringEnergy(N: number, T: number): number {
  const t = Math.tanh(1 / T);
  return (-N * (t + t ** (N - 1))) / (1 + t ** N);
}

test('a run that was saved goes on as if it had not been', async () => {
  const energy = hamiltonian(ring(30), [bond((a, b) => a.mul(b).sum().neg())]);
  for (const sampler of [
    heatBath(energy, { temperature: 1, engine: 'wasm' }),
    metropolis(energy, { temperature: 1, proposal: flip, engine: 'wasm' }),
  ]) {
    const whole = await sample(sampler, { chains: 5, steps: 20, seed: 8 });
    const first = await sample(sampler, { chains: 5, steps: 12, seed: 8 });
    const rest = await sample(sampler, { steps: 8, resume: parseState(serialiseState(first.state)) });
    assert.deepEqual(rest.states.at(-1), whole.states.at(-1));
    assert.equal(whole.acceptance!.length, 5);
    assert.deepEqual(rest.acceptance, whole.acceptance);
    assert.deepEqual(
      sampler.acceptance(sampler.init(sampler.initialField({ components: 1, chains: 1, seed: 1 }), 1)),
      [NaN],
    );
  }
});

test('a state goes over to another sampler with what it has accepted', async () => {
  const flat = hamiltonian(ring(30), [bond((a, b) => a.mul(b).sum().mul(0))]);
  const [here, there] = (['colouring', 'sequential'] as const).map((order) =>
    metropolis(flat, { temperature: 1, proposal: flip, order, engine: 'wasm' }),
  );
  const state = await here.advance(here.init(here.initialField({ components: 1, chains: 2, seed: 1 }), 1), 2);
  assert.deepEqual(there.acceptance(await there.advance(state, 1)), [1, 1]);
});

test('at T = 0 the energy never rises, and a free spin turns', async () => {
  const energy = hamiltonian(ring(40), [bond((a, b) => a.mul(b).sum().neg())]);
  for (const make of [heatBath, glauber]) {
    const { states } = await sample(make(energy, { temperature: 0, engine: 'wasm' }), {
      chains: 1,
      steps: 40,
      seed: 5,
    });
    const energies = states.map((v) => energy.energy64(Float64Array.from(v)));
    energies.forEach((value, k) => assert.ok(k === 0 || value <= energies[k - 1]));
    const isMoving = energies.some(
      (value, k) => k > 0 && value === energies[k - 1] && states[k].some((x, i) => x !== states[k - 1][i]),
    );
    assert.ok(isMoving);
  }
});
