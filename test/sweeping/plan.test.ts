import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeds, sweep, until } from '../../src/sweeping/index.js';
import { countOf, keyOf, parametersAt, planned } from '../../src/sweeping/plan.js';
import { fc } from '../property.js';

const values = fc.uniqueArray(fc.oneof(fc.integer(), fc.string(), fc.boolean()), {
  minLength: 1,
  maxLength: 4,
});
const overs = fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), values, { minKeys: 1, maxKeys: 4 });

test('every combination is a run, once, and has an address of its own', () => {
  fc.assert(
    fc.property(overs, (over) => {
      const runs = planned(over, 'code', undefined, () => undefined);
      assert.equal(
        runs.length,
        Object.values(over).reduce((n, { length }) => n * length, 1),
      );
      assert.equal(new Set(runs.map(({ key }) => key)).size, runs.length);
      for (const { parameters } of runs)
        for (const [name, list] of Object.entries(over)) assert.ok(list.includes(parameters[name]));
    }),
  );
});

test('the last name changes fastest', () => {
  const over = { a: [1, 2], b: ['x', 'y', 'z'] };
  const all = Array.from({ length: countOf(over) }, (_, k) => Object.values(parametersAt(over, k)).join(''));
  assert.deepEqual(all, ['1x', '1y', '1z', '2x', '2y', '2z']);
});

test('the address depends on code and values, not on the order of names', () => {
  assert.equal(keyOf('c', { a: 1, b: 2 }), keyOf('c', { b: 2, a: 1 }));
  assert.notEqual(keyOf('c', { a: 1, b: 2 }), keyOf('c', { a: 2, b: 1 }));
  assert.notEqual(keyOf('c', { a: 1 }), keyOf('d', { a: 1 }));
  assert.notEqual(keyOf('c', { a: 1 }), keyOf('c', { a: '1' }));
});

test('until adds seeds until the interval is narrow: n = (t s / h)^2 for a known s', () => {
  // x = +1, -1 by turns has s near 1 and mean near 0, so that n ends near (2 / 0.1)^2 = 400
  const over = { seed: seeds(16) };
  const results = new Map(
    Array.from(
      { length: 2000 },
      (_, k) => [keyOf('c', { seed: k + 1 }), { x: k % 2 === 0 ? 1 : -1 }] as const,
    ),
  );
  const rule = until({ of: 'x', halfWidth: 0.1 });
  const runs = planned(over, 'c', rule, (key) => results.get(key));
  assert.equal(runs.length, 400);
  assert.deepEqual(
    runs.map(({ parameters }) => parameters['seed']),
    seeds(400),
  );
  assert.equal(
    planned(over, 'c', until({ of: 'x', halfWidth: 0.1, most: 100 }), (key) => results.get(key)).length,
    100,
  );
  results.delete(keyOf('c', { seed: 20 }));
  assert.equal(
    planned(over, 'c', rule, (key) => results.get(key)).length,
    32,
    'it waits for a run that is missing',
  );
});

test('what cannot be combined is refused by name', () => {
  const run = () => ({ x: 1 });
  const refused = (over: Record<string, never[]>, message: RegExp) =>
    assert.throws(() => sweep({ name: 'a', over, run }), message);
  refused({}, /sweep: over needs at least one name/);
  refused({ a: [] }, /sweep: over.a must be a list of one value or more/);
  refused(
    { a: [1, NaN] as never[] },
    /sweep: over.a\[1\] must be a finite number, text, true or false, got NaN/,
  );
  refused({ a: [1, 2, 1] as never[] }, /sweep: over.a has 1 twice/);
  assert.throws(() => sweep({ name: '../a', over: { a: [1] }, run }), /sweep: name must be/);
  assert.throws(
    () => sweep({ name: 'a', over: { seed: seeds(4) }, run, until: until({ of: 'x', halfWidth: 1 }) }),
    /until needs over.seed with 16/,
  );
});
