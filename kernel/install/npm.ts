// npm, which comes with Node: beside it (Windows), in lib/ (elsewhere), or on PATH.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** npm is not there, or could not do what it was asked for. */
export class NpmFailed extends Error {
  override readonly name = 'NpmFailed';
}

/** Runs npm in a folder. @throws NpmFailed with npm's reason */
export function npm(folder: string, ...args: readonly string[]): void {
  const beside = dirname(process.execPath);
  const script = [beside, join(beside, '..', 'lib')]
    .map((place) => join(place, 'node_modules', 'npm', 'bin', 'npm-cli.js'))
    .find(existsSync);
  const [command, ...first] = script === undefined ? ['npm'] : [process.execPath, script];
  const { status, error, stdout, stderr } = spawnSync(command!, [...first, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (error)
    throw new NpmFailed(`npm does not start (${error.message}); fix: install npm, which comes with Node`);
  if (status !== 0) throw new NpmFailed(`npm ${args[0]!} failed: ${reason(stderr || stdout)}`);
}

/** npm's own first lines on an error: its code and what was wrong. */
function reason(text: string): string {
  const lines = text
    .split('\n')
    .filter((line) => /^npm (error|ERR!)/.test(line) && !/complete log|^npm (error|ERR!)\s*$/.test(line));
  return (
    lines
      .slice(0, 4)
      .map((line) => line.replace(/^npm (error|ERR!) /, ''))
      .join('; ') || text.trim().slice(-300)
  );
}
