import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import * as tf from '#tfjs';
import {
  bond,
  checkTerm,
  custom,
  globalSum,
  oriented,
  site,
  star,
  withPlantedError,
  type BoundTerm,
  type Term,
} from '../../src/energies/index.js';
import { ready } from '../../src/tensors/index.js';
import { fromEdges, ring, smallWorld, type Graph } from '../../src/graphs/index.js';

before(() => ready());

const interaction = bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 1 }, { lowerBound: 0 });
const failures = (term: Term, graph?: Graph): string[] => checkTerm(term, graph ? { graph } : {}).failures;

/** A term whose bound form is spoilt. */
const spoilt = (spoil: (bound: BoundTerm, graph: Graph) => Partial<BoundTerm>): Term => ({
  ...interaction,
  with: () => spoilt(spoil),
  on: (graph) => {
    const bound = interaction.on(graph);
    return { ...bound, ...spoil(bound, graph) };
  },
});

test('right terms of every kind pass', () => {
  const graph = smallWorld(12, 4, 0.3, { seed: 12 });
  const turns = oriented(Array.from({ length: graph.edgeCount }, (_, e) => Math.sin(e)));
  const terms = [
    interaction,
    bond((a, b, t) => a.component(0).sub(b.component(0)).sub(t).cos().neg(), { t: turns }),
    site((x, h) => x.squaredNorm().sub(1).square().mul(h), { h: Array.from({ length: 12 }, (_, i) => i) }),
    star((x, nb) => nb.sum((y, w) => x.sub(y).mul(w)).squaredNorm()),
    star((x, nb) =>
      nb
        .mean((y) => y.softmax())
        .entropy()
        .mul(x.softmax().entropy()),
    ),
    globalSum(
      (nodes, K) =>
        nodes
          .sum((x) => x.sum())
          .square()
          .div(nodes.count)
          .mul(K),
      { K: -1 },
    ),
    custom((values) => values.sin().sum([0, 1])),
  ];
  for (const term of terms) assert.deepEqual(failures(term, graph), [], term.name);
});

test('planted errors are caught: a factor 2, a wrong sign, a wrong neighbour', () => {
  for (const error of ['factor 2', 'wrong sign', 'wrong neighbour'] as const) {
    assert.deepEqual(failures(withPlantedError(interaction, error)), ['gradient'], error);
  }
  assert.throws(
    () => withPlantedError(interaction, 'typo' as never),
    /withPlantedError: error must be one of factor 2, wrong sign, wrong neighbour, got "typo"/,
  );
});

test("planted errors stand in the float64 gradient and on tensors: twice, minus, or a neighbour's slope", () => {
  const graph = fromEdges(4, [
    [0, 1],
    [1, 2],
    [2, 3],
  ]);
  const state = Float64Array.of(0, 1, 3, 7); // slopes of the interaction: -2, -2, -4, 8
  const expected = {
    'factor 2': [-4, -4, -8, 16],
    'wrong sign': [2, 2, 4, -8],
    'wrong neighbour': [-2, -2, -2, -4],
  };
  for (const [error, slopes] of Object.entries(expected)) {
    const bound = withPlantedError(interaction, error as keyof typeof expected).on(graph);
    const out = new Float64Array(4);
    bound.addGradient64(out, state, 1);
    assert.deepEqual([...out], slopes, error);
    const gradient = bound.gradient(tf.tensor3d([...state], [4, 1, 1]));
    assert.deepEqual([...gradient.dataSync()], slopes, error);
  }
});

test('an error on tensors alone is caught', () => {
  assert.deepEqual(failures(spoilt((bound) => ({ gradient: (x) => tf.neg(bound.gradient(x)) }))), [
    'tensors',
  ]);
});

test('an error in generated code alone is caught', () => {
  const twice = bond((a, b, J) => a.sub(b).squaredNorm().mul(J).mul(2), { J: 1 });
  assert.deepEqual(failures({ ...interaction, code: twice.code }), ['compiled']);
  const around = (factor: number): Term =>
    star((x, nb) =>
      nb
        .sum((y, w) => x.sub(y).mul(w))
        .squaredNorm()
        .mul(factor),
    );
  assert.deepEqual(failures({ ...around(1), code: around(2).code }), ['compiled']);
  const checks = checkTerm(around(1)).checks.map(({ rule }) => rule);
  assert.ok(checks.indexOf('compiled') >= 0 && checks.indexOf('compiled') < checks.indexOf('tensors'));
});

test("a halved local change, the proposal's own, is caught", () => {
  const halved = spoilt((bound) => ({
    track: (state, d) => {
      const moves = bound.track(state, d);
      return { ...moves, change: (node, value) => moves.change(node, value) / 2 };
    },
  }));
  assert.deepEqual(failures(halved), ['local change']);
});

test('a bond that is not symmetric, and a bound that does not hold, are caught', () => {
  assert.deepEqual(failures(bond((a, b) => a.sub(b).sum().sub(1).square())), ['edge direction']);
  assert.deepEqual(failures(site((x) => x.sum(), {}, { lowerBound: 0 })), ['lower bound']);
});

test('a term that names a node is caught', () => {
  const leader: Term = {
    ...interaction,
    with: () => leader,
    on: (graph) => ({
      ...interaction.on(graph),
      energy64: (state, d) => state.subarray(0, d).reduce((sum, x) => sum + x * x, 0),
    }),
  };
  assert.ok(failures(leader).includes('relabelling'));
});

test('a wrong gradient of a custom term is caught by directional differences', () => {
  const right = custom((x) => x.square().sum([0, 1]));
  const wrong: Term = {
    ...right,
    on: (graph) => ({ ...right.on(graph), gradient: (x) => tf.mul(right.on(graph).gradient(x), 2) }),
  };
  assert.deepEqual(failures(right, ring(6)), []);
  assert.deepEqual(failures(wrong, ring(6)), ['gradient']);
});

test('a term with lists of its own graph: the error names the way out', () => {
  const own = ring(5);
  const term = site((x, h) => x.sum().mul(h), { h: [1, 2, 3, 4, 5] });
  assert.throws(() => checkTerm(term), {
    name: 'RangeError',
    message:
      'checkTerm: site: parameter h needs one value per node (12), got 5; by default terms are checked on 12 nodes; ' +
      "give the term's own graph, checkTerm(term, { graph })",
  });
  assert.ok(checkTerm(term, { graph: own }).passed);
  assert.throws(() => checkTerm(term, { graph: ring(6) }), {
    message: 'site: parameter h needs one value per node (6), got 5',
  });
});
