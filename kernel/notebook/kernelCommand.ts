// The command that starts this package's kernel.
import { fileURLToPath } from 'node:url';
import type { CompilerName } from '../wire/compilerNames.js';

/** The command of this package's kernel, as in its kernelspec. */
export function kernelCommand({ compiler, prelude = true }: { compiler?: CompilerName; prelude?: boolean } = {}): string[] {
  return [
    process.execPath,
    fileURLToPath(new URL('../front/main.js', import.meta.url)),
    ...(compiler ? ['--compiler', compiler] : []),
    ...(prelude ? [] : ['--no-prelude']),
    '{connection_file}',
  ];
}
