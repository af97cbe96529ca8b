// What a stranger does first: packs or gets the package, and runs the README's example.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

export const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

export const sh = (cwd, command, ...args) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

/** The path of the packed tarball, in the checkout. */
export function pack() {
  const [{ filename }] = JSON.parse(sh(root, npm, 'pack', '--json', '--ignore-scripts'));
  return join(root, filename);
}

/** The first TypeScript block of the README, without types, and what it prints by the block after it. */
export function readmeExample() {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const [, code, output] = /```ts\n([\s\S]*?)```\s+```\n([\s\S]*?)```/.exec(readme);
  return { code, output };
}
