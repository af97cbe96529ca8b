// The command that starts this package's kernel.
import { fileURLToPath } from 'node:url';

/** The cell compilers that the kernel can be started with. */
export const compilers = ['typescript', 'tslab'] as const;
export type Compiler = (typeof compilers)[number];

/** The command of this package's kernel, as in its kernelspec. */
export function kernelCommand({ compiler, prelude = true }: { compiler?: Compiler; prelude?: boolean } = {}): string[] {
  return [
    process.execPath,
    fileURLToPath(new URL('../front/main.js', import.meta.url)),
    ...(compiler ? ['--compiler', compiler] : []),
    ...(prelude ? [] : ['--no-prelude']),
    '{connection_file}',
  ];
}
