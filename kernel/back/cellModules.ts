// The imports of cells: `require` and `__import` resolve from the notebook's folder; the cell compiler
// compiles local TypeScript; the kernel's own package and its dependencies come last.
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { type CompiledModule, moduleScope } from '../compiler/cellCompiler.js';
import { CellImports } from './cellImports.js';
import { compileFunction } from './compileFunction.js';
import type { Epochs } from './epochs.js';
import { Error, Map, Object, Promise, Set } from './intrinsics.js';
import { LocalModules, type LocalModule, namespaceOf } from './localModules.js';
import type { Emit } from './outlet.js';
import { quietTensorFlow } from './quietTensorFlow.js';
import type { Tracebacks } from './tracebacks.js';
import { tslabWithDisplays } from './tslabDisplays.js';

const fromKernel = createRequire(import.meta.url);

export class CellModules {
  readonly require: NodeJS.Require;
  readonly #imports = new Map<string, CellImports>();
  readonly #local = new LocalModules();
  readonly #tslab: () => unknown;

  constructor(
    readonly folder: string,
    emit: Emit,
    readonly epochs: Epochs,
    readonly tracebacks: Tracebacks,
  ) {
    this.#tslab = () => tslabWithDisplays(emit);
    this.require = this.#requireAt(folder, {}, fromKernel);
    quietTensorFlow();
  }

  /** Newly compiled local modules. */
  add(modules: readonly CompiledModule[]): void {
    for (const { path, places } of this.#local.add(modules)) this.tracebacks.remember(path, path, places);
  }

  /** Loads these modules for `__import`, and all direct and indirect imports of the local ones. */
  async preload(specifiers: readonly string[]): Promise<void> {
    const reached = new Set<LocalModule>();
    const loading: Promise<void>[] = [];
    const reach = (specifier: string, folder: string, local?: CompiledModule['local']): void => {
      const found = this.#local.find(specifier, folder, local);
      if (!found && specifier !== 'tslab') loading.push(this.#importsOf(folder).load(specifier));
      if (!found || reached.has(found)) return;
      reached.add(found);
      const { path, imports, local: inner } = found.compiled;
      for (const next of [...imports, ...Object.keys(inner)]) reach(next, dirname(path), inner);
    };
    for (const specifier of specifiers) reach(specifier, this.folder);
    await Promise.all(loading);
  }

  /** `__import` in a cell. */
  readonly import = (specifier: string): unknown => this.#importAt(specifier, this.folder);

  /** `__load` in a cell: `import()`. */
  readonly load = async (specifier: string): Promise<unknown> => {
    await this.preload([specifier]);
    return this.import(specifier);
  };

  /**
   * After an interrupt, which no catch clause can handle: marks modules whose loading it stopped as not
   * loaded.
   */
  forgetHalfLoaded(): void {
    this.#local.forgetHalfLoaded();
    for (const [path, module] of Object.entries(fromKernel.cache)) {
      if (module && !module.loaded) delete fromKernel.cache[path];
    }
  }

  #importsOf(folder: string): CellImports {
    const known = this.#imports.get(folder) ?? new CellImports(folder);
    this.#imports.set(folder, known);
    return known;
  }

  #importAt(specifier: string, folder: string, local: CompiledModule['local'] = {}): unknown {
    const found = this.#local.find(specifier, folder, local);
    if (found) {
      this.#run(found);
      return namespaceOf(found);
    }
    return this.#importsOf(folder).read(specifier) ?? this.require(specifier);
  }

  #requireAt(folder: string, local: CompiledModule['local'], fallback?: NodeJS.Require): NodeJS.Require {
    const base = createRequire(resolve(folder, 'cell.js'));
    const load = (id: string): unknown => {
      if (id === 'tslab') return this.#tslab();
      const found = this.#local.find(id, folder, local);
      if (found) return this.#run(found);
      try {
        return base(id);
      } catch (error) {
        if (!fallback || id.startsWith('.') || !isMissing(error, id)) throw error;
        return fallback(id);
      }
    };
    const { resolve: find, cache, main, extensions } = base;
    return Object.assign(load, { resolve: find, cache, main, extensions });
  }

  /** Returns its exports. */
  #run(module: LocalModule): unknown {
    if (module.loaded) return module.loaded.exports;
    const { path, javascript, local } = module.compiled;
    const { now, resume, wait } = this.epochs;
    const folder = dirname(path);
    const importHere = (specifier: string): unknown => this.#importAt(specifier, folder, local);
    const loaded = {
      exports: {},
      filename: path,
      require: this.#requireAt(folder, local),
      isComplete: false,
    };
    module.loaded = loaded; // before it runs: modules may import each other
    try {
      const run = compileFunction(path, moduleScope, javascript);
      run(loaded.exports, loaded.require, loaded, path, folder, now, resume, importHere, wait);
      loaded.isComplete = true;
    } catch (error) {
      delete module.loaded;
      throw error;
    }
    return loaded.exports;
  }
}

function isMissing(error: unknown, id: string): boolean {
  return (
    error instanceof Error &&
    (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND' &&
    error.message.includes(`'${id}'`)
  );
}
