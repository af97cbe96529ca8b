// Bounded confidence: what the two rules keep, where they must end, and that they hold no history.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { after, checkUpdate, iterate } from '../../src/ambient/index.js';
import { deffuant, hegselmannKrause } from '../../src/dynamics/index.js';
import { complete, fromEdges, ring, smallWorld } from '../../src/graphs/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';

const uniform = (count: number, seed: number): Float64Array =>
  Float64Array.from({ length: count }, uniformGenerator(seed));
const sum = (x: Float64Array): number => x.reduce((total, value) => total + value, 0);
const seeds = fc.integer({ min: 0, max: 1e6 });
const width = fc.double({ min: 0.05, max: 1, noNaN: true });

test('Hegselmann-Krause on a complete graph: order is kept, a gap above w never closes, and it ends in camps more than w apart', () => {
  fc.assert(
    fc.property(seeds, width, (seed, w) => {
      const start = uniform(30, seed).sort();
      const round = hegselmannKrause(complete(30), { w });
      let last = start;
      for (const { present } of iterate(round, start, { steps: 200, seed })) {
        present.forEach((x, i) => {
          if (i === 0) return;
          assert.ok(x >= present[i - 1] - 1e-12, 'order');
          if (last[i] - last[i - 1] > w) assert.ok(x - present[i - 1] > w, 'gap');
        });
        last = present;
      }
      last.forEach((x, i) =>
        assert.ok(i === 0 || x - last[i - 1] < 1e-9 || x - last[i - 1] > w, `${x - last[i - 1]} within ${w}`),
      );
    }),
    { numRuns: 40 },
  );
});

test('Hegselmann-Krause that hears everybody is the average of neighbours, and by hand', () => {
  const graph = smallWorld(20, 4, 0.3, { seed: 1 });
  const x = uniform(20, 2);
  const next = hegselmannKrause(graph, { w: Infinity })(x);
  next.forEach((value, i) => {
    const all = [i, ...graph.neighboursOf(i)];
    assert.ok(Math.abs(value - all.reduce((total, j) => total + x[j], 0) / all.length) < 1e-14);
  });
  assert.deepEqual(
    [
      ...hegselmannKrause(
        fromEdges(3, [
          [0, 1],
          [1, 2],
        ]),
        { w: 2 },
      )(Float64Array.of(0, 2, 5)),
    ],
    [1, 1, 5],
  );
});

test('Deffuant keeps the sum, never widens the range, and stubborn nodes do not move', () => {
  fc.assert(
    fc.property(seeds, width, fc.double({ min: 0.01, max: 0.5, noNaN: true }), (seed, w, share) => {
      const graph = smallWorld(24, 4, 0.2, { seed });
      const start = uniform(24, seed);
      const end = after(deffuant(graph, { w, fraction: share }), start, { steps: 20, seed });
      assert.ok(Math.abs(sum(end) - sum(start)) < 1e-12 * 24);
      assert.ok(
        Math.max(...end) <= Math.max(...start) + 1e-12 && Math.min(...end) >= Math.min(...start) - 1e-12,
      );
      for (const kernel of [
        deffuant(graph, { w, fraction: share, stubborn: [3, 5] }),
        hegselmannKrause(graph, { w, stubborn: [3, 5] }),
      ]) {
        const held = after(kernel, start, { steps: 10, seed });
        assert.ok(held[3] === start[3] && held[5] === start[5]);
        assert.ok(w < 0.3 || held.some((x, i) => x !== start[i]));
      }
    }),
    { numRuns: 40 },
  );
});

test('Deffuant on one pair: the gap falls by 1 - 2 m at every meeting, if it is within w', () => {
  const pair = complete(2);
  const gap = (w: number): number => {
    const [a, b] = after(deffuant(pair, { w, fraction: 0.1 }), Float64Array.of(0, 1), { steps: 7, seed: 1 });
    return b - a;
  };
  assert.ok(Math.abs(gap(2) - 0.8 ** 7) < 1e-15);
  assert.equal(gap(0.99), 1);
});

test('a far stubborn node is heard by nobody, a near one by all', () => {
  const graph = ring(20, 4);
  const start = (far: number): Float64Array =>
    Float64Array.from({ length: 20 }, (_, i) => (i === 0 ? far : 0));
  for (const rule of [hegselmannKrause, deffuant]) {
    const kernel = rule(graph, { w: 1, stubborn: [0] });
    assert.ok(
      after(kernel, start(1.01), { steps: 500, seed: 1 })
        .slice(1)
        .every((x) => x === 0),
      rule.name,
    );
    assert.ok(
      after(kernel, start(1), { steps: 2000, seed: 1 })
        .slice(1)
        .every((x) => x > 0.9),
      rule.name,
    );
  }
});

test('neither holds a history, and both are functions of the key', () => {
  const states = [1, 2, 3].map((seed) => uniform(12, seed));
  const graph = ring(12, 4);
  checkUpdate<Float64Array>(hegselmannKrause(graph, { w: 0.4 }), states);
  checkUpdate(deffuant(graph, { w: 0.4 }), states);
  const [one, two] = [1, 2].map((seed) => after(deffuant(graph, { w: 0.4 }), states[0], { steps: 1, seed }));
  assert.notDeepEqual(one, two);
});

test('what is wrong is named', () => {
  const graph = ring(5);
  assert.throws(
    () => hegselmannKrause(graph, { w: 0 }),
    /hegselmannKrause: w must be positive and finite, got 0/,
  );
  assert.throws(
    () => hegselmannKrause(graph, { w: 1, stubborn: [5] }),
    /stubborn node must be an integer in \[0, 4\], got 5/,
  );
  assert.throws(
    () => deffuant(graph, { w: 1, fraction: 0.6 }),
    /deffuant: fraction must be in \(0, 1\/2\], got 0.6/,
  );
  assert.throws(
    () => deffuant(fromEdges(2, [], { connected: false }), { w: 1 }),
    /deffuant: edges must be an integer in \[1, /,
  );
  assert.throws(
    () => hegselmannKrause(graph, { w: 1 })(Float64Array.of(1)),
    /needs one opinion per node \(5\), got 1/,
  );
});
