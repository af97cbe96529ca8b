// `emtd sweep`: shards make the whole, CSV has all digits, and what fails is said.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { callsOf, counting, emtd, folderFor, node, write } from './folder.js';

const script = (end = ''): string => `${counting}
import { sweep, seeds } from 'emtd-lab';
export const inverse = ({ k, seed }) => {
  count({ k, seed });
  if (k === 13) throw new Error('unlucky');
  return { x: 1 / k, zero: -0 };
};
export const runs = sweep({ name: 'inverse', over: { k: [1, 3, 7], seed: seeds(5) }, run: inverse, module: import.meta.url });
${end}`;
const csv = `k,seed,x,zero\n${[1, 3, 7].flatMap((k) => [1, 2, 3, 4, 5].map((seed) => `${k},${seed},${1 / k},-0\n`)).join('')}`;

test('three shards make every run once; status and collect follow', async (t) => {
  const folder = folderFor(t);
  write(folder, 'inverse.mjs', script());
  for (const i of [0, 1]) {
    const { code, stdout } = await emtd(folder, 'run', 'inverse.mjs', '--shard', `${i}/3`);
    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`${5 * (i + 1)} of 15 runs done`));
  }
  const early = await emtd(folder, 'collect', 'inverse.mjs');
  assert.equal(early.code, 1);
  assert.match(early.stderr, /10 of 15 runs done, 5 missing, 0 failed; --partial/);
  const part = await emtd(folder, 'collect', 'out/sweeps/inverse', '--partial');
  assert.equal(part.stdout.split('\n').length, 12);
  const last = await emtd(folder, 'run', 'out/sweeps/inverse', '--shard', '2/3');
  assert.equal(last.code, 0, last.stderr);
  assert.equal(callsOf(folder).length, 15);
  assert.equal((await emtd(folder, 'collect', 'inverse.mjs', '--out', 'all.csv')).code, 0);
  assert.equal(readFileSync(join(folder, 'all.csv'), 'utf8'), csv);
});

test('a script that calls here is found all the same, and its last lines do not run', async (t) => {
  const folder = folderFor(t);
  write(folder, 'inverse.mjs', script('await runs.here();\nconsole.log("behind");'));
  const { code, stdout } = await emtd(folder, 'status', 'inverse.mjs');
  assert.equal(code, 0);
  assert.match(stdout, /0 of 15 runs done/);
  assert.doesNotMatch(stdout, /behind/);
  assert.equal((await node(folder, ['inverse.mjs']).ended).stdout, 'behind\n');
  assert.equal((await emtd(folder, 'collect', 'inverse.mjs')).stdout, csv);
});

test('a failed run is named, and made again after retry alone', async (t) => {
  const folder = folderFor(t);
  write(folder, 'inverse.mjs', script().replace('[1, 3, 7]', '[1, 13]'));
  const first = await emtd(folder, 'run', 'inverse.mjs');
  assert.equal(first.code, 1);
  assert.match(first.stdout, /failed: {"k":13,"seed":1}: Error: unlucky/);
  await emtd(folder, 'run', 'inverse.mjs');
  assert.equal(callsOf(folder).length, 10);
  assert.match((await emtd(folder, 'retry', 'inverse.mjs')).stdout, /5 failed runs count as missing/);
  await emtd(folder, 'run', 'inverse.mjs');
  assert.equal(callsOf(folder).length, 15);
});

test('the dry run prints the script of the array job, for the runs that are missing', async (t) => {
  const folder = folderFor(t);
  write(folder, 'inverse.mjs', script());
  await emtd(folder, 'run', 'inverse.mjs', '--shard', '1/4');
  const { stdout, code } = await emtd(
    folder,
    'submit',
    'inverse.mjs',
    '--dry-run',
    '--per-task',
    '4',
    '--partition',
    'short',
    '--time',
    '1:00:00',
  );
  assert.equal(code, 0);
  assert.match(stdout, /^#!\/bin\/bash\n/);
  assert.match(stdout, /#SBATCH --array=0,2-3\n/);
  assert.match(stdout, /#SBATCH --partition=short\n/);
  assert.match(stdout, /#SBATCH --time=1:00:00\n/);
  assert.match(stdout, /--shard \$SLURM_ARRAY_TASK_ID\/4 --threads 1\n/);
});

test('wrong calls are named', async (t) => {
  const folder = folderFor(t);
  write(folder, 'inverse.mjs', script());
  write(folder, 'none.mjs', 'export const x = 1;\n');
  const says = async (message: RegExp, ...words: string[]) => {
    const { stderr, code } = await emtd(folder, ...words);
    assert.match(stderr, message);
    assert.notEqual(code, 0);
  };
  await says(/no file given/, 'run');
  await says(/no file or folder gone.mjs/, 'run', 'gone.mjs');
  await says(/none.mjs makes no sweep/, 'run', 'none.mjs');
  await says(/makes no sweep "invers"; did you mean "inverse"/, 'run', 'inverse.mjs', '--name', 'invers');
  await says(/--shard must be i\/n/, 'run', 'inverse.mjs', '--shard', '3/3');
  await says(/not the folder of a sweep/, 'status', '.');
});
