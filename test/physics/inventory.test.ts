// Every oracle of this suite, O1 to O38, stands in the name of a test: the names are read from the files
// beside this one, `test('O5: ...` or `test('O1, O2: ...`.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';

const oracles = Array.from({ length: 38 }, (_, k) => `O${k + 1}`);

/** The oracles in the names of a file's tests. */
const namedIn = (text: string): string[] =>
  [...text.matchAll(/\b(?:test|onEachBackend)\(\s*['"`]((?:O\d+, )*O\d+): /g)].flatMap(([, names]) =>
    names.split(', '),
  );

test('every oracle has a test that names it', () => {
  const files = readdirSync(new URL('.', import.meta.url)).filter(
    (name) => name.endsWith('.test.js') && !name.startsWith('inventory'),
  );
  const found = new Set(
    files.flatMap((name) => namedIn(readFileSync(new URL(name, import.meta.url), 'utf8'))),
  );
  assert.deepEqual(
    oracles.filter((name) => !found.has(name)),
    [],
    'oracles without a test',
  );
  assert.deepEqual(
    [...found].filter((name) => !oracles.includes(name)),
    [],
    'tests of an oracle that is none of these',
  );
});
