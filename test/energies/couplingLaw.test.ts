// Coupling laws against their closed forms, and compiled engines against the interpreter: a pull fades where
// the law says so.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fc } from '../property.js';
import { langevin, sample } from '../../src/dynamics/index.js';
import { checkTerm, couplingLaw, type CouplingLawName, hamiltonian } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { Field, pinned } from '../../src/fields/index.js';
import { complete, fromEdges, smallWorld } from '../../src/graphs/index.js';

before(() => ready());

const pair = fromEdges(2, [[0, 1]]);
const between = fc.record({
  d: fc.double({ min: -6, max: 6, noNaN: true }),
  J: fc.double({ min: 0, max: 3, noNaN: true }),
  w: fc.double({ min: 0.2, max: 4, noNaN: true }),
});
const energyAt = (law: CouplingLawName, J: number, w: number | undefined, d: number): number =>
  hamiltonian(pair, [couplingLaw(law, { J, w })]).energy64(Float64Array.of(d, 0));

test('every law passes the conformance suite, in one component and three', () => {
  for (const law of ['quadratic', 'truncated', 'welsch'] as const) {
    for (const components of [1, 3]) {
      const { checks } = checkTerm(couplingLaw(law, { J: 0.7, w: law === 'quadratic' ? undefined : 1.3 }), {
        components,
      });
      assert.deepEqual(
        checks.filter(({ passed }) => !passed),
        [],
        law,
      );
    }
  }
});

test('energy and pull between two nodes are the closed forms', () => {
  fc.assert(
    fc.property(between, ({ d, J, w }) => {
      const close = (x: number, y: number): void =>
        assert.ok(Math.abs(x - y) < 1e-9 * (1 + Math.abs(y)), `${x}, not ${y}`);
      close(energyAt('quadratic', J, undefined, d), J * d * d);
      close(energyAt('truncated', J, w, d), J * Math.min(d * d, w * w));
      close(energyAt('welsch', J, w, d), J * w * w * (1 - Math.exp(-((d / w) ** 2))));
      const pull = (law: CouplingLawName): number =>
        hamiltonian(pair, [couplingLaw(law, { J, w })]).gradient64(Float64Array.of(d, 0))[0];
      if (Math.abs(Math.abs(d) - w) > 1e-6) close(pull('truncated'), Math.abs(d) < w ? 2 * J * d : 0);
      close(pull('welsch'), 2 * J * d * Math.exp(-((d / w) ** 2)));
    }),
    { numRuns: 60 },
  );
});

test('saturating laws never cost more than the quadratic one, nor more than J w^2 an edge, and are it at small distance', () => {
  fc.assert(
    fc.property(between, ({ d, J, w }) => {
      const [square, cut, smooth] = [
        energyAt('quadratic', J, undefined, d),
        energyAt('truncated', J, w, d),
        energyAt('welsch', J, w, d),
      ];
      const slack = 1e-12 * (1 + square);
      assert.ok(smooth <= cut + slack && cut <= square + slack && cut <= J * w * w + slack);
      const near = 1e-3 * w;
      assert.ok(Math.abs(energyAt('welsch', 1, w, near) / (near * near) - 1) < 1e-6);
    }),
    { numRuns: 60 },
  );
});

test('one edge a coupling of its own: J_ij scales its edge alone', () => {
  const graph = fromEdges(3, [
    [0, 1],
    [1, 2],
  ]);
  const energy = hamiltonian(graph, [couplingLaw('truncated', { J: [2, 5], w: 1 })]).energy64(
    Float64Array.of(0, 0.5, 9),
  );
  assert.ok(Math.abs(energy - (2 * 0.25 + 5)) < 1e-12);
});

test('compiled code runs every law as the tensors do, to float32 rounding', async () => {
  const graph = smallWorld(30, 4, 0.2, { seed: 1 });
  const start = pinned(
    new Field(
      Float32Array.from({ length: 30 }, (_, i) => Math.sin(3 * i)),
      { sites: 30 },
    ),
    [0],
  );
  for (const law of ['quadratic', 'truncated', 'welsch'] as const) {
    const energy = hamiltonian(graph, [
      couplingLaw(law, { J: 0.5, w: law === 'quadratic' ? undefined : 0.8 }),
    ]);
    const [wasm, tensors] = await Promise.all(
      (['wasm', 'tensors'] as const).map(
        async (engine) =>
          (
            await sample(langevin(energy, { temperature: 0, timeStep: 0.05, engine }), {
              initial: start,
              steps: 20,
              every: 20,
              seed: 1,
            })
          ).states[0],
      ),
    );
    assert.equal(wasm[0], start.values[0]);
    wasm.forEach((x, i) =>
      assert.ok(Math.abs(x - tensors[i]) < 1e-5, `${law}, node ${i}: ${x} and ${tensors[i]}`),
    );
  }
});

test('a held node far away takes everybody along by the quadratic law, and nobody by those that saturate', async () => {
  const graph = complete(8);
  const start = pinned(new Field(Float32Array.of(10, 0, 0, 0, 0, 0, 0, 0), { sites: 8 }), [0]);
  for (const [law, w, end] of [
    ['quadratic', undefined, 10],
    ['truncated', 1, 0],
    ['welsch', 1, 0],
  ] as const) {
    const energy = hamiltonian(graph, [couplingLaw(law, { J: 0.5, w })]);
    const {
      states: [last],
    } = await sample(langevin(energy, { temperature: 0, timeStep: 0.05 }), {
      initial: start,
      steps: 400,
      every: 400,
      seed: 1,
    });
    assert.ok(
      last.slice(1).every((x) => Math.abs(x - end) < 1e-4),
      `${law}: ${last.join()}`,
    );
  }
});

test('what is wrong is named', () => {
  assert.throws(
    () => couplingLaw('cubic' as never),
    /couplingLaw: law must be one of quadratic, truncated, welsch, got "cubic"/,
  );
  assert.throws(() => couplingLaw('welsch', { w: 0 }), /couplingLaw: w must be positive and finite, got 0/);
  assert.throws(() => couplingLaw('quadratic', { w: 1 }), /couplingLaw: the quadratic law has no w, got 1/);
  assert.throws(
    () => couplingLaw('truncated', { J: -1 }),
    /couplingLaw: J must be finite and not negative, got -1/,
  );
});
