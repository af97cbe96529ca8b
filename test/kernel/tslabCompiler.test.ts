import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CellDiagnostics } from '../../kernel/compiler/cellCompiler.js';
import { TslabCompiler } from '../../kernel/compiler/tslab/tslabCompiler.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const compiler = new TslabCompiler({ root, folder: join(root, 'notebooks') });
const options = { name: 'cell[1]', types: true, prelude: true };
after(() => compiler.close());

test('{ name } takes the variable of an earlier cell, and else that of its own scope', () => {
  const exports: Record<string, unknown> = {};
  const run = (code: string): unknown => {
    const value: unknown = new Function('exports', compiler.compile(code, options).javascript)(exports);
    compiler.commit('all');
    return value;
  };
  run('const seed = 7; const [x, y] = [1, 2];');
  assert.deepEqual(run('({ seed })'), { seed: 7 });
  assert.deepEqual(run('((x: number) => ({ x, y, inner: { seed } }))(5)'), {
    x: 5,
    y: 2,
    inner: { seed: 7 },
  });
  assert.deepEqual(run('const seed = 8; ({ seed, y })'), { seed: 8, y: 2 });
});

test('a value whose type no cell has named keeps its type in the cells after', () => {
  compiler.compile("import { ring } from 'emtd-lab';\nconst graphs = [4, 5].map((n) => ring(n));", options);
  compiler.commit('all');
  compiler.compile('graphs[0].neighboursOf(0).forEach((far) => far.toFixed(1))', options);
  assert.throws(() => compiler.compile('graphs[0].absent', options), CellDiagnostics);
});
