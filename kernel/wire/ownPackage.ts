// This package as it is installed: its folder, its version, and the packages that the kernel needs beside it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { figurePackages } from '../../src/files/optionalPackage.js';
import type { CompilerName } from './compilerNames.js';

export const packageRoot = fileURLToPath(new URL('../../../', import.meta.url)).replace(/[\\/]$/, '');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const require = createRequire(join(packageRoot, 'package.json'));

export const manifest = require('emtd-lab/package.json') as Manifest;

/**
 * Version and contents: packages of different sources have different names. A build whose types were not
 * checked has no sources.
 */
export function buildName(): string {
  const { sources = '' } = JSON.parse(readFileSync(join(packageRoot, 'dist', 'build.json'), 'utf8')) as {
    sources?: string;
  };
  return `${manifest.version}-${sources.slice(0, 12).padEnd(12, '0')}`;
}

/** What a kernel needs beside the library, for cells, messages and figures. */
export const kernelPackages = (compiler?: CompilerName): string[] => [
  'typescript',
  'zeromq',
  ...figurePackages,
  ...(compiler === 'tslab' ? ['tslab'] : []),
];

/** Those that this package does not find beside it at the version that it is tested with. */
export const missingPackages = (compiler?: CompilerName): string[] =>
  kernelPackages(compiler).filter((name) => versionBeside(name) !== manifest.devDependencies[name]);

function versionBeside(name: string): string | undefined {
  try {
    return (require(`${name}/package.json`) as { version: string }).version;
  } catch {
    return undefined;
  }
}
