// Versions, read from the packages themselves.
import { createRequire } from 'node:module';
import type { CompilerName } from './compilerNames.js';
import { requireOfTslab } from './tslabPackage.js';

const version = (require: NodeJS.Require, path: string): string =>
  (require(path) as { version: string }).version;
const own = createRequire(import.meta.url);

export const versions = { kernel: version(own, 'emtd-lab/package.json'), node: process.versions.node };

/**
 * Versions of a cell compiler: of the language that it knows, and of tslab itself.
 * @throws Error where tslab is asked for and not installed
 */
export function compilerVersions(compiler: CompilerName): { language: string; tslab?: string } {
  if (compiler === 'typescript') return { language: version(own, 'typescript/package.json') };
  const require = requireOfTslab();
  return {
    language: version(require, '@tslab/typescript-for-tslab/package.json'),
    tslab: version(require, './package.json'),
  };
}
