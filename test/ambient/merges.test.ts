// Merges: a semilattice does not know order or repetition, whatever the messages; averaging knows both, by
// amounts that are exact.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import {
  averagingMerge,
  delivered,
  maximumMerge,
  orderOutcomes,
  replayDrift,
  transferMerge,
  unionMerge,
} from '../../src/ambient/index.js';

const nodes = 5;
const messages = fc.array(fc.record({ to: fc.nat(nodes - 1), value: fc.nat(1000) }), {
  minLength: 2,
  maxLength: 30,
});
const start = fc.array(fc.nat(1000), { minLength: nodes, maxLength: nodes });

test('maximum and union: one outcome in all orders, none the other for repeats', () => {
  fc.assert(
    fc.property(messages, start, (sent, held) => {
      for (const merge of [maximumMerge, unionMerge]) {
        assert.equal(orderOutcomes(merge, held, sent, { orders: 20, seed: 1 }).distinct, 1);
        assert.deepEqual([...replayDrift(merge, held, sent, { times: 3 })], [0, 0, 0, 0, 0]);
        const once = delivered(merge, held, sent);
        assert.deepEqual(delivered(merge, once, sent), once);
      }
    }),
  );
});

test('a transfer knows no order, and makes mass of repeats', () => {
  fc.assert(
    fc.property(messages, start, (sent, held) => {
      assert.equal(orderOutcomes(transferMerge, held, sent, { orders: 20, seed: 1 }).distinct, 1);
      const made = replayDrift(transferMerge, held, sent, { times: 4 }).reduce((sum, x) => sum + x, 0);
      assert.equal(made, 3 * sent.reduce((sum, { value }) => sum + value, 0));
    }),
  );
});

test('averaging: n different messages to one node have n! outcomes, a repeat moves it by a quarter of the way', () => {
  const sent = [1, 2, 5].map((value) => ({ to: 0, value }));
  assert.equal(orderOutcomes(averagingMerge, [0], sent, { orders: 200, seed: 1 }).distinct, 6);
  assert.deepEqual([...replayDrift(averagingMerge, [0, 3], [{ to: 0, value: 1 }], { times: 2 })], [0.25, 0]);
  assert.deepEqual([...delivered(averagingMerge, [0], sent)], [1 / 8 + 2 / 4 + 5 / 2]);
});

test('refusals name the rule and the value', () => {
  assert.throws(
    () => delivered(maximumMerge, [0], [{ to: 1, value: 2 }]),
    /delivered: message 0: to must be an integer in \[0, 0\], got 1/,
  );
  assert.throws(
    () => orderOutcomes(maximumMerge, [0], [], { orders: 0 }),
    /orderOutcomes: orders must be .* got 0/,
  );
  assert.throws(
    () => replayDrift(maximumMerge, [0], [], { times: 0.5 }),
    /replayDrift: times must be .* got 0\.5/,
  );
  for (const value of [0.5, -1, 2 ** 31, NaN]) {
    assert.throws(
      () => delivered(unionMerge, [0], [{ to: 0, value }]),
      /unionMerge: a set of up to 31 elements, as bits, must be an integer in \[0, /,
    );
  }
});

test('the maximum holds the largest of all that a node had and was sent', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), (sent) => {
      assert.deepEqual(
        delivered(
          maximumMerge,
          [-5, 7],
          sent.map((value) => ({ to: 0, value })),
        ),
        Float64Array.of(Math.max(-5, ...sent), 7),
      );
    }),
  );
});
