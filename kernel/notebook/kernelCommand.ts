// The command that starts the kernel of a package.
import { join } from 'node:path';
import type { CompilerName } from '../wire/compilerNames.js';
import { packageRoot } from '../wire/ownPackage.js';

export interface CommandOptions {
  /** The cell compiler; the kernel's default if none is named. */
  compiler?: CompilerName;
  /** Whether cells can use the lab's names without an import; true by default. */
  prelude?: boolean;
  /** The folder of the package; this one by default. */
  root?: string;
}

/** As in a kernelspec. */
export function kernelCommand({
  compiler,
  prelude = true,
  root = packageRoot,
}: CommandOptions = {}): string[] {
  return [
    process.execPath,
    join(root, 'dist', 'kernel', 'front', 'main.js'),
    ...(compiler ? ['--compiler', compiler] : []),
    ...(prelude ? [] : ['--no-prelude']),
    '{connection_file}',
  ];
}
