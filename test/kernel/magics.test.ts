import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BadMagic, completeMagic, expandMagics, magics, withoutMagics } from '../../kernel/front/magics.js';

test('a magic stands for a line in its place, or says how to run the cell', () => {
  assert.deepEqual(expandMagics('%time\n%types off\nconst x = 1;'), {
    code: '\n\nconst x = 1;',
    directives: { time: true, types: false },
  });
  const { code, directives } = expandMagics('// first\n%seed 7\n%seed karate;\n1 + 1');
  assert.deepEqual(directives, {});
  assert.deepEqual(
    code.split('\n').map((line) => /setDefaultSeed\((.*)\)/.exec(line)?.[1] ?? line),
    ['// first', '7', '"karate"', '1 + 1'],
  );
  assert.deepEqual(expandMagics('%reset').directives, { reset: true });
});

test('after the first line of code `%` is the remainder', () => {
  const code = 'const a = 7\n% 4;\n`\n%time`';
  assert.deepEqual(expandMagics(code), { code, directives: {} });
});

test('what is no magic, or has a wrong argument, is an error that says what there is', () => {
  assert.throws(
    () => expandMagics('%sed 7'),
    (error: unknown) =>
      error instanceof BadMagic && Object.keys(magics).every((name) => error.message.includes(`%${name}`)),
  );
  assert.throws(() => expandMagics('%types maybe'), new BadMagic('%types: use it as %types on|off'));
  assert.throws(() => expandMagics('%constructor'), BadMagic);
  assert.throws(() => expandMagics("%backend x'); process.exit(("), BadMagic);
});

test('for the editor a magic is blank, and its name completes', () => {
  assert.equal(withoutMagics('%time\nx % 2'), '     \nx % 2');
  assert.deepEqual(completeMagic('%ti', 3), {
    start: 0,
    end: 3,
    matches: [{ text: '%time', type: 'magic' }],
  });
  assert.deepEqual(
    completeMagic('%time\n%', 7)!.matches.map(({ text }) => text),
    Object.keys(magics).map((name) => `%${name}`),
  );
  assert.equal(completeMagic('x\n%ti', 5), undefined);
  assert.equal(completeMagic('%time\nx', 7), undefined);
});
