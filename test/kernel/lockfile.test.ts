// The part of a lockfile that some packages need.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lockedWith } from '../../kernel/install/lockfile.js';

const all = {
  '': { dependencies: { a: '1' } },
  'node_modules/a': {
    version: '1',
    dev: true,
    dependencies: { b: '2' },
    optionalDependencies: { c: '1', b: '2' },
  },
  'node_modules/a/node_modules/b': { version: '2', dev: true, dependencies: { d: '1' } },
  'node_modules/b': {
    version: '1',
    peer: true,
    peerDependencies: { e: '1', f: '1' },
    peerDependenciesMeta: { f: { optional: true } },
  },
  'node_modules/c': { version: '1', dev: true, optional: true as const, dependencies: { d: '1', g: '1' } },
  'node_modules/d': { version: '1', devOptional: true },
  'node_modules/e': { version: '1' },
  'node_modules/f': { version: '1' },
  'node_modules/g': { version: '1', dependencies: { c: '1' } },
  'node_modules/h': { version: '1', dependencies: { gone: '1' } },
};

test('each package is followed to the one that Node finds from it, and what is not needed stays away', () => {
  const kept = lockedWith(['a'], all);
  assert.deepEqual(Object.keys(kept), [
    'node_modules/a',
    'node_modules/a/node_modules/b',
    'node_modules/c',
    'node_modules/d',
    'node_modules/g',
  ]);
  assert.ok(Object.values(kept).every((entry) => !('dev' in entry || 'devOptional' in entry)));
});

test('optional is what only optional dependencies lead to, in any order', () => {
  const optional = (names: string[]): string[] =>
    Object.entries(lockedWith(names, all))
      .filter(([, entry]) => entry.optional)
      .map(([path]) => path);
  assert.deepEqual(optional(['a']), [
    'node_modules/a/node_modules/b',
    'node_modules/c',
    'node_modules/d',
    'node_modules/g',
  ]);
  assert.deepEqual(optional(['a', 'd', 'g']), ['node_modules/a/node_modules/b']);
  assert.deepEqual(optional(['g', 'a']), ['node_modules/a/node_modules/b']);
});

test('peers come along unless they are optional; a package that is not in the lockfile is named', () => {
  assert.deepEqual(Object.keys(lockedWith(['b'], all)), ['node_modules/b', 'node_modules/e']);
  assert.throws(
    () => lockedWith(['h'], all),
    /^Error: lockedWith: node_modules\/h needs gone, which the lockfile does not have/,
  );
});
