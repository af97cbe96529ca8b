// Cells may use what the running Node has, and the checker refuses what it lacks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Notebook } from './cellNotebook.js';

const news = [
  'Object.groupBy([1], (x) => x)',
  'Promise.withResolvers()',
  "'a'.isWellFormed()",
  'new ArrayBuffer(1).transfer(2)',
  'new Set([1]).union(new Set([2]))',
  '[1, 2].values().map((x) => x + 1).toArray()',
  'Iterator.from([1]).take(1)',
  'Array.fromAsync([1])',
  '/[\\p{L}--[a-z]]/v.test("A")',
  'new Float16Array(1)',
  "RegExp.escape('a')",
  'Promise.try(() => 1)',
  'Error.isError(1)',
  "Uint8Array.fromBase64('AAAA')",
  'new Map([[1, 2]]).getOrInsert(3, 4)',
  'Temporal.Now.instant()',
];

for (const code of news) {
  const has = runs(code);
  test(`${has ? 'allows' : 'refuses'} what this Node ${has ? 'has' : 'lacks'}: ${code}`, () => {
    assert.equal(new Notebook().errors(code).length === 0, has);
  });
}

function runs(code: string): boolean {
  try {
    new Function(`return ${code}`)();
    return true;
  } catch {
    return false;
  }
}
