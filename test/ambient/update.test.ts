// Kernels without history: the type refuses a past, the check finds a hidden one, a stopped run goes on, and
// memory does not grow.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fc } from '../property.js';
import { after, checkUpdate, iterate, type Update } from '../../src/ambient/index.js';
import { type Key, uniformGenerator } from '../../src/randomness/index.js';

const walk: Update<number> = (x, { seed, stream }) => x + uniformGenerator(seed, stream)() - 0.5;

test('the type has no place for a past', () => {
  // @ts-expect-error a kernel is handed no states before the present
  const withPast: Update<number> = (x: number, _key: Key, past: readonly number[]) => x + past.length;
  assert.throws(() => after(withPast, 0, { steps: 1 }), TypeError);
});

test('a run that stops goes on as if it had not, and another seed is another run', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(50), fc.nat(), (first, second, seed) => {
      const whole = after(walk, 0, { steps: first + second, seed });
      assert.equal(
        after(walk, after(walk, 0, { steps: first, seed }), { steps: second, seed, from: first }),
        whole,
      );
      if (first + second > 0)
        assert.notEqual(after(walk, 0, { steps: first + second, seed: seed + 1 }), whole);
    }),
  );
  assert.deepEqual(
    [...iterate((x: number) => 2 * x, 1, { steps: 3 })],
    [
      { step: 1, present: 2 },
      { step: 2, present: 4 },
      { step: 3, present: 8 },
    ],
  );
  assert.throws(() => after(walk, 0, { steps: -1 }), /iterate: steps must be an integer.* got -1/);
});

test('the check finds a counter, a memory of the last state, and a present that is written to', () => {
  checkUpdate(walk, [0, 1, 2]);
  let calls = 0;
  let last = 0;
  assert.throws(() => checkUpdate(() => ++calls, [0]), /the kernel remembers/);
  assert.throws(
    () =>
      checkUpdate(
        (x: number) => {
          const next = x + last;
          last = x;
          return next;
        },
        [1, 2, 5],
      ),
    /the kernel remembers/,
  );
  assert.throws(
    () => checkUpdate((x: Float64Array) => x.fill(1), [Float64Array.of(0, 0)]),
    /changed the present it was given, state 0/,
  );
});

test('a million steps take no more memory than ten thousand', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const kernel: Update<Float64Array> = (x, { stream }) => x.map((each) => each / 2 + (stream % 7)); // a new array a step
  const used: number[] = [];
  for (const { step } of iterate(kernel, new Float64Array(8), { steps: 1_000_000 })) {
    if (step !== 10_000 && step !== 1_000_000) continue;
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    used.push(heapUsed + arrayBuffers);
  }
  assert.ok(
    used[1] - used[0] < 2e7,
    `${used[1] - used[0]} bytes for 990,000 steps: of every state kept it were 64 and more a step`,
  );
});
