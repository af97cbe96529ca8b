// The process of user code as the front keeps it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Back } from '../../kernel/front/back.js';
import { temporaryFolder } from './harness.js';
import { family } from './processes.js';

const skip = process.platform === 'linux' ? false : 'needs /proc of Linux';
if (skip) console.error(`SKIPPED, processes left behind by a restart are not counted: ${skip}`);

test('who asks during a restart gets the fresh process: there is one, and the other has gone', {
  skip,
}, async () => {
  const folder = temporaryFolder();
  const gone: unknown[] = [];
  const quiet = (): void => {};
  const folders = { root: folder.path, folder: folder.path };
  const before = family(process.pid).length;
  const back = new Back({
    folders,
    output: quiet,
    printed: quiet,
    question: quiet,
    log: quiet,
    gone: (death) => gone.push(death),
  });
  await back.ask('preload', 'node:fs');
  const restarted = back.restart();
  await back.ask('preload', 'node:fs');
  await restarted;
  assert.equal(family(process.pid).length, before + 1);
  assert.deepEqual(gone, [undefined], 'told once, and of no death');
  await back.end();
  folder.remove();
});
