// How notebooks are asked for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chosenNotebooks } from '../../src/cli/notebookNames.js';

test('a notebook is asked for by its name, the last part of it, or its path', () => {
  const all = ['00-start-here', 'variants/small', 'variants/other'];
  for (const name of ['variants/small', 'small', 'notebooks/variants/small.ipynb']) {
    assert.deepEqual(chosenNotebooks(all, [name]), ['variants/small']);
  }
  assert.deepEqual(chosenNotebooks(all, []), all);
  assert.deepEqual(
    chosenNotebooks(all, ['other', 'small', 'variants/other']),
    ['variants/other', 'variants/small'],
    'each once',
  );
  assert.throws(
    () => chosenNotebooks(all, ['small', 'large']),
    /no notebook large; there are 00-start-here, variants\/small/,
  );
});
