// Runs a Node program of this checkout, inheriting the terminal; a failure ends this process with its code.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** `script` is a path under node_modules. */
export const run = (script, ...args) => runNode(join(root, 'node_modules', script), ...args);

export function runNode(...args) {
  const { status, signal } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    console.error(
      `${args.find((arg) => !arg.startsWith('--')) ?? args[0]}: ${signal ? `ended by ${signal}` : `exit code ${status}`}`,
    );
    process.exit(status ?? 1);
  }
}
