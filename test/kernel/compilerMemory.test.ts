// What the compiler keeps of cells that have run: their declarations, and little else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Notebook } from './cellNotebook.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heapMegabytes(): number {
  for (let i = 0; i < 3; i++) collect();
  return process.memoryUsage().heapUsed / 1e6;
}

/** Of one cell, MB: ten times what is kept. */
const most = 0.08;

test('300 cells: the memory that stays is bounded', async () => {
  const notebook = new Notebook();
  const cells = async (from: number, to: number): Promise<void> => {
    for (let i = from; i < to; i++)
      await notebook.run(
        i % 3 === 0 ? `let v = ${i}; v + 1` : i % 3 === 1 ? `const v${i} = ${i};` : `${i} + v`,
      );
  };
  await cells(0, 30);
  const before = heapMegabytes();
  await cells(30, 330);
  const grown = heapMegabytes() - before;
  assert.ok(grown < 300 * most, `${grown.toFixed(1)} MB`);
});

test('cells that nothing comes from are forgotten; what others need stays, also for a fresh checker', async () => {
  const notebook = new Notebook();
  await notebook.run('interface Point { x: number; y: number }');
  await notebook.run('let point: Point = { x: 1, y: 2 };');
  await notebook.run('type Point = string; let alone = 1;'); // the first meaning lives on in the variable
  for (let i = 0; i < 120; i++) await notebook.run(`let alone = ${i}; alone`);
  await notebook.run('declare global { interface Array<T> { mine?: T } }'); // makes a fresh checker
  assert.equal(await notebook.run('point.x + point.y + alone'), 122);
  assert.deepEqual(notebook.errors('point.z'), ['1:7 TS2339']);
  assert.deepEqual(notebook.errors('const other: Point = 1'), ['1:7 TS2322']);
});
