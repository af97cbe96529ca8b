// The three readings of the trust phase: the conformance suite, what a change of gauge does not change, and
// the law of motion of the trust weight with its places of rest.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fc } from '../property.js';
import {
  checkTerm,
  hamiltonian,
  trustConfinement,
  trustPhase,
  type Hamiltonian,
  type Term,
} from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { fieldFrom, holonomy } from '../../src/fields/index.js';
import { complete, fromEdges, randomRegular, smallWorld } from '../../src/graphs/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';

before(() => ready());

const graph = smallWorld(12, 4, 0.3, { seed: 12 });
const angles = (count: number, name: string): number[] => {
  const random = uniformGenerator(name);
  return Array.from({ length: count }, () => Math.PI * (2 * random() - 1));
};
const polar = (a: readonly number[], theta: readonly number[]): Float64Array =>
  Float64Array.from(a.flatMap((size, i) => [size * Math.cos(theta[i]), size * Math.sin(theta[i])]));
const energyOf = (term: Term, state: ArrayLike<number>, on = graph): number =>
  hamiltonian(on, [term]).energy64(Float64Array.from(state));

test('every reading passes the conformance suite, with one J and with one an edge', () => {
  const A = angles(graph.edgeCount, 'A');
  for (const J of [0.7, A.map(Math.cos)]) {
    const terms = [
      trustPhase('xy', { J }),
      trustPhase('weight', { J }),
      trustPhase('weight', { J, A }),
      trustPhase('gauge', { J, A }),
    ];
    for (const term of [...terms, trustConfinement({ kappa: 0.5 })]) {
      for (const components of term.name.includes('weight') ? [2] : [1, 2, 3]) {
        const { checks } = checkTerm(term, { graph, components });
        assert.deepEqual(
          checks.filter(({ passed }) => !passed),
          [],
          `${term.name}, ${components} components`,
        );
      }
    }
  }
});

test('what is wrong is named', () => {
  assert.throws(() => trustPhase('gauge'), /trustPhase: 'gauge' needs A/);
  assert.throws(() => trustPhase('xy', { A: [1] }), /trustPhase: 'xy' takes no A/);
  assert.throws(
    () => trustPhase('love' as never),
    /trustPhase: reading must be one of xy, weight, gauge, got "love"/,
  );
  assert.throws(
    () => trustConfinement({ kappa: 0 }),
    /trustConfinement: kappa must be positive and finite, got 0/,
  );
});

test('weight at |phi| = 1 is xy, and gauge with A', () => {
  const [theta, A] = [angles(12, 'theta'), angles(graph.edgeCount, 'A')];
  const unit = polar(
    theta.map(() => 1),
    theta,
  );
  const close = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-12, `${a}, ${b}`);
  close(energyOf(trustPhase('weight', { J: 0.3 }), unit), energyOf(trustPhase('xy', { J: 0.3 }), theta));
  close(energyOf(trustPhase('weight', { A }), unit), energyOf(trustPhase('gauge', { A }), theta));
  close(energyOf(trustPhase('gauge', { A: A.map(() => 0) }), theta), energyOf(trustPhase('xy'), theta));
});

test('a change of gauge changes no energy and no holonomy; one of phases alone does', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
      const on = smallWorld(10, 4, 0.4, { seed });
      const [theta, alpha, A] = [
        angles(10, `theta ${seed}`),
        angles(10, `alpha ${seed}`),
        angles(on.edgeCount, `A ${seed}`),
      ];
      const sizes = angles(10, `sizes ${seed}`).map((x) => 1.5 + x / 4);
      const turned = theta.map((t, i) => t + alpha[i]);
      const turnedA = A.map((a, e) => a + alpha[on.endpoints[2 * e]] - alpha[on.endpoints[2 * e + 1]]);
      const same = (
        reading: 'gauge' | 'weight',
        before: ArrayLike<number>,
        after: ArrayLike<number>,
      ): void => {
        const [H, turnedH] = [
          energyOf(trustPhase(reading, { A }), before, on),
          energyOf(trustPhase(reading, { A: turnedA }), after, on),
        ];
        assert.ok(Math.abs(H - turnedH) < 1e-11, `${reading}: ${H}, ${turnedH}`);
        assert.ok(Math.abs(energyOf(trustPhase(reading, { A }), after, on) - H) > 1e-6, 'the phases alone');
      };
      same('gauge', theta, turned);
      same('weight', polar(sizes, theta), polar(sizes, turned));
      const triangle = triangleOf(on);
      if (!triangle) return;
      const around = (phases: number[]): number =>
        holonomy(on, fieldFrom(phases, { support: 'edge', codomain: 'angle' }), triangle)[0];
      assert.ok(Math.abs(Math.sin((around(A) - around(turnedA)) / 2)) < 1e-5); // of float32 phases
    }),
    { numRuns: 40 },
  );
});

function triangleOf(on: typeof graph): number[] | undefined {
  for (let i = 0; i < on.nodeCount; i++) {
    for (const j of on.neighboursOf(i))
      for (const k of on.neighboursOf(j)) if (k !== i && on.neighboursOf(k).includes(i)) return [i, j, k];
  }
  return undefined;
}

/** Gradient flow to rest. */
function relaxed(
  energy: Hamiltonian,
  start: ArrayLike<number>,
  { dt = 0.02, steps = 4000 } = {},
): Float64Array {
  const x = Float64Array.from(start);
  for (let step = 0; step < steps; step++) energy.gradient64(x).forEach((slope, i) => (x[i] -= dt * slope));
  return x;
}

test('without loops every A is gauged away; around a triangle its sum stays: H = - 3 cos(Phi / 3)', () => {
  const tree = fromEdges(6, [
    [0, 1],
    [1, 2],
    [3, 1],
    [3, 4],
    [5, 4],
  ]);
  const flat = hamiltonian(tree, [trustPhase('gauge', { A: angles(5, 'tree') })]);
  assert.ok(Math.abs(flat.energy64(relaxed(flat, angles(6, 'start'))) + 5) < 1e-9);
  for (const Phi of [0.5, 2, Math.PI]) {
    const A = [Phi + 0.3, 0.9, 0.6]; // edges 01, 02, 12: around the loop A_01 + A_12 - A_02
    const triangle = hamiltonian(complete(3), [trustPhase('gauge', { A })]);
    const least = Math.min(
      ...[0, 1, 2, 3, 4, 5].map((k) => triangle.energy64(relaxed(triangle, angles(3, `start ${k}`)))),
    );
    assert.ok(Math.abs(least + 3 * Math.cos(Phi / 3)) < 1e-9, `Phi = ${Phi}: ${least}`);
  }
});

test('law of motion of the trust weight: da_i/dt = sum J a_j cos(theta_i - theta_j - A_ij) + kappa a_i (1 - a_i^2)', () => {
  const [J, kappa] = [0.4, 1.7];
  const A = angles(graph.edgeCount, 'A');
  const sizes = angles(12, 'sizes').map((x) => 1.5 + x / 4);
  const theta = angles(12, 'theta');
  const slope = hamiltonian(graph, [trustPhase('weight', { J, A }), trustConfinement({ kappa })]).gradient64(
    polar(sizes, theta),
  );
  const rate = sizes.map((a) => kappa * a * (1 - a * a));
  for (let e = 0; e < graph.edgeCount; e++) {
    const [i, j] = [graph.endpoints[2 * e], graph.endpoints[2 * e + 1]];
    const agreement = J * Math.cos(theta[i] - theta[j] - A[e]);
    rate[i] += agreement * sizes[j];
    rate[j] += agreement * sizes[i];
  }
  rate.forEach((expected, i) => {
    const seen = -(slope[2 * i] * Math.cos(theta[i]) + slope[2 * i + 1] * Math.sin(theta[i]));
    assert.ok(Math.abs(seen - expected) < 1e-12, `node ${i}: ${seen}, ${expected}`);
  });
});

test('trust comes to rest at 1 + k J / kappa in agreement, and lower in a loop that contradicts itself', () => {
  const [J, kappa] = [0.5, 2];
  const regular = randomRegular(12, 3, { seed: 4 });
  const agreed = hamiltonian(regular, [trustPhase('weight', { J }), trustConfinement({ kappa })]);
  const rest = relaxed(
    agreed,
    polar(
      new Array<number>(12).fill(0.2),
      angles(12, 'near').map((x) => x / 8),
    ),
  );
  for (let i = 0; i < 12; i++)
    assert.ok(Math.abs(rest[2 * i] ** 2 + rest[2 * i + 1] ** 2 - (1 + (3 * J) / kappa)) < 1e-9);
  for (const Phi of [0, 1, 2.5]) {
    const loop = hamiltonian(complete(3), [
      trustPhase('weight', { J, A: [Phi, 0, 0] }),
      trustConfinement({ kappa }),
    ]);
    // the phases from the aligned branch: A is spread over the loop
    const phi = relaxed(loop, polar([0.5, 0.5, 0.5], [(2 * Phi) / 3, 0, Phi / 3]));
    for (let i = 0; i < 3; i++) {
      const trust = phi[2 * i] ** 2 + phi[2 * i + 1] ** 2;
      assert.ok(
        Math.abs(trust - (1 + ((2 * J) / kappa) * Math.cos(Phi / 3))) < 1e-9,
        `Phi = ${Phi}: |phi|^2 = ${trust}`,
      );
    }
  }
});
