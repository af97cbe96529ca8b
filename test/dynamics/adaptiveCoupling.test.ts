// Couplings that follow agreement: a Lyapunov function that never rises, its minimum over the couplings, and
// who is cut off.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { fc } from '../property.js';
import { agreementLyapunov, followAgreement, langevin, sample } from '../../src/dynamics/index.js';
import { couplingLaw, hamiltonian, interaction } from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { Field, fieldFrom, normalField, pinned } from '../../src/fields/index.js';
import { complete, smallWorld } from '../../src/graphs/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';

before(() => ready());

const graph = smallWorld(16, 4, 0.2, { seed: 1 });
const couplingsOf = (seed: number): Float64Array =>
  Float64Array.from({ length: graph.edgeCount }, uniformGenerator(seed));
const setting = fc.record({
  seed: fc.integer({ min: 0, max: 1e6 }),
  width: fc.double({ min: 0.3, max: 3, noNaN: true }),
  rate: fc.double({ min: 0.01, max: 1, noNaN: true }),
});

test('no step of the couplings, of any size, raises L; nor does the flow of the field under them', async () => {
  fc.assert(
    fc.property(setting, ({ seed, width, rate }) => {
      const state = normalField({ sites: 16, components: 2, chains: 2, seed });
      const J = couplingsOf(seed);
      const before = agreementLyapunov(graph, J, state, { width });
      const after = agreementLyapunov(graph, followAgreement(graph, J, state, { rate, width }), state, {
        width,
      });
      assert.ok(after <= before + 1e-12 * before, `${before} to ${after}`);
    }),
    { numRuns: 100 },
  );
  let [J, state] = [couplingsOf(3), normalField({ sites: 16, seed: 3 })];
  let last = agreementLyapunov(graph, J, state, { width: 1 });
  for (let round = 0; round < 20; round++) {
    const energy = hamiltonian(graph, [interaction({ J })]);
    state = state.with(
      (
        await sample(langevin(energy, { temperature: 0, timeStep: 0.02 }), {
          initial: state,
          steps: 5,
          every: 5,
          seed: 1,
        })
      ).states[0],
    );
    energy.dispose();
    const flowed = agreementLyapunov(graph, J, state, { width: 1 });
    J = followAgreement(graph, J, state, { rate: 0.2, width: 1 });
    const next = agreementLyapunov(graph, J, state, { width: 1 });
    assert.ok(flowed <= last + 1e-6 && next <= flowed + 1e-9, `round ${round}: ${last}, ${flowed}, ${next}`);
    last = next;
  }
});

test('at rest the couplings are exp(-d^2 / w^2), the least L there is, and L is the Welsch energy', () => {
  fc.assert(
    fc.property(setting, ({ seed, width }) => {
      const state = normalField({ sites: 16, seed });
      const rest = followAgreement(graph, couplingsOf(seed), state, { rate: 1, width });
      const least = agreementLyapunov(graph, rest, state, { width });
      const welsch = hamiltonian(graph, [couplingLaw('welsch', { w: width })]).energy64(
        Float64Array.from(state.values),
      );
      assert.ok(Math.abs(least - welsch) < 1e-9 * (1 + welsch), `${least}, Welsch ${welsch}`);
      assert.ok(agreementLyapunov(graph, couplingsOf(seed + 1), state, { width }) >= least - 1e-12);
    }),
    { numRuns: 60 },
  );
});

test('at a standing field the distance to rest falls by 1 - rate a step; the mean over chains counts', () => {
  const state = fieldFrom([0, 2], {});
  let J: Float64Array = Float64Array.of(1);
  for (let n = 1; n <= 20; n++) {
    J = followAgreement(complete(2), J, state, { rate: 0.3, width: 2 });
    assert.ok(Math.abs(J[0] - Math.exp(-1) - (1 - Math.exp(-1)) * 0.7 ** n) < 1e-14);
  }
  const two = new Field(Float32Array.of(0, 0, 2, 0), { sites: 2, chains: 2 }); // distances 2 and 0
  assert.ok(
    Math.abs(followAgreement(complete(2), [1], two, { rate: 1, width: 1 })[0] - Math.exp(-2)) < 1e-15,
  );
});

test('fast couplings cut a far stubborn node off; slow ones let it take everybody along first', async () => {
  const world = complete(8);
  const end = async (rate: number): Promise<number> => {
    let J: Float64Array = new Float64Array(world.edgeCount).fill(0.5);
    let state = pinned(new Field(Float32Array.of(10, 0, 0, 0, 0, 0, 0, 0), { sites: 8 }), [0]);
    for (let round = 0; round < 100; round++) {
      const energy = hamiltonian(world, [interaction({ J })]);
      state = state.with(
        (
          await sample(langevin(energy, { temperature: 0, timeStep: 0.02 }), {
            initial: state,
            steps: 2,
            every: 2,
            seed: 1,
          })
        ).states[0],
      );
      energy.dispose();
      J = followAgreement(world, J, state, { rate, width: 1 });
    }
    return state.values[1];
  };
  const [fast, slow] = [await end(0.9), await end(0.001)];
  assert.ok(fast < 1 && slow > 9, `${fast} and ${slow}`);
});

test('what is wrong is named', () => {
  const state = fieldFrom([0, 2], {});
  const pair = complete(2);
  assert.throws(
    () => followAgreement(pair, [1, 1], state, { rate: 1, width: 1 }),
    /followAgreement: needs one coupling per edge \(1\), got 2/,
  );
  assert.throws(
    () => followAgreement(pair, [-1], state, { rate: 1, width: 1 }),
    /couplings must be finite and not negative, got -1/,
  );
  assert.throws(
    () => followAgreement(pair, [1], state, { rate: 0, width: 1 }),
    /rate must be in \(0, 1\], got 0/,
  );
  assert.throws(
    () => agreementLyapunov(pair, [1], state, { width: 0 }),
    /agreementLyapunov: width must be positive and finite, got 0/,
  );
  assert.throws(
    () => agreementLyapunov(complete(3), [1, 1, 1], state, { width: 1 }),
    /field must have 3 sites, got 2/,
  );
});
