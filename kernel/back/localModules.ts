// The local modules of a notebook (TypeScript and JSON beside it), as last compiled by the cell compiler,
// and their exports after they have run.
import { isAbsolute, resolve } from 'node:path';
import type { CompiledModule } from '../compiler/cellCompiler.js';
import { Map, Object, Set } from './intrinsics.js';

export interface LocalModule {
  readonly compiled: CompiledModule;
  /** `namespace`: what `__import` returns. */
  loaded?: { exports: unknown; namespace?: unknown; isComplete: boolean };
}

export class LocalModules {
  readonly #modules = new Map<string, LocalModule>();

  /**
   * Newly compiled modules replace their older versions; modules that import a changed one run again too.
   * Returns the changed ones.
   */
  add(modules: readonly CompiledModule[]): CompiledModule[] {
    const changed = modules.filter(({ path, hash }) => this.#modules.get(path)?.compiled.hash !== hash);
    for (const compiled of changed) this.#modules.set(compiled.path, { compiled });
    const stale = new Set(changed.map(({ path }) => path));
    for (const path of stale) {
      for (const [importer, module] of this.#modules) {
        if (!Object.values(module.compiled.local).includes(path)) continue;
        delete module.loaded;
        stale.add(importer); // visited by this same loop
      }
    }
    return changed;
  }

  /**
   * `./model`, `./model.ts` and `./model.js` are all the compiled `./model.ts`; `local`: of the importing
   * module.
   */
  find(specifier: string, folder: string, local: CompiledModule['local'] = {}): LocalModule | undefined {
    const named = local[specifier];
    if (named) return this.#modules.get(named);
    if (!specifier.startsWith('.') && !isAbsolute(specifier)) return undefined;
    const path = resolve(folder, specifier).replaceAll('\\', '/');
    const stem = path.replace(/\.([cm]?)[jt]sx?$/, '');
    const candidates = [path, ...['.ts', '.tsx', '.mts', '.cts', '/index.ts'].map((suffix) => stem + suffix)];
    return candidates.map((candidate) => this.#modules.get(candidate)).find(Boolean);
  }

  /** Marks modules whose loading was interrupted as not loaded. */
  forgetHalfLoaded(): void {
    for (const module of this.#modules.values()) if (!module.loaded?.isComplete) delete module.loaded;
  }
}

/** The result of `__import` for a module that has run: CommonJS exports are its default, as in Node. */
export function namespaceOf({ loaded }: LocalModule): unknown {
  const { exports, isComplete } = loaded!;
  if (!isComplete) return exports; // modules that import each other
  return (loaded!.namespace ??= isNamespace(exports)
    ? exports
    : { ...(exports as object), default: exports });
}

function isNamespace(exports: unknown): boolean {
  return typeof exports === 'object' && exports !== null && ('__esModule' in exports || 'default' in exports);
}
