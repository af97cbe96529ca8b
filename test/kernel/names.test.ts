// Search over the lab's names, on a list given here and on the lab's own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adviceOn, guesses, namesPage, nearestNames } from '../../kernel/front/names.js';
import * as lab from '../../src/index.js';

const known = [
  { name: 'bond', summary: 'A term of edges' },
  { name: 'site', summary: 'A term of nodes, as a bond is of edges' },
  { name: 'ring', summary: '' },
  { name: 'exact.ringIsing', summary: 'The ring of spins' },
];

test('a search finds names first, then what is said of them', () => {
  assert.equal(
    namesPage('Bond', known),
    'bond  A term of edges\nsite  A term of nodes, as a bond is of edges\n',
  );
  assert.equal(namesPage('ring  spins', known), 'exact.ringIsing  The ring of spins\n');
  assert.equal(
    namesPage('rings', known),
    '%names: no name has "rings" in it, nor has its documentation; did you mean ring?\n',
  );
  assert.equal(namesPage('zebra', known), '%names: no name has "zebra" in it, nor has its documentation\n');
  assert.match(
    namesPage('ising', known),
    /^ising: see hamiltonian, bond.*\nexact\.ringIsing  The ring of spins\n$/,
  );
  assert.match(
    namesPage('load', known),
    /; see graphs\.fromCsv, graphs\.fromGraphML, dynamics\.parseState, merkle\.importCar\n$/,
  );
  assert.match(namesPage('ring', []), /prelude is off/);
  assert.equal(namesPage('x', [{ name: 'x', summary: 'y'.repeat(200) }]), `x  ${'y'.repeat(107)}...\n`);
  const many = Array.from({ length: 50 }, (_, k) => ({ name: `ring${k}`, summary: '' }));
  assert.match(namesPage('ring', many), /^(ring\d+\n){40}and 10 more: /);
});

test('a name with a slip leads to the nearest, at most three', () => {
  assert.equal(nearestNames('bnd', known), 'did you mean bond?');
  assert.equal(nearestNames('rign', known), 'did you mean ring?', 'two letters swapped are one slip');
  assert.equal(
    nearestNames('ringIsin', known),
    'did you mean exact.ringIsing?',
    'of a namespace, by the last part',
  );
  assert.equal(nearestNames('zebra', known), undefined);
  assert.equal(
    nearestNames(
      'ab',
      ['aa', 'ac', 'ad', 'ae'].map((name) => ({ name, summary: '' })),
    ),
    'did you mean aa, ac, ad?',
  );
});

test('each wrong guess leads to names that are there', () => {
  for (const [guess, { names }] of Object.entries(guesses)) {
    assert.ok(!(guess in lab) || names.includes(guess), `${guess} is a name now`);
    for (const name of names) {
      const at = name.split('.').reduce<unknown>((of, part) => (of as Record<string, unknown>)?.[part], lab);
      assert.ok(at !== undefined, `${guess}: ${name} is not there`);
    }
    assert.ok(adviceOn(guess.toUpperCase())!.startsWith(`see ${names.join(', ')}`));
  }
  assert.equal(adviceOn('constructor'), undefined);
});

test('the Ising energy and the spins of the advice are those of an Ising model', () => {
  const energy = lab.hamiltonian(lab.ring(3), [lab.bond((a, b, J) => a.mul(b).sum().mul(J).neg(), { J: 1 })]);
  assert.equal(energy.energy64(Float64Array.of(1, 1, -1)), 1);
  assert.equal(lab.fieldFrom(Array<number>(100).fill(1), { codomain: 'spin' }).sites, 100);
});
