// Which cell compiler the kernel uses: `--compiler tslab|typescript`.
import type { CellCompiler, Folders } from './cellCompiler.js';
import { TslabCompiler } from './tslab/tslabCompiler.js';

export const compilerNames = ['tslab'] as const;
export type CompilerName = (typeof compilerNames)[number];

const constructors: Record<CompilerName, new (folders: Folders) => CellCompiler> = { tslab: TslabCompiler };

export function createCompiler(name: CompilerName, folders: Folders): CellCompiler {
  return new constructors[name](folders);
}
