// Which cell compiler the kernel uses: `--compiler typescript` (TypeScript 6, our own) or `tslab`.
import type { CompilerName } from '../wire/compilerNames.js';
import type { CellCompiler, Folders } from './cellCompiler.js';

/** The module whose exports cells may use without an import. */
const preludeModule = 'emtd-lab';

/** `prelude`: whether names of the prelude are known before a cell has run. */
export const createCompiler: Record<CompilerName, (folders: Folders, prelude: boolean) => Promise<CellCompiler>> = {
  typescript: async (folders, prelude) => {
    const { TypeScriptCompiler } = await import('./typescript/typescriptCompiler.js');
    return new TypeScriptCompiler(folders, preludeModule, prelude);
  },
  tslab: async (folders) => {
    const { TslabCompiler } = await import('./tslab/tslabCompiler.js');
    return new TslabCompiler(folders);
  },
};
