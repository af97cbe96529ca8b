// Completion as the shells do it: the printed scripts run in bash, and in zsh and fish where they are.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { firstWords, tables, verbsOf } from '../../src/cli/tables.js';
import { call } from './emtd.js';

const folder = mkdtempSync(join(tmpdir(), 'emtd-completion-'));
after(() => rmSync(folder, { recursive: true }));
for (const file of ['a.ipynb', 'b c.ipynb', 'trace.json']) writeFileSync(join(folder, file), '');
for (const below of ['notebooks', 'my folder']) mkdirSync(join(folder, below));

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0;
const skip = (shell: string) => ({ skip: !has(shell) && `no ${shell} here` });
const flags = (name: keyof typeof tables): string[] =>
  [...Object.keys(tables[name].options), 'help'].map((option) => `--${option}`);

/** [what is typed, what is offered]; words as bash splits them. */
const typed: readonly (readonly [line: string[], offered: readonly string[]])[] = [
  [[''], [...firstWords, '--help', '--version']],
  [['re'], ['reproduce', 'reference']],
  [['notebooks'], ['notebooks']],
  [['--v'], ['--version']],
  [
    ['kernel', ''],
    [...verbsOf('kernel'), '--help'],
  ],
  [['kernel', 'install', '--'], flags('kernel install')],
  [
    ['kernel', 'install', '--compiler', ''],
    ['typescript', 'tslab'],
  ],
  [
    ['kernel', 'install', '--compiler', '=', 't'],
    ['typescript', 'tslab'],
  ],
  [
    ['kernel', 'install', '--compiler', '='],
    ['typescript', 'tslab'],
  ],
  [['kernel', 'uninstall', '--n'], ['--name']],
  [['run', '--'], flags('run')],
  [
    ['run', '--output', ''],
    ['notebooks', 'my folder'],
  ],
  [['run', '--timeout', ''], []],
  [['run', 'a'], ['a.ipynb']],
  [['run', 'b'], ['b c.ipynb']],
  [['reference', '--replay', 't'], ['trace.json']],
  [['completion', 'z'], ['zsh']],
  [['help', 'cl'], ['claims']],
  [['claims', 'x'], []],
  [['claims', 'EMTD-A.'], ['1', '2', '3', '4', '5', '6'].map((k) => `EMTD-A.${k}`)],
  [['nothing', ''], []],
];

test('bash', skip('bash'), async (t) => {
  const { code, out: script } = await call(t, 'completion', 'bash');
  assert.equal(code, 0);
  for (const [words, offered] of typed) {
    const run = `${script}\nshift 0; COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); complete -p emtd >/dev/null && _emtd; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr, status } = spawnSync('bash', ['-c', run, 'bash', 'emtd', ...words], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.deepEqual([stderr, status], ['', 0], words.join(' '));
    assert.deepEqual(new Set(stdout.split('\n').filter(Boolean)), new Set(offered), words.join(' '));
  }
});

test('fish', skip('fish'), async (t) => {
  const { out: script } = await call(t, 'completion', 'fish');
  writeFileSync(join(folder, 'emtd.fish'), script);
  const offers = (line: string): string[] => {
    const run = spawnSync(
      'fish',
      ['--no-config', '-c', `source emtd.fish; complete -C ${JSON.stringify(line)}`],
      { cwd: folder, encoding: 'utf8', env: { ...process.env, HOME: folder } },
    );
    assert.deepEqual([run.stderr, run.status], ['', 0]);
    return run.stdout
      .split('\n')
      .filter(Boolean)
      .map((one) => one.split('\t')[0]);
  };
  for (const [line, offered] of [
    ['emtd re', ['reproduce', 'reference']],
    ['emtd kernel ', verbsOf('kernel')],
    ['emtd kernel install --compiler ', ['typescript', 'tslab']],
    ['emtd run --', flags('run')],
    ['emtd run --output no', ['notebooks/']],
    ['emtd completion z', ['zsh']],
    ['emtd claims AE-25', ['AE-25']],
  ] as const)
    assert.deepEqual(new Set(offers(line)), new Set(offered), line);
  assert.ok(offers('emtd run a').includes('a.ipynb'));
});

test('zsh', skip('zsh'), async (t) => {
  const { out: script } = await call(t, 'completion', 'zsh');
  writeFileSync(join(folder, 'emtd.zsh'), script);
  // _describe and _arguments answer only in the line editor: here they print what they are given
  const stubs =
    'compdef() { :; }; _describe() { print -rl -- "${list[@]}"; }; _arguments() { print -rl -- "$@"; };';
  const offers = (...words: string[]): string => {
    const run = `${stubs} source ./emtd.zsh; words=("$@"); CURRENT=$#; _emtd`;
    const { stdout, stderr, status } = spawnSync('zsh', ['-fc', run, 'zsh', 'emtd', ...words], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.deepEqual([stderr, status], ['', 0], words.join(' '));
    return stdout;
  };
  for (const word of firstWords) assert.match(offers(''), new RegExp(`^${word}:.`, 'm'));
  for (const verb of verbsOf('kernel')) assert.match(offers('kernel', ''), new RegExp(`^${verb}:.`, 'm'));
  for (const flag of flags('run')) assert.match(offers('run', '--'), new RegExp(`^\\*?${flag}[=[]`, 'm'));
  assert.match(offers('run', ''), /^\*:notebook:_files -g "\*\.ipynb"$/m);
  assert.match(offers('kernel', 'install', ''), /^--compiler=\[.*\]:C:\(typescript tslab\)$/m);
});
