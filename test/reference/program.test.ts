// The program's rules, and its pathologies: asserted as they are, not to be repaired.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { fc } from '../property.js';
import { fromEdges, ring } from '../../src/graphs/index.js';
import {
  lightCone,
  neighbourLists,
  referenceEnergyChange,
  referenceEnsemble,
  referenceOutcome,
  runReference,
} from '../../src/reference/index.js';
import { interactionEnergy, localEnergy } from '../../src/reference/programEnergy.js';

const accept = () => 0;
const refuse = () => 1 - 2 ** -53;
const pair = [[1], [0]];
const ringLists = neighbourLists(ring(12, 4));

const repeat = (value: number, times: number) => Array.from({ length: times }, () => value);

/** Hands out the numbers in order; throws when they run out. */
function listed(...numbers: number[]): () => number {
  const left = [...numbers];
  return () => {
    assert.ok(left.length > 0, 'drew more uniforms than expected');
    return left.shift()!;
  };
}

test('a uniform is drawn only where the energy rises', () => {
  // the signal raises H_0; then node 0 offers itself its own value and node 1 falls in line: no further draw
  const run = runReference({ neighbours: pair, signal: 3, uniform: listed(0.5) });
  assert.deepEqual(run.stateAfterSweep, [
    [3, 3],
    [3, 3],
  ]);
  assert.deepEqual([run.injected, run.steps, run.converged, run.final], [true, 2, true, [3, 1]]);
  assert.deepEqual(run.temperatures, [100 * 0.95 * 0.95, 100 * 0.95 * 0.95]); // decay is 0.95 unless given
});

test('a rise is kept unless u > exp(-dE / T): equality is kept', () => {
  const threshold = Math.exp(-(0.5 * 3 ** 2) / 100);
  const injected = (u: number) => runReference({ neighbours: pair, signal: 3, uniform: () => u }).injected;
  assert.equal(injected(threshold), true);
  assert.equal(injected(threshold * (1 + 2 ** -52)), false);
});

test('each visit cools the node that is visited, whether it moved or not', () => {
  const run = runReference({ neighbours: ringLists, signal: 3, decay: 0.5, uniform: accept });
  assert.deepEqual(run.temperatures, repeat(25, 12));
  // nodes 0 and 3 stand alone and take the signal; 1 and 2 stand against it at T = 100, then at T = 50, where
  // 1 refuses what it would have taken at 100 and 2 takes it at its threshold; 1 then follows without a draw
  const cold = Math.exp(-(0.5 * 10 ** 2) / 50);
  const warmer = Math.exp(-(0.5 * 10 ** 2) / 75);
  const cooled = runReference({
    neighbours: [[], [2], [1], []],
    signal: 10,
    decay: 0.5,
    uniform: listed(refuse(), refuse(), warmer, cold),
  });
  assert.deepEqual(cooled.stateAfterSweep, [
    [10, 0, 0, 10],
    [10, 0, 10, 10],
    [10, 10, 10, 10],
    [10, 10, 10, 10],
  ]);
});

test('the rule stops at a sum of changes below 1e-4, whatever the energies are', () => {
  const steps = (signal: number) => runReference({ neighbours: ringLists, signal, uniform: accept }).steps;
  assert.equal(steps(1e-4 / 11.1), 1);
  assert.equal(steps(1e-4 / 10.9), 2);
});

test('after 1000 sweeps it stops unconverged', () => {
  // pairs of nodes, of which one a sweep gives in: its partner then falls in line without a draw
  const pairs = 1001;
  const neighbours = [[], ...Array.from({ length: 2 * pairs }, (_, k) => [k % 2 === 0 ? k + 2 : k])];
  let waiting = pairs;
  let drawn = 0;
  const uniform = () => {
    const u = drawn === 0 ? accept() : refuse();
    drawn++;
    if (drawn === 2 * waiting - 1) [waiting, drawn] = [waiting - 1, 0];
    return u;
  };
  const run = runReference({ neighbours, signal: 100, decay: 1, uniform });
  assert.deepEqual([run.steps, run.converged, referenceOutcome(run, 100)], [1000, false, 'split']);
});

test('pathology: every node reads node 0, along edges or not', () => {
  // along this path a message from neighbour to neighbour, in the order of the sweep, takes a sweep an edge
  const path = fromEdges(6, [
    [0, 5],
    [5, 4],
    [4, 3],
    [3, 2],
    [2, 1],
  ]);
  const run = runReference({ neighbours: neighbourLists(path), signal: 3, uniform: accept });
  assert.deepEqual(
    lightCone(path, run.stateAfterSweep),
    [1, 2, 3, 4, 5].map((distance) => ({ distance, firstChange: [1] })),
  );
  const island = fromEdges(
    4,
    [
      [0, 1],
      [2, 3],
    ],
    { connected: false },
  );
  const reached = runReference({ neighbours: neighbourLists(island), signal: 3, uniform: accept });
  assert.deepEqual(lightCone(island, reached.stateAfterSweep), [
    { distance: 1, firstChange: [1] },
    { distance: Infinity, firstChange: [1, 1] },
  ]);
});

test('the light cone of a front that moves one edge a sweep', () => {
  const sweeps = [
    [5, 5, 0, 0, 0, 5],
    [5, 5, 5, 0, 5, 5],
  ];
  assert.deepEqual(lightCone(ring(6), sweeps), [
    { distance: 1, firstChange: [1, 1] },
    { distance: 2, firstChange: [2, 2] },
    { distance: 3, firstChange: [Infinity] },
  ]);
});

test('pathology: a lost signal is reported as converged after one step, with all at zero', () => {
  const run = runReference({ neighbours: ringLists, signal: 14, uniform: refuse });
  assert.deepEqual([run.injected, run.steps, run.converged, run.final], [false, 1, true, [0, 1]]);
  assert.deepEqual(run.stateAfterSweep, [repeat(0, 12)]);
  assert.equal(referenceOutcome(run, 14), 'allZero');
});

test('pathology: one node against all others is reported as converged, with the signal as the result', () => {
  const uniform = listed(0, ...repeat(refuse(), 11));
  const run = runReference({ neighbours: ringLists, signal: 14, uniform });
  assert.deepEqual([run.injected, run.steps, run.converged, run.final], [true, 1, true, [14, 1]]);
  assert.deepEqual(run.stateAfterSweep, [[14, ...repeat(0, 11)]]);
  assert.equal(referenceOutcome(run, 14), 'split');
});

test('pathology: cooling has no part in whether the signal is taken', () => {
  const injected = (decay: number, u: number) =>
    runReference({ neighbours: ringLists, signal: 8, decay, uniform: () => u }).injected;
  const below = Math.exp((-4 * 8 ** 2) / 200);
  for (const decay of [0.01, 0.5, 0.95, 0.999, 1, 2]) {
    assert.equal(injected(decay, below), true);
    assert.equal(injected(decay, below + 1e-12), false);
  }
});

test('pathology: the program takes a move to cost half of what Definition 1.2 says, exactly', () => {
  const state = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(state, fc.nat(11), fc.integer({ min: -1000, max: 1000 }), (data, node, proposed) => {
      const { local, total } = referenceEnergyChange(
        ringLists,
        { data, reputation: data.map(() => 1) },
        node,
        proposed,
      );
      assert.equal(local, 0.5 * total);
    }),
    { seed: 11 },
  );
  const { local, total } = referenceEnergyChange(pair, { data: [0, 0], reputation: [1, 1] }, 0, 2);
  assert.deepEqual([local, total], [2, 4]);
});

test('the local energies add up to Definition 1.2, reputations included', () => {
  const state = { data: [1, 4, -2], reputation: [1, 3, 1] };
  const neighbours = [[1, 2], [0], [0]];
  // |(3, 2)|^2 + |(3, 0)|^2
  const total = interactionEnergy(neighbours, state);
  assert.ok(Math.abs(total - 22) < 1e-14 * 22);
  const sum = [0, 1, 2].reduce((energy, i) => energy + localEnergy(neighbours, state, i), 0);
  assert.ok(Math.abs(sum - total) < 1e-14 * 22);
});

test('bad input is refused by name', () => {
  const input = { neighbours: pair, signal: 3, uniform: accept };
  const refused = (change: object, message: string) =>
    assert.throws(() => runReference({ ...input, ...change }), { name: 'RangeError', message });
  refused({ neighbours: [] }, 'runReference: needs at least one node, got 0');
  refused({ neighbours: [[1], [2]] }, 'runReference: neighbours of node 1 must be in [0, 2), got 2');
  refused({ neighbours: [[NaN], [0]] }, 'runReference: neighbours of node 0 must be in [0, 2), got NaN');
  refused({ signal: NaN }, 'runReference: signal must be finite, got NaN');
  refused({ decay: 0 }, 'runReference: decay must be positive and finite, got 0');
  refused({ decay: NaN }, 'runReference: decay must be positive and finite, got NaN');
});

test('options of the program and of ensembles have rules', () => {
  assert.throws(
    () => runReference({ neighbours: [[1], [0]], signal: 3 } as never),
    /runReference: uniform is missing/,
  );
  assert.throws(
    () => runReference({ neighbors: [[1], [0]], signal: 3 } as never),
    /runReference: unknown option "neighbors"; did you mean "neighbours"\?/,
  );
  assert.throws(
    () => referenceEnsemble({ runs: 3, nodes: 9, signal: 3 } as never),
    /referenceRuns: unknown option "nodes"/,
  );
});
