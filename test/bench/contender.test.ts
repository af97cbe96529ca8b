import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Contender, fastest, medianOf, race, ratio } from '../../bench/engine/contender.js';

test('the interval of a median is made of the order statistics that hold it at 95 %', () => {
  const interval = (count: number) => medianOf(Array.from({ length: count }, (_, k) => count - k)).interval;
  assert.deepEqual(interval(6), [1, 6]); // 1 - 2 / 2^6 = 0.969
  assert.deepEqual(interval(8), [1, 8]); // one further in: 0.930
  assert.deepEqual(interval(9), [2, 8]); // 0.961
  assert.deepEqual(interval(20), [6, 15]); // 0.959; one further in: 0.885
  assert.equal(medianOf([3, 1, 2, 10]).median, 2.5);
});

test('ratios are made round by round, so that a slow machine cancels', () => {
  assert.equal(ratio([10, 1, 4, 6, 8, 2], [5, 0.5, 2, 3, 4, 1]).median, 2);
  assert.deepEqual(ratio([10, 1, 4, 6, 8, 2], [5, 0.5, 2, 3, 4, 1]).interval, [2, 2]);
});

test('contenders take turns, and the fastest batch of a turn counts', async () => {
  const order: string[] = [];
  const contender = (name: string, seconds: readonly number[]): Contender => {
    let turn = 0;
    return {
      name,
      kind: 'other',
      threads: 1,
      run: async (steps) => {
        if (order.at(-1) !== name) order.push(name);
        return { steps, seconds: seconds[turn++ % seconds.length] };
      },
    };
  };
  const measured = await race([contender('even', [0.1]), contender('disturbed', [0.4, 0.05, 0.2])], 1000, 6);
  assert.deepEqual(order.slice(2).slice(0, 4), ['even', 'disturbed', 'even', 'disturbed']);
  assert.deepEqual(measured[0].rates, new Array(6).fill(10_000));
  assert.ok(Math.max(...measured[1].rates) === 20_000);
  assert.ok(fastest(measured).every((rate) => rate >= 10_000));
});
