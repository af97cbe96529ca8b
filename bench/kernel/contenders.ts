// The kernels that are measured side by side: ours with each cell compiler, tslab as it is, and the peers,
// which are installed at the time of the benchmark into a temporary folder outside the checkout.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { kernelCommand } from '../../kernel/notebook/kernelCommand.js';
import { compilerNames } from '../../kernel/wire/compilerNames.js';

export interface Contender {
  readonly name: string;
  /** Printed under the table. */
  readonly note: string;
  /** The statement that brings tfjs in as `tf`. */
  readonly importTfjs: string;
  /** How its kernelspec says that Jupyter interrupts it. */
  readonly interrupt: 'message' | 'signal';
  readonly env?: Readonly<Record<string, string>>;
  /** The command of its kernelspec; installs what is missing; throws with the reason when it cannot. */
  prepare(): string[];
}

const importTfjs = "import * as tf from '@tensorflow/tfjs';";
const require = createRequire(import.meta.url);

const own = compilerNames.map(
  (compiler): Contender => ({
    name: `emtd-lab, ${compiler}`,
    note: `this kernel with --compiler ${compiler}`,
    importTfjs,
    interrupt: 'message',
    prepare: () => kernelCommand({ compiler }),
  }),
);

const tslab: Contender = {
  name: 'tslab',
  note: 'unmodified tslab 1.0.22; checks types with TypeScript 5.0; its kernelspec asks for interrupts by signal',
  importTfjs,
  interrupt: 'signal',
  prepare: () => [
    process.execPath,
    join(dirname(require.resolve('tslab/package.json')), 'bin', 'tslab'),
    'kernel',
    '--config-path',
    '{connection_file}',
  ],
};

const deno: Contender = {
  name: 'Deno',
  note: 'Deno 2.9.6 (npm package deno); strips types, checks none; its kernelspec asks for interrupts by signal',
  importTfjs,
  interrupt: 'signal',
  env: { DENO_DIR: join(peerFolder('deno'), 'cache'), DENO_NO_UPDATE_CHECK: '1' },
  prepare() {
    const folder = peerFolder('deno');
    const program = join(folder, 'node_modules', 'deno', 'deno');
    if (!existsSync(program)) npm(folder, 'deno@2.9.6');
    return [program, 'jupyter', '--kernel', '--conn', '{connection_file}'];
  },
};

const ijavascript: Contender = {
  name: 'ijavascript',
  note: 'ijavascript 5.2.1 on Node 18.20.8 (its zeromq 5 has no binary for later ones); JavaScript only, no types',
  importTfjs: "const tf = require('@tensorflow/tfjs');",
  interrupt: 'signal',
  prepare() {
    const folder = peerFolder('ijavascript');
    const node = join(folder, 'node_modules', 'node', 'bin', 'node');
    const kernel = join(folder, 'node_modules', 'ijavascript', 'lib', 'kernel.js');
    if (!existsSync(node)) npm(folder, 'node@18.20.8');
    if (!existsSync(kernel)) npm(folder, 'ijavascript@5.2.1', '--ignore-scripts'); // its zeromq would be compiled
    return [node, kernel, '--hide-undefined', '{connection_file}', '--protocol=5.1'];
  },
};

export const contenders: readonly Contender[] = [...own, tslab, deno, ijavascript];

function peerFolder(name: string): string {
  return join(tmpdir(), `emtd-bench-peers-${userInfo().username}`, name);
}

function npm(folder: string, ...what: string[]): void {
  mkdirSync(folder, { recursive: true });
  const { status, stderr, error } = spawnSync(
    process.platform === 'win32' ? 'npm.cmd' : 'npm',
    ['install', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel', 'error', ...what],
    { encoding: 'utf8', cwd: homedir(), shell: process.platform === 'win32', timeout: 300_000 },
  );
  if (status !== 0)
    throw new Error(`npm install ${what.join(' ')}: ${error?.message ?? stderr.trim().split('\n')[0]}`);
}
