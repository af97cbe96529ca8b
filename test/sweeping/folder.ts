// A folder of its own for each test, with modules in it; and the runs of a program in it.
import { spawn } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  mkdirSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A folder that sees the lab as a package; it goes with the test. */
export function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'emtd-sweep-'));
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules', 'emtd-lab'), 'dir');
  return folder;
}

export function write(folder: string, name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** Every run appends its parameters to calls.txt, beside the module. */
export const counting = `
import { appendFileSync } from 'node:fs';
const file = new URL('calls.txt', import.meta.url);
const count = (parameters) => appendFileSync(file, JSON.stringify(parameters) + '\\n');
`;

export const callsOf = (folder: string): string[] =>
  readdirSync(folder).includes('calls.txt')
    ? readFileSync(join(folder, 'calls.txt'), 'utf8').split('\n').slice(0, -1)
    : [];

/** The files with results, of a sweep's folder. */
export const resultFiles = (folder: string): string[] =>
  readdirSync(join(folder, 'results'))
    .sort()
    .map((name) => join(folder, 'results', name));

/** A program of node; what it prints, and how it ended. */
export function node(folder: string, words: readonly string[]) {
  const child = spawn(process.execPath, words, { cwd: folder });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data) => (stdout += data));
  child.stderr.on('data', (data) => (stderr += data));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, stdout, stderr })),
  );
  return { child, ended };
}

export const emtd = (folder: string, ...words: string[]) =>
  node(folder, [join(root, 'bin', 'emtd.mjs'), 'sweep', ...words]).ended;
