// Commands that start kernels need packages that a library's install does not have. Where they are missing,
// the package in the kernel's own folder (`emtd kernel install`) does the work.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findKernelspecs, packageOf } from '../../kernel/install/findKernelspecs.js';
import { thisMachine } from '../../kernel/install/machine.js';
import { dataFolders } from '../../kernel/install/places.js';
import { missingPackages, packageRoot } from '../../kernel/wire/ownPackage.js';
import { versions } from '../../kernel/wire/versions.js';
import { CommandError } from './command.js';
import type { CommandName } from './tables.js';

const needKernel: readonly CommandName[] = ['reproduce', 'notebooks', 'run', 'start', 'kernel doctor'];

/**
 * The exit code of a command that the package in the kernel's own folder has run; undefined where this
 * package can run it.
 * @throws CommandError where neither can
 */
export function runElsewhere(name: CommandName, words: readonly string[]): number | undefined {
  if (!needKernel.includes(name)) return undefined;
  const missing = missingPackages();
  if (missing.length === 0) return undefined;
  const root = findKernelspecs(dataFolders(thisMachine()))
    .filter(({ ours, broken, argv }) => ours?.version === versions.kernel && !broken && argv[0] !== 'python')
    .map(({ argv }) => packageOf(argv))
    .find((path) => path !== packageRoot && existsSync(join(path, 'bin', 'emtd.mjs')));
  if (root === undefined)
    throw new CommandError(
      `needs ${missing.join(', ')}; fix: npx emtd kernel install puts them into a folder of their own`,
      1,
    );
  return (
    spawnSync(process.execPath, [join(root, 'bin', 'emtd.mjs'), ...words], { stdio: 'inherit' }).status ?? 1
  );
}
