// What all studies share: their runs are kept and made once, and what they depend on makes new ones.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { jupyterDisplay } from '../../src/display/index.js';
import { plot } from '../../src/figures/index.js';
import { Study } from '../../src/studies/index.js';
import { runsOf } from '../../src/studies/study.js';

test('kept runs are made once, and again where the model differs', async (t) => {
  const [folder, home] = [mkdtempSync(join(tmpdir(), 'study-')), process.cwd()];
  process.chdir(folder);
  t.after(() => {
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });
  let made = 0;
  const of = (model: string, keep: boolean, seed = [1, 2]) =>
    runsOf({
      name: 'squares',
      model: [model],
      over: { seed },
      keep,
      run: async ({ seed: one }) => {
        made++;
        return { square: one ** 2 };
      },
    });
  assert.deepEqual(await of('a', true), [
    { seed: 1, square: 1 },
    { seed: 2, square: 4 },
  ]);
  await of('a', true, [1, 2, 3]);
  assert.equal(made, 3);
  await of('b', true);
  assert.equal(made, 5);
  await of('a', false);
  assert.equal(made, 7);
});

test('a run that fails is named', async () => {
  const run = async (): Promise<{ x: number }> => {
    throw new Error('no such lattice');
  };
  await assert.rejects(
    runsOf({ name: 'failing', model: [], over: { seed: [1] }, keep: false, run }),
    /failing: a run failed: .*no such lattice/,
  );
});

test('a study shows itself as its figure and has its rows as a table', async () => {
  const study = new Study([{ sweeps: 10, agreed: 0.5 }], plot([1, 2], { name: 'both' }));
  assert.deepEqual(
    Object.keys(await study[jupyterDisplay]()),
    Object.keys(await study.figure[jupyterDisplay]()),
  );
  assert.match(String(study), /sweeps +agreed\n.*\n +10 +0.5/);
});

test('a run that the Stop of a cell ends has not failed: the same call goes on with it', async (t) => {
  const [folder, home] = [mkdtempSync(join(tmpdir(), 'study-')), process.cwd()];
  process.chdir(folder);
  const host = globalThis as unknown as Record<symbol, Set<() => void> | undefined>;
  const interruptsSymbol = Symbol.for('Jupyter.interrupts');
  host[interruptsSymbol] = new Set();
  t.after(() => {
    delete host[interruptsSymbol];
    process.chdir(home);
    rmSync(folder, { recursive: true });
  });
  let isStopped = false;
  const call = () =>
    runsOf({
      name: 'stopped',
      model: [],
      over: { seed: [1, 2] },
      keep: true,
      run: async ({ seed }) => {
        if (seed === 2 && !isStopped) {
          isStopped = true;
          for (const stop of host[interruptsSymbol]!) stop();
          throw Object.assign(new Error('sample: aborted'), { name: 'AbortError' });
        }
        return { twice: 2 * seed };
      },
    });
  await assert.rejects(call(), /stopped stopped after 1 of 2 runs; the same call goes on/);
  assert.deepEqual(
    (await call()).map(({ twice }) => twice),
    [2, 4],
  );
  assert.equal(host[interruptsSymbol].size, 0);
});
