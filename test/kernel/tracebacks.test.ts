// What a failed cell's traceback says: names as the cell has them, files of the package relative to its
// folder.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Tracebacks } from '../../kernel/back/tracebacks.js';

const tracebacks = new Tracebacks('/a folder/lab');

test('files of the package are told from its folder, also one with spaces; others as they are', () => {
  const error = new Error('here');
  error.stack = [
    'Error: here',
    '    at f (/a folder/lab/dist/a.js:1:2)',
    '    at async Promise.all (index 0)',
    '    at async file:///a%20folder/lab/dist/b.js:3:4',
    '    at /a folder/lab/c.js:5:6',
    '    at g (/another/a folder/lab/d.js:7:8)',
  ].join('\n');
  assert.deepEqual(tracebacks.of(error).traceback, [
    'Error: here',
    '    at f (dist/a.js:1:2)',
    '    at async Promise.all (index 0)',
    '    at async dist/b.js:3:4',
    '    at c.js:5:6',
    '    at g (/another/a folder/lab/d.js:7:8)',
  ]);
});

test('what V8 says of compiled expressions has the names of the cell; nothing else is rewritten', () => {
  const told = (message: string): string => tracebacks.of(new TypeError(message)).evalue;
  assert.deepEqual(
    [
      '(0 , __scope.f) is not a function',
      '__scope.$x.größe.toUpperCase is not a function',
      '(0 , __import(...).ring) is not a function',
      '__import("emtd-lab").ring.foo is not a function',
      '(0 , model_1.six) is not a function',
      '(0 , exports.größe) is not a function',
      '__resume(...).foo is not a function',
      'module.exports.f is not a function',
      'cannot read exports.csv',
    ].map(told),
    [
      'f is not a function',
      '$x.größe.toUpperCase is not a function',
      'ring is not a function',
      'ring.foo is not a function',
      'six is not a function',
      'größe is not a function',
      '(await …).foo is not a function',
      'module.exports.f is not a function',
      'cannot read exports.csv',
    ],
  );
});

test("the kernel's own frames are left out, and the brace of an error's properties stays with its last line", () => {
  const kernel = new URL('../../kernel/back/executor.js', import.meta.url).href;
  const error = new Error('outer', { cause: new Error('inner') });
  error.stack = `Error: outer\n    at f (cell[1]:1:2)\n    at Executor.run (${kernel}:3:4)`;
  (error.cause as Error).stack = `Error: inner\n    at Executor.run (${kernel}:5:6)`;
  assert.deepEqual(tracebacks.of(error).traceback, [
    'Error: outer',
    '    at f (cell[1]:1:2) {',
    '  [cause]: Error: inner',
    '}',
  ]);
});
