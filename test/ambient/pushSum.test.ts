// Push-sum: both totals are kept, every reading goes to the mean; its messages are transfers, which no order
// changes and repeats do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import {
  after,
  checkUpdate,
  delivered,
  iterate,
  orderOutcomes,
  pushSum,
  replayDrift,
  transferMerge,
  type Message,
} from '../../src/ambient/index.js';
import { ring, smallWorld } from '../../src/graphs/index.js';

const graph = smallWorld(30, 4, 0.2, { seed: 2 });
const values = Array.from({ length: 30 }, (_, i) => (i * 7) % 11);
const start = values.flatMap((value) => [value, 1]);
const total = (state: ArrayLike<number>, part: number): number =>
  Array.from(state).reduce((sum, each, at) => sum + (at % 2 === part ? each : 0), 0);
const readings = (state: ArrayLike<number>): number[] =>
  values.map((_, i) => state[2 * i] / state[2 * i + 1]);
const mean = total(start, 0) / 30;

test('totals stay, readings go to the mean, exponentially', () => {
  const errors: number[] = [];
  for (const { present } of iterate(pushSum(graph), start, { steps: 300, seed: 4 })) {
    assert.ok(
      Math.abs(total(present, 0) / total(start, 0) - 1) < 1e-13 && Math.abs(total(present, 1) - 30) < 1e-12,
    );
    errors.push(Math.max(...readings(present).map((each) => Math.abs(each - mean))));
  }
  assert.ok(errors[299] < 1e-6, `${errors[299]}`);
  assert.ok(
    Math.log(errors[99] / errors[299]) > 0.5 * Math.log(errors[9] / errors[99]),
    'as fast later as before',
  );
  checkUpdate(pushSum(graph), [start]);
});

test('a message that comes twice makes mass at the rate that it should', () => {
  const repeated = 0.1; // every round multiplies the mean of both totals by 1 + repeated / 2
  const growth = Array.from(
    { length: 64 },
    (_, seed) =>
      Math.log(total(after(pushSum(graph, { repeated }), start, { steps: 20, seed }), 1) / 30) / 20,
  );
  const average = growth.reduce((sum, each) => sum + each, 0) / 64;
  assert.ok(Math.abs(average - Math.log(1 + repeated / 2)) < 0.003, `${average}`);
});

test('its messages as transfers: no order matters, a repeat does', () => {
  const sums = fc.array(fc.tuple(fc.nat(2), fc.integer({ min: -64, max: 64 })), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(sums, (sent) => {
      const messages: Message[] = sent.flatMap(([to, value]) => [
        { to: 2 * to, value: value / 4 },
        { to: 2 * to + 1, value: 0.25 },
      ]); // sums of fourths are exact
      const held = [1, 1, 2, 1, 3, 1];
      assert.equal(orderOutcomes(transferMerge, held, messages, { orders: 6, seed: 1 }).distinct, 1);
      const more = replayDrift(transferMerge, held, messages, { times: 2 });
      assert.equal(total(more, 1), sent.length / 4);
      assert.deepEqual(
        Array.from(delivered(transferMerge, held, messages), (each, i) => each - held[i]),
        Array.from(more),
      );
    }),
  );
});

test('refusals name the rule and the value', () => {
  assert.throws(() => pushSum(ring(3), { repeated: 2 }), /pushSum: repeated must be in \[0, 1\], got 2/);
  assert.throws(
    () => after(pushSum(ring(3)), [1], { steps: 1 }),
    /pushSum: the state must be \[nodes, 2\] = \[3, 2\], got 1 numbers/,
  );
});
