// Samplers of spins refuse energies of other fields by name, and take every energy that spins have.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  baoab,
  densityOfStates,
  flip,
  gaussian,
  glauber,
  heatBath,
  langevin,
  mala,
  metropolis,
  relabel,
  sample,
  swendsenWang,
  wolff,
} from '../../src/dynamics/index.js';
import {
  bond,
  computationalCost,
  couplingLaw,
  entropicPenalty,
  globalSum,
  hamiltonian,
  hopfield,
  interaction,
  labelDistance,
  site,
  star,
  trustConfinement,
  trustPhase,
  type Hamiltonian,
  type Term,
} from '../../src/energies/index.js';
import { constantField, randomSpins } from '../../src/fields/index.js';
import { complete, ring } from '../../src/graphs/index.js';

const temperature = 1;
const bySpins: Readonly<Record<string, (energy: Hamiltonian) => unknown>> = {
  wolff: (energy) => wolff(energy, { temperature }),
  swendsenWang: (energy) => swendsenWang(energy, { temperature }),
  heatBath: (energy) => heatBath(energy, { temperature }),
  glauber: (energy) => glauber(energy, { temperature }),
  metropolis: (energy) => metropolis(energy, { temperature, proposal: flip }),
};
const on = (...terms: Term[]): Hamiltonian => hamiltonian(ring(6), terms);

const otherFields: Readonly<Record<string, Term>> = {
  cos: bond((a, b) => a.sub(b).cos().sum().neg()),
  abs: bond((a, b) => a.sub(b).abs().min(1).sum()),
  less: bond((a, b) => a.sub(b).abs().less(0.5).sum().neg()),
  exp: couplingLaw('welsch', { w: 1 }),
  min: couplingLaw('truncated', { w: 1 }),
  'cos of angles': trustPhase('gauge', { A: [1, 1, 1, 1, 1, 1] }),
  'a star of angles': star((x, neighbours) => neighbours.sum((y) => x.sub(y).cos().sum()).neg()),
  'a global sum of angles': globalSum((nodes) =>
    nodes
      .sum((x) => x.cos().sum())
      .square()
      .neg(),
  ),
  'a pinning field of angles': site((x) => x.cos().sum().neg()),
  'a double well': site((x, h) => x.squaredNorm().sub(1).square().mul(h), { h: 0.25 }),
  'a well of amplitudes': trustConfinement(),
  entropies: entropicPenalty('plain'),
  'labels that say so': labelDistance([
    [0, 1],
    [1, 0],
  ]),
};

test('samplers of spins refuse energies of other fields', () => {
  for (const [name, term] of Object.entries(otherFields)) {
    for (const [caller, make] of Object.entries(bySpins)) {
      assert.throws(
        () => make(on(term)),
        new RegExp(`^TypeError: ${caller}: moves spins, got the term "`),
        `${caller}, ${name}`,
      );
    }
  }
  assert.throws(() => wolff(on(otherFields.cos), { temperature }), {
    message:
      'wolff: moves spins, got the term "bond" whose formula takes cos of the field\'s values; langevin, mala and metropolis with ' +
      "gaussian(width) sample continuous fields, { states: q } labels; where it is of spins, declare { codomain: 'spin' } in the term's options",
  });
});

test('the density of states of spins is one of an energy of spins', async () => {
  await assert.rejects(
    densityOfStates(on(otherFields.cos), { steps: 10, seed: 1 }),
    /densityOfStates: moves spins, got the term "bond" whose/,
  );
});

test('samplers of spins take what spins have', () => {
  const patterns = randomSpins({ sites: 6, chains: 2, seed: 1 });
  const terms: Term[] = [
    bond((a, b) => a.mul(b).sum().neg()),
    bond((a, b, J) => a.dot(b).mul(J).neg(), { J: [1, 2, 3, 4, 5, 6] }),
    bond((a, b) => a.sum().mul(b.sum()).div(-2)),
    bond((a, b) => a.mul(b).sum().neg().add(1.5).log()),
    interaction({ J: 0.5 }),
    bond((a, b) => a.sub(b).cos().sum().neg(), {}, { codomain: 'spin' }),
  ];
  for (const term of terms)
    for (const make of Object.values(bySpins))
      make(
        on(
          term,
          site((s, h) => s.sum().mul(h).neg(), { h: 0.1 }),
        ),
      );
  const moved: Term[] = [
    computationalCost('grand-canonical'),
    computationalCost('messages'),
    site((s, h) => s.sum().mul(h.sin()), { h: 2 }),
    site((_s, h) => h, { h: 2 }),
    star((x, neighbours) =>
      neighbours
        .sum((y) => y.sum())
        .mul(x.sum())
        .neg(),
    ),
    globalSum((nodes) =>
      nodes
        .sum((s) => s.sum())
        .abs()
        .neg(),
    ),
  ];
  for (const term of moved) heatBath(on(term), { temperature });
  heatBath(hamiltonian(complete(6), [hopfield(complete(6), patterns)]), { temperature });
});

test('labels take any function of labels, and no energy that is declared of spins', () => {
  const states = 3;
  for (const term of [otherFields.cos, otherFields.abs, otherFields.less]) {
    heatBath(on(term), { temperature, states });
    metropolis(on(term), { temperature, proposal: relabel(states) });
  }
  wolff(on(otherFields.abs), { temperature, states });
  const spins = bond((a, b) => a.mul(b).sum().neg(), {}, { codomain: 'spin' });
  assert.throws(() => heatBath(on(spins), { temperature, states }), {
    message: 'heatBath: moves labels, got the term "bond" of spins',
  });
  assert.throws(() => metropolis(on(spins), { temperature, proposal: gaussian(1) }), {
    message: 'metropolis: moves continuous fields, got the term "bond" of spins',
  });
});

test('from a field that it makes up, no sampler of continuous fields moves an energy of spins', async () => {
  const timeStep = 0.1;
  const ising = on(
    bond((a, b) => a.mul(b).sum().neg()),
    site((s, h) => s.sum().mul(h).neg(), { h: 0.1 }),
  );
  for (const make of [
    (energy: Hamiltonian) => langevin(energy, { temperature, timeStep }),
    (energy: Hamiltonian) => mala(energy, { temperature, timeStep }),
    (energy: Hamiltonian) => baoab(energy, { temperature, timeStep, friction: 1 }),
  ]) {
    const run = (energy: Hamiltonian, options: object = {}) =>
      sample(make(energy) as ReturnType<typeof langevin>, { steps: 2, seed: 1, ...options });
    await assert.rejects(
      run(ising),
      /^TypeError: (langevin|mala|baoab): the term "bond" has no lower bound on continuous fields, it is one of spins: heatBath/,
    );
    await run(ising, { initial: constantField({ sites: 6 }, 1) });
    await run(
      on(
        ...ising.terms,
        site((x) => x.squaredNorm().mul(2)),
      ),
    );
    await run(on(interaction()));
    await run(on(site((x) => x.sum())));
  }
});
