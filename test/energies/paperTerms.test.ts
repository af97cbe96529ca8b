import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import {
  checkTerm,
  computationalCost,
  entropicPenalty,
  hamiltonian,
  interaction,
  meanFieldFreeEnergy,
  meanFieldSweep,
  meanFieldUpdate,
  type Beliefs,
  type EntropicForm,
} from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { complete, ring, smallWorld, torus } from '../../src/graphs/index.js';
import { normals, Purpose, randomKey, uniformGenerator } from '../../src/randomness/index.js';

before(() => ready());

const graph = smallWorld(30, 4, 0.2, { seed: 8 });
const draw = (length: number, seed = 1): Float64Array =>
  normals(new Float64Array(length), randomKey(seed), {
    step: 0,
    purpose: Purpose.initial,
    nodes: length,
    lanes: 1,
  });

test('every built-in term passes the conformance suite', () => {
  const terms = [
    interaction(),
    ...(['literal', 'dirichlet', 'plain', 'squared-laplacian', 'random-walk'] as const).map((f) =>
      entropicPenalty(f),
    ),
    ...(['literal', 'load-balancing', 'grand-canonical', 'messages'] as const).map((f) =>
      computationalCost(f),
    ),
  ];
  for (const term of terms) {
    const { checks } = checkTerm(term, { components: 3 });
    assert.deepEqual(
      checks.filter(({ passed }) => !passed),
      [],
      term.name,
    );
  }
});

test('the literal entropic penalty vanishes with its gradient; the repairs do not', () => {
  const state = draw(90);
  const size = (form: EntropicForm): [number, number] => {
    const energy = hamiltonian(graph, [entropicPenalty(form, { lambda: 10 })]);
    return [Math.abs(energy.energy64(state)), Math.max(...energy.gradient64(state).map(Math.abs))];
  };
  assert.ok(size('literal').every((x) => x < 1e-12));
  for (const form of ['dirichlet', 'plain', 'squared-laplacian', 'random-walk'] as const) {
    assert.ok(
      size(form).every((x) => x > 1e-3),
      form,
    );
  }
  const regular = hamiltonian(ring(30), [entropicPenalty('random-walk')]);
  assert.ok(
    Math.abs(regular.energy64(state)) < 1e-12,
    'on a regular graph the random-walk form vanishes as well',
  );
});

test('the literal cost is mu, whatever the state; balanced load costs least', () => {
  const energy = hamiltonian(graph, [computationalCost('literal', { mu: 3 })]);
  assert.ok(Math.abs(energy.energy64(draw(30)) - 3) < 1e-12);
  assert.ok(energy.gradient64(draw(30)).every((g) => Math.abs(g) < 1e-12));
  const balance = hamiltonian(graph, [computationalCost('load-balancing')]);
  assert.ok(Math.abs(balance.energy64(new Float64Array(30).fill(0.7)) - 1 / 30) < 1e-15);
  assert.ok(balance.energy64(draw(30)) > 1 / 30);
});

test('negative couplings and unknown forms are named', () => {
  assert.throws(
    () => interaction({ J: [1, -2] }),
    /interaction: J\[1\] must be finite and not negative, got -2/,
  );
  assert.throws(
    () => entropicPenalty('cubic' as never),
    /entropicPenalty: form must be one of literal, .*, got "cubic"/,
  );
  assert.throws(
    () => computationalCost('free' as never),
    /computationalCost: form must be one of literal, .*, got "free"/,
  );
});

const randomBeliefs = (nodes: number, q: number, seed: number): Beliefs => {
  const random = uniformGenerator(seed);
  const p = new Float64Array(nodes * q);
  for (let i = 0; i < nodes; i++) {
    const weights = Array.from({ length: q }, () => -Math.log(1 - random()));
    const sum = weights.reduce((total, w) => total + w, 0);
    weights.forEach((w, k) => (p[i * q + k] = w / sum));
  }
  return { q, p };
};

test('sequential mean-field sweeps never raise F; parallel ones cycle on a bipartite antiferromagnet', () => {
  for (const J of [1, -1]) {
    let beliefs = randomBeliefs(36, 3, 5);
    let F = meanFieldFreeEnergy(torus(6, 6), beliefs, { J, temperature: 0.4 });
    for (let sweep = 0; sweep < 30; sweep++) {
      beliefs = meanFieldSweep(torus(6, 6), beliefs, { J, temperature: 0.4 });
      const next = meanFieldFreeEnergy(torus(6, 6), beliefs, { J, temperature: 0.4 });
      assert.ok(next <= F + 1e-10, `F rose from ${F} to ${next}`);
      F = next;
    }
  }
  // all nodes alike: on a bipartite antiferromagnet they flip together for ever
  let beliefs: Beliefs = {
    q: 2,
    p: Float64Array.from({ length: 72 }, (_, at) => (at % 2 === 0 ? 0.9 : 0.1)),
  };
  const model = { J: -1, temperature: 0.4 };
  for (let sweep = 0; sweep < 100; sweep++) beliefs = meanFieldSweep(torus(6, 6), beliefs, model, 'parallel');
  const after = meanFieldSweep(torus(6, 6), beliefs, model, 'parallel');
  const again = meanFieldSweep(torus(6, 6), after, model, 'parallel');
  assert.ok(Math.abs(after.p[0] - beliefs.p[0]) > 0.5 && Math.abs(again.p[0] - beliefs.p[0]) < 1e-9);
});

test('one mean-field update lowers F by (T - lambda) times the divergence of old from new belief', () => {
  const [graph, q] = [torus(4, 4), 3];
  const model = { J: -1, temperature: 0.8, lambda: 0.3 };
  let beliefs = randomBeliefs(16, q, 7);
  for (let node = 0; node < 16; node++) {
    const next = meanFieldUpdate(graph, beliefs, model, node);
    const own = Array.from({ length: q }, (_, k) => node * q + k);
    const divergence = own.reduce((sum, at) => sum + beliefs.p[at] * Math.log(beliefs.p[at] / next.p[at]), 0);
    const fall = meanFieldFreeEnergy(graph, beliefs, model) - meanFieldFreeEnergy(graph, next, model);
    assert.ok(Math.abs(fall - 0.5 * divergence) < 1e-12, `node ${node}: ${fall} against ${0.5 * divergence}`);
    next.p.forEach((x, at) => assert.ok(own.includes(at) || x === beliefs.p[at]));
    beliefs = next;
  }
  assert.deepEqual(beliefs.p, meanFieldSweep(graph, randomBeliefs(16, q, 7), model).p);
  assert.throws(() => meanFieldUpdate(graph, beliefs, model, 16), /node must be in \[0, 16\), got 16/);
});

test('on the complete graph two states order at T = J N / 2 (Curie-Weiss), and lambda only shifts T', () => {
  const N = 60;
  const start: Beliefs = {
    q: 2,
    p: Float64Array.from({ length: 2 * N }, (_, at) => (at % 2 === 0 ? 0.9 : 0.1)),
  };
  // p = (1 + m) / 2 with m = tanh(J (N - 1) m / 2 T): T_c = (N - 1) J / 2
  const order = (temperature: number, lambda = 0): number => {
    let beliefs = start;
    for (let sweep = 0; sweep < 200; sweep++) {
      beliefs = meanFieldSweep(complete(N), beliefs, { J: 2 / (N - 1), temperature, lambda });
    }
    return 2 * beliefs.p[0] - 1;
  };
  assert.ok(Math.abs(order(0.5) - 0.957504) < 1e-5); // m = tanh(2 m)
  assert.ok(order(1.2) < 1e-6);
  assert.ok(Math.abs(order(0.9, 0.4) - order(0.5)) < 1e-12);
});
