// Every kernelspec that Jupyter would find, with its faults.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join } from 'node:path';
import { onPath, thisMachine } from './machine.js';
import { namesIn } from './namesIn.js';
import type { DataFolder } from './places.js';

export interface FoundKernelspec {
  readonly name: string;
  readonly folder: string;
  readonly displayName: string;
  readonly argv: readonly string[];
  /**
   * Set where `emtd kernel install` or the Python package wrote it; `home`: the kernel's own folder, where it
   * has one.
   */
  readonly ours:
    | { readonly version: string; readonly compiler: string; readonly home: string | undefined }
    | undefined;
  /** Why it cannot start: missing files of its command, or an invalid kernel.json. */
  readonly broken: string | undefined;
}

export interface ListedKernelspec extends FoundKernelspec {
  readonly origin: DataFolder['origin'];
  /** The folder of the same name that Jupyter takes instead. */
  readonly shadowedBy: string | undefined;
}

/** In Jupyter's order: the first of several with one name counts. */
export function findKernelspecs(folders: readonly DataFolder[]): ListedKernelspec[] {
  const found: ListedKernelspec[] = [];
  for (const { path, origin } of folders) {
    const parent = join(path, 'kernels');
    for (const entry of namesIn(parent)) {
      const folder = join(parent, entry);
      if (!existsSync(join(folder, 'kernel.json'))) continue;
      const spec = readKernelspec(folder);
      found.push({ ...spec, origin, shadowedBy: found.find(({ name }) => name === spec.name)?.folder });
    }
  }
  return found;
}

export function readKernelspec(folder: string): FoundKernelspec {
  const name = basename(folder).toLowerCase();
  const unread = { name, folder, displayName: name, argv: [], ours: undefined };
  let spec: Record<string, unknown>;
  try {
    spec = asRecord(JSON.parse(readFileSync(join(folder, 'kernel.json'), 'utf8')));
  } catch (error) {
    return { ...unread, broken: `kernel.json cannot be read: ${(error as Error).message}` };
  }
  const words = Array.isArray(spec['argv']) ? (spec['argv'] as unknown[]) : [];
  const argv = words.filter((word) => typeof word === 'string');
  const { version, compiler, home } = asRecord(asRecord(spec['metadata'])['emtd-lab']);
  return {
    ...unread,
    displayName: typeof spec['display_name'] === 'string' ? spec['display_name'] : name,
    argv,
    ours:
      typeof version === 'string'
        ? {
            version,
            compiler: typeof compiler === 'string' ? compiler : 'default',
            home: typeof home === 'string' ? home : undefined,
          }
        : undefined,
    broken: argv.length === 0 ? 'kernel.json has no argv' : missing(argv),
  };
}

/** The kernel's own folders that kernelspecs of a data folder name. */
export function usedHomes(dataFolder: string): (string | undefined)[] {
  const kernels = join(dataFolder, 'kernels');
  return namesIn(kernels).map((name) => readKernelspec(join(kernels, name)).ours?.home);
}

/** The package whose `dist/kernel/front/main.js` a kernelspec of ours starts. */
export const packageOf = (argv: readonly string[]): string =>
  dirname(dirname(dirname(dirname(argv[1] ?? ''))));

/**
 * The first missing file: the program, or a script with its full path among the arguments. For `python`
 * Jupyter takes its own.
 */
function missing([program, ...words]: readonly string[]): string | undefined {
  if ([program, ...words].some((word) => word.includes('\0'))) return 'a NUL in argv';
  if (!isAbsolute(program) && program !== 'python' && !onPath(thisMachine(), program))
    return `${program} is not on PATH`;
  const isAbsent = (word: string): boolean => isAbsolute(word) && !existsSync(word);
  const absent = isAbsent(program) ? program : words.find((word) => extname(word) !== '' && isAbsent(word));
  return absent && `${absent} does not exist`;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
