// The queue against a sorted list: whatever is pushed and popped in turn, the first in (time, order of
// asking) comes out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { EventQueue } from '../../src/protocol/network/eventQueue.js';
import { aleaGenerator, exponential } from '../../src/randomness/index.js';

const waits: Record<string, (random: () => number) => number> = {
  'exponential waits': exponential,
  'equal waits': () => 1,
  'waits of nine decades': (random) => 10 ** (9 * random() - 6),
  'no waits at all': () => 0,
  'waits below the last bit of the clock': (random) => (random() < 0.5 ? 0 : 1e-17),
};

for (const [name, wait] of Object.entries(waits)) {
  test(`first come the earliest, then those asked for first: ${name}`, () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31), fc.integer({ min: 1, max: 6000 }), (seed, burst) => {
        const random = aleaGenerator(seed);
        const queue = new EventQueue();
        const times: number[] = [];
        const popped: number[] = [];
        let now = 0;
        const pop = (): void => {
          now = queue.time;
          const slot = queue.pop();
          popped.push(queue.to[slot]);
          assert.deepEqual([queue.from[slot], queue.message[slot]], [0 - queue.to[slot], queue.to[slot] / 2]);
        };
        while (popped.length < 3 * burst) {
          // bursts of pushes, then as many pops
          for (let k = 0; k < burst; k++) {
            times.push(now + wait(random));
            queue.push(times.at(-1)!, times.length - 1, 1 - times.length, (times.length - 1) / 2);
          }
          for (let k = 0; k < burst && random() < 0.999; k++) pop();
        }
        while (queue.size > 0) pop();
        assert.equal(queue.time, Infinity);
        const inOrder = times.map((_, at) => at).sort((a, b) => times[a] - times[b] || a - b);
        assert.equal(popped.length, times.length);
        if (burst >= times.length) assert.deepEqual(popped, inOrder);
        popped.forEach(
          (at, k) =>
            k > 0 &&
            assert.ok(
              times[popped[k - 1]] < times[at] || (times[popped[k - 1]] === times[at] && popped[k - 1] < at),
              `${k}`,
            ),
        );
      }),
      { numRuns: 12 },
    );
  });
}
