// Slurm itself, on this machine: whatever is killed, requeued, changed or full, what is collected is byte for
// byte that of an undisturbed run on threads. Skips where Slurm cannot be had (`node tools/slurm.mjs install`).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { emtd, folderFor, node, resultFiles, root, write } from './folder.js';

const place = mkdtempSync(join(tmpdir(), 'emtd-slurm-'));
const tool = (verb: string) =>
  spawnSync(process.execPath, [join(root, 'tools', 'slurm.mjs'), verb, place], { encoding: 'utf8' });
let reason: string | undefined;

before(() => {
  const { status, stdout, stderr } = tool('start');
  if (status === 0) process.env['SLURM_CONF'] = stdout.trim();
  else reason = `SKIPPED, no Slurm here: ${stderr.trim()}`;
  if (reason) console.error(reason);
});
after(async () => {
  tool('stop');
  await delay(500);
  rmSync(place, { recursive: true, force: true });
});

const slurm = (command: string, ...words: string[]): string => {
  const { status, stdout, stderr } = spawnSync(command, words, { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
};
/** Array index and job of each task that runs; `states` R by default. */
const tasks = (states = 'R') =>
  slurm('squeue', '--noheader', '--array', `--states=${states}`, '--format=%K %A')
    .split('\n')
    .filter(Boolean)
    .map((line) => line.trim().split(' '));

async function idle(): Promise<void> {
  while (slurm('squeue', '--noheader').trim() !== '') await delay(300);
}

/** Each run takes 10 or 20 ms. */
const chain = `
import { sweep, seeds } from 'emtd-lab';
export async function chain({ length, seed }) {
  let x = seed;
  for (let k = 0; k < length; k++) {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { x: x / 2 ** 32, inverse: 1 / x };
}
export const runs = sweep({
  name: 'chain', over: { length: [1, 2], seed: seeds(250) }, run: chain, module: import.meta.url,
  folder: process.env.SWEEP_FOLDER,
});
`;

/** One run of some seconds, which says in a file of its own whether there was a checkpoint. */
const long = (folder: string): string => `
import { writeFileSync } from 'node:fs';
import { bond, energyOf, hamiltonian, heatBath, sample, smallWorld, sweep } from 'emtd-lab';
export async function spins({ seed }, { checkpoint, signal }) {
  writeFileSync('${folder}/begun-' + process.pid, String(checkpoint.read('sample 0') !== undefined));
  const energy = hamiltonian(smallWorld(2000, 4, 0.1, { seed }), [bond((a, b) => a.dot(b).neg())]);
  const sampler = heatBath(energy, { temperature: 2 });
  const observe = { energy: energyOf(energy) };
  const { observed } = await sample(sampler, { steps: 160000, every: 50, seed, observe, checkpoint, signal });
  return { energy: observed.energy.mean, error: observed.energy.standardError, time: observed.energy.time };
}
export const runs = sweep({
  name: 'spins', over: { seed: [7] }, run: spins, module: import.meta.url, folder: process.env.SWEEP_FOLDER,
});
`;
const submit = ['submit', 'chain.mjs', '--per-task', '25', '--line', '#SBATCH --time=5'];

test('500 runs: tasks killed, one requeued, a file changed, two coordinators at once', async (t) => {
  if (reason) return t.skip(reason);
  const folder = folderFor(t);
  write(folder, 'chain.mjs', chain);

  process.env['SWEEP_FOLDER'] = join(folder, 'alone');
  assert.equal((await emtd(folder, 'run', 'chain.mjs')).code, 0);
  const expected = (await emtd(folder, 'collect', 'chain.mjs')).stdout;
  assert.equal(expected.split('\n').length, 502);

  const out = (process.env['SWEEP_FOLDER'] = join(folder, 'out'));
  assert.match((await emtd(folder, ...submit)).stdout, /job \d+: 20 tasks/);
  assert.match((await emtd(folder, ...submit)).stdout, /nothing to submit/, 'all is in the queue');
  const killed = new Set<string>();
  while (killed.size < 10) {
    for (const [index, job] of tasks()) {
      if (killed.has(index) || killed.size === 10) continue;
      await delay(300); // in the middle of its runs, or while it starts
      spawnSync('scancel', ['--signal=KILL', '--batch', job]);
      killed.add(index);
    }
    await delay(50);
  }
  const other = emtd(folder, 'run', 'chain.mjs', '--shard', '0/3'); // while the rest of the array runs
  await idle();
  assert.ok([0, 1].includes((await other).code!));

  const [file] = resultFiles(out).filter((name) => readFileSync(name, 'utf8').split('\n').length > 10);
  const bytes = readFileSync(file);
  for (let k = 1; k < 5; k++) bytes[Math.floor((k * bytes.length) / 5)] ^= 4;
  writeFileSync(file, bytes);
  const status = (await emtd(folder, 'status', 'chain.mjs')).stdout;
  assert.match(status, /fault: .*jsonl:\d+: torn or changed/);
  assert.doesNotMatch(status, / 0 missing/);
  assert.equal((await emtd(folder, 'collect', 'chain.mjs')).code, 1);

  const again = (await emtd(folder, ...submit)).stdout;
  assert.match(again, /job \d+: \d+ tasks/);
  await emtd(folder, 'run', 'chain.mjs', '--shard', '1/3');
  await idle();
  if (/[1-9]\d* missing/.test((await emtd(folder, 'status', 'chain.mjs')).stdout)) {
    await emtd(folder, ...submit);
    await idle();
  }
  assert.equal((await emtd(folder, 'collect', 'out')).stdout, expected);
  delete process.env['SWEEP_FOLDER'];
});

test('a task that is told to end writes its checkpoint; requeued it goes on, to the bit', async (t) => {
  if (reason) return t.skip(reason);
  const folder = folderFor(t);
  write(folder, 'chain.mjs', long(folder));
  process.env['SWEEP_FOLDER'] = join(folder, 'alone');
  await emtd(folder, 'run', 'chain.mjs');
  const expected = (await emtd(folder, 'collect', 'chain.mjs')).stdout;
  for (const name of readdirSync(folder)) if (name.startsWith('begun-')) rmSync(join(folder, name));

  const out = (process.env['SWEEP_FOLDER'] = join(folder, 'out'));
  await emtd(folder, ...submit);
  const starts = (): string[] => readdirSync(folder).filter((name) => name.startsWith('begun-'));
  while (starts().length === 0) await delay(50);
  await delay(1000);
  const [[, job]] = tasks();
  slurm('scancel', '--signal=TERM', '--batch', job);
  while (!existsSync(join(out, 'checkpoints')) || readdirSync(join(out, 'checkpoints')).length === 0)
    await delay(20);
  spawnSync('scontrol', ['requeue', job]);
  await delay(1000);
  spawnSync('scontrol', ['update', `JobId=${job}`, 'StartTime=now']);
  await idle();
  if (starts().length === 1) {
    assert.match((await emtd(folder, ...submit)).stdout, /1 tasks/); // it had ended before it could be requeued
    await idle();
  }
  const begins = starts().map((name) => readFileSync(join(folder, name), 'utf8'));
  assert.deepEqual(begins.sort(), ['false', 'true']);
  assert.equal((await emtd(folder, 'collect', 'chain.mjs')).stdout, expected);
  delete process.env['SWEEP_FOLDER'];
});

test('cancel empties the queue', async (t) => {
  if (reason) return t.skip(reason);
  const folder = folderFor(t);
  write(folder, 'chain.mjs', chain);
  await emtd(folder, ...submit);
  assert.match((await emtd(folder, 'status', 'chain.mjs')).stdout, /tasks of Slurm wait or run/);
  assert.match((await emtd(folder, 'cancel', 'chain.mjs')).stdout, /\d+ tasks cancelled/);
  await idle();
});

test('a full disk stops the runs by name, and loses none that is stored', async (t) => {
  const folder = folderFor(t);
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const mount = (options: string) =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'none', disk], { encoding: 'utf8' });
  if (mount('size=24k').status !== 0) return skip(t, 'SKIPPED, no small disk: mount needs root');
  try {
    write(folder, 'chain.mjs', chain.replace('[1, 2]', '[1]'));
    process.env['SWEEP_FOLDER'] = join(disk, 'out');
    const full = await emtd(folder, 'run', 'chain.mjs');
    assert.equal(full.code, 1);
    assert.match(full.stderr, /sweep: cannot write .*jsonl: ENOSPC/);
    assert.equal(mount('remount,size=10m').status, 0);
    const before = (await emtd(folder, 'status', 'chain.mjs')).stdout;
    assert.match(before, /[1-9]\d* of 250 runs done/);
    const rest = await emtd(folder, 'run', 'chain.mjs');
    assert.match(rest.stdout, /250 of 250 runs done, 0 missing, 0 failed/);
    const { stdout } = await node(folder, [
      '--input-type=module',
      '-e',
      "import { runs } from './chain.mjs'; console.log(runs.records.length)",
    ]).ended;
    assert.equal(stdout, '250\n');
  } finally {
    spawnSync('umount', [disk]);
    delete process.env['SWEEP_FOLDER'];
  }
});

function skip(t: TestContext, why: string): void {
  console.error(why);
  t.skip(why);
}
