import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { TslabCompiler } from '../../kernel/tslabCompiler.js';

test('{ name } takes the variable of an earlier cell, and else that of its own scope', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const compiler = new TslabCompiler({ root, folder: root });
  const exports: Record<string, unknown> = {};
  const run = (code: string): unknown => {
    const cell = compiler.compile(code);
    new Function('exports', cell.javascript)(exports);
    cell.commit(() => true);
    return cell.resultName && exports[cell.resultName];
  };
  try {
    run('const seed = 7; const [x, y] = [1, 2];');
    assert.deepEqual(run('({ seed })'), { seed: 7 });
    assert.deepEqual(run('((x: number) => ({ x, y, inner: { seed } }))(5)'), { x: 5, y: 2, inner: { seed: 7 } });
    assert.deepEqual(run('const seed = 8; ({ seed, y })'), { seed: 8, y: 2 });
  } finally {
    compiler.close();
  }
});
