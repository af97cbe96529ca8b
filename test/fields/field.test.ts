// The declaration of a field: shape, codomain, gauge, and the errors that name what is wrong.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { ready } from '../../src/tensors/index.js';
import { centred, pinned } from '../../src/fields/gauge.js';
import { Field } from '../../src/fields/field.js';
import { constantField, fieldFrom, normalField, replicate } from '../../src/fields/initial.js';
import { type FieldRequirement, requireField } from '../../src/fields/requireField.js';
import { fromTensor, toTensor } from '../../src/fields/tensor.js';

const shapes = fc.record({
  sites: fc.integer({ min: 1, max: 6 }),
  components: fc.integer({ min: 1, max: 4 }),
  chains: fc.integer({ min: 1, max: 5 }),
});

test('values lie as [site, component, chain], chains last', () => {
  const field = fieldFrom([
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    [
      [7, 8, 9],
      [10, 11, 12],
    ],
  ]);
  assert.deepEqual([field.sites, field.components, field.chains], [2, 2, 3]);
  assert.deepEqual([...field.values], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  assert.equal(field.at(1, 0, 2), 9);
  assert.deepEqual([...field.chain(1)], [2, 5, 8, 11]);
});

test('nested lists, chains and entries agree on random shapes', () => {
  fc.assert(
    fc.property(shapes, fc.integer({ min: 0, max: 99 }), (shape, seed) => {
      const field = normalField({ ...shape, seed });
      const range = (n: number): number[] => [...Array(n).keys()];
      const nested = range(shape.sites).map((i) =>
        range(shape.components).map((k) => range(shape.chains).map((c) => field.at(i, k, c))),
      );
      assert.deepEqual(fieldFrom(nested).values, field.values);
      for (const c of range(shape.chains)) {
        assert.deepEqual(
          [...field.chain(c)],
          nested.flat().map((row) => row[c]),
        );
      }
    }),
  );
});

test('tfjs tensors and back are the identity', async () => {
  await ready();
  const field = normalField({ sites: 5, components: 2, chains: 3, seed: 1, codomain: 'complex' });
  const tensor = toTensor(field);
  assert.deepEqual(tensor.shape, [5, 2, 3]);
  assert.equal(tensor.arraySync()[4][1][2], field.at(4, 1, 2));
  const back = await fromTensor(tensor, field);
  assert.deepEqual(back.values, field.values);
  assert.equal(back.codomain, 'complex');
  const other = constantField({ sites: 4 }, 0);
  const wrong = /fromTensor: tensor must have shape \[4, 1, chains\], got \[5,2,3\]/;
  await assert.rejects(fromTensor(tensor, other), wrong);
  tensor.dispose();
});

test('a field keeps nothing of what it may not hold', () => {
  const make =
    (declaration: ConstructorParameters<typeof Field>[1], ...values: number[]) =>
    () =>
      new Field(Float32Array.from(values), declaration);
  assert.throws(make({ sites: 0 }), /Field: sites must be an integer in \[1, .*, got 0/);
  assert.throws(
    make({ sites: 2, chains: 1.5 }, 0, 0),
    /Field: chains must be an integer in \[1, .*, got 1.5/,
  );
  assert.throws(make({ sites: 3 }, 1, 2), /Field: shape \[3, 1, 1\] needs 3 values, got 2/);
  assert.throws(make({ sites: 2 }, 1, NaN), /Field: real values must be finite, got NaN at \[1, 0, 0\]/);
  const square = { sites: 1, components: 2, chains: 2 };
  assert.throws(make(square, 1, 1, 1, Infinity), /got Infinity at \[0, 1, 1\]/);
  assert.throws(make({ sites: 2, codomain: 'spin' }, 1, 0), /Field: spin values must be -1 or \+1, got 0/);
  const labels = { sites: 2, codomain: 'potts', states: 3 } as const;
  assert.throws(make(labels, 1, 3), /Field: potts values must be integers in \[0, 3\), got 3 at \[1, 0, 0\]/);
  assert.throws(make({ ...labels, states: 1 }, 0, 0), /states must be an integer in \[2, .*, got 1/);
  assert.throws(
    make({ sites: 1, codomain: 'potts' }, 0),
    /a potts field needs its number of states, got undefined/,
  );
  assert.throws(make({ sites: 1, states: 2 }, 0), /Field: states is for potts fields only, got 2/);
  assert.throws(make({ sites: 1, components: 3, codomain: 'complex' }, 1, 2, 3), /even number of components/);
  assert.throws(make({ sites: 1, codomain: 'simplex' }, 0), /a simplex field needs at least 2 components/);
  assert.throws(
    () => fieldFrom([[1, 2], [3]]),
    /fieldFrom: site 1 does not have the shape \[2, 1\] of site 0/,
  );
  assert.throws(() => fieldFrom([]), /Field: sites must be an integer in \[1, .*, got 0/);
  assert.throws(() => constantField({ sites: 2 }, 1).at(2), /no entry \[2, 0, 0\] in shape \[2, 1, 1\]/);
  assert.throws(() => constantField({ sites: 2 }, 1).chain(1), /Field: chain must be in \[0, 1\), got 1/);
});

test('a gauge must hold', () => {
  const field = fieldFrom([[[1, 5]], [[2, 5]], [[6, 5]]]);
  assert.deepEqual([...centred(field).values], [-2, 0, -1, 0, 3, 0]);
  assert.equal(centred(field).gauge, 'centred');
  const claim = (of: Field) => () => of.with(of.values, { gauge: 'centred' });
  assert.throws(claim(field), /a centred field has mean 0 over its sites, got 3 in component 0, chain 0/);
  const spins = fieldFrom([1, -1], { codomain: 'spin' });
  assert.throws(() => centred(spins), /centred: field must be real or complex, got spin/);
  assert.throws(claim(spins), /Field: only a real or complex field can be centred, got spin/);
  assert.deepEqual(pinned(field, [2, 0]).gauge, { pinned: [2, 0] });
  for (const sites of [[], [3], [0, 0], [-1]]) {
    assert.throws(() => pinned(field, sites), /Field: pinned must be one or more distinct sites in \[0, 3\)/);
  }
});

test('centring removes the zero mode and only that', () => {
  fc.assert(
    fc.property(shapes, fc.float({ min: -100, max: 100, noNaN: true }), (shape, shift) => {
      const field = normalField({ ...shape, seed: 3 });
      const shifted = field.with(field.values.map((x) => x + shift));
      const [a, b] = [centred(field), centred(shifted)];
      a.values.forEach((x, i) => assert.ok(Math.abs(x - b.values[i]) < 1e-4));
    }),
  );
});

test('a field shows itself, and cannot be changed', () => {
  const field = new Field(Float32Array.of(1, -1, 1, 1), { sites: 4, codomain: 'spin' });
  const text = 'spin field on 4 nodes, 1 component, 1 chain, free; values in [-1, 1], mean 0.5';
  assert.equal(String(field), text);
  const show = Reflect.get(field, Symbol.for('Jupyter.display')) as () => Record<string, string>;
  assert.equal(show.call(field)['text/plain'], text);
  const labels = fieldFrom([0, 2], { support: 'edge', codomain: 'potts', states: 3, gauge: { pinned: [0] } });
  assert.match(String(labels), /^potts \(q = 3\) field on 2 edges, .* pinned at 1 edge; values in \[0, 2\]/);
  assert.throws(() => Object.assign(field, { sites: 5 }), TypeError);
});

test('replicate copies the one chain to all', () => {
  const field = fieldFrom([
    [1, 2],
    [3, 4],
  ]);
  const copies = replicate(field, 3);
  for (const chain of [0, 1, 2]) assert.deepEqual(copies.chain(chain), field.chain(0));
  assert.throws(() => replicate(copies, 2), /replicate: field must have 1 chain, got 3/);
});

test('a requirement is said in the name of the caller', () => {
  const field = constantField({ sites: 40 }, 0);
  const asked = (what: FieldRequirement) => () => requireField('langevin', field, what);
  assert.throws(asked({ sites: 50 }), /^RangeError: langevin: field must have 50 sites, got 40$/);
  assert.throws(asked({ components: 2 }), /langevin: field must have 2 components, got 1/);
  assert.throws(asked({ support: 'edge' }), /langevin: field must live on edges, got one on nodes/);
  assert.throws(asked({ codomain: ['spin', 'potts'] }), /langevin: field must be spin or potts, got real/);
  asked({ support: 'node', codomain: ['real'], sites: 40, components: 1, chains: 1 })();
});
