// What cells import: `require` and `__import` resolve from the notebook's folder; local TypeScript comes
// compiled from the cell compiler; the kernel's own package and what it depends on come last.
import { createRequire } from 'node:module';
import { dirname, isAbsolute, resolve } from 'node:path';
import { type CompiledModule, moduleScope } from '../compiler/cellCompiler.js';
import { CellImports } from './cellImports.js';
import { compileFunction } from './compileFunction.js';
import type { Epochs } from './epochs.js';
import type { Emit } from './outlet.js';
import type { Tracebacks } from './tracebacks.js';
import { tslabDisplays } from './tslabDisplays.js';

type Require = (id: string) => unknown;

interface Local {
  readonly compiled: CompiledModule;
  /** `namespace`: what `__import` returns. */
  loaded?: { exports: unknown; namespace?: unknown; isComplete: boolean };
}

const fromKernel = createRequire(import.meta.url);

export interface CellModulesParts {
  folder: string;
  emit: Emit;
  epochs: Epochs;
  tracebacks: Tracebacks;
}

export class CellModules {
  readonly require: NodeJS.Require;
  readonly #parts: CellModulesParts;
  readonly #imports = new Map<string, CellImports>();
  readonly #local = new Map<string, Local>();
  readonly #tslab: () => unknown;

  constructor(parts: CellModulesParts) {
    this.#parts = parts;
    this.#tslab = tslabDisplays(parts.emit);
    this.require = this.#requireAt(parts.folder, {}, fromKernel);
    quietTensorFlow();
  }

  /** Newly compiled local modules replace their older versions; what imports a changed one starts anew too. */
  add(modules: readonly CompiledModule[]): void {
    const changed = new Set<string>();
    for (const compiled of modules) {
      if (this.#local.get(compiled.path)?.compiled.hash === compiled.hash) continue;
      this.#local.set(compiled.path, { compiled });
      this.#parts.tracebacks.remember(compiled.path, compiled.path, compiled.places);
      changed.add(compiled.path);
    }
    for (const path of changed) {
      for (const [importer, local] of this.#local) {
        if (!Object.values(local.compiled.local).includes(path)) continue;
        delete local.loaded;
        changed.add(importer); // visited by this same loop
      }
    }
  }

  /** Loads these modules for `__import`, and what the local ones among them import, directly or not. */
  async preload(specifiers: readonly string[]): Promise<void> {
    const reached = new Set<Local>();
    const loading: Promise<void>[] = [];
    const reach = (specifier: string, folder: string, local?: CompiledModule['local']): void => {
      const found = this.#find(specifier, folder, local);
      if (!found && specifier !== 'tslab') loading.push(this.#importsOf(folder).load(specifier));
      if (!found || reached.has(found)) return;
      reached.add(found);
      const { path, imports, local: inner } = found.compiled;
      for (const next of [...imports, ...Object.keys(inner)]) reach(next, dirname(path), inner);
    };
    for (const specifier of specifiers) reach(specifier, this.#parts.folder);
    await Promise.all(loading);
  }

  /** `__import` in a cell. */
  readonly import = (specifier: string): unknown => this.#importAt(specifier, this.#parts.folder);

  /** `__load` in a cell: `import()`. */
  readonly load = async (specifier: string): Promise<unknown> => {
    await this.preload([specifier]);
    return this.import(specifier);
  };

  /** After an interrupt, which no catch sees: modules that were being loaded are not. */
  forgetHalfLoaded(): void {
    for (const local of this.#local.values()) if (!local.loaded?.isComplete) delete local.loaded;
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
    const found = this.#find(specifier, folder, local);
    if (found) return this.#namespaceOf(found);
    return this.#importsOf(folder).read(specifier) ?? this.require(specifier);
  }

  #requireAt(folder: string, local: CompiledModule['local'], fallback?: NodeJS.Require): NodeJS.Require {
    const base = createRequire(resolve(folder, 'cell.js'));
    const load: Require = (id) => {
      if (id === 'tslab') return this.#tslab();
      const found = this.#find(id, folder, local);
      if (found) return this.#exportsOf(found);
      try {
        return base(id);
      } catch (error) {
        if (!fallback || id.startsWith('.') || !isMissing(error, id)) throw error;
        return fallback(id);
      }
    };
    return Object.assign(load, {
      resolve: base.resolve,
      cache: base.cache,
      main: base.main,
      extensions: base.extensions,
    });
  }

  /** `./model`, `./model.ts` and `./model.js` are all the compiled `./model.ts`. */
  #find(specifier: string, folder: string, local: CompiledModule['local'] = {}): Local | undefined {
    const named = local[specifier];
    if (named) return this.#local.get(named);
    if (!specifier.startsWith('.') && !isAbsolute(specifier)) return undefined;
    const path = resolve(folder, specifier).replaceAll('\\', '/');
    const stem = path.replace(/\.([cm]?)[jt]sx?$/, '');
    const candidates = [path, ...['.ts', '.tsx', '.mts', '.cts', '/index.ts'].map((suffix) => stem + suffix)];
    return candidates.map((candidate) => this.#local.get(candidate)).find(Boolean);
  }

  #namespaceOf(module: Local): unknown {
    const exports = this.#exportsOf(module);
    const loaded = module.loaded!;
    if (!loaded.isComplete) return exports; // modules that import each other
    return (loaded.namespace ??= isNamespace(exports) ? exports : { ...(exports as object), default: exports });
  }

  #exportsOf(module: Local): unknown {
    if (module.loaded) return module.loaded.exports;
    const { path, javascript, local } = module.compiled;
    const { now, resume, wait } = this.#parts.epochs;
    const folder = dirname(path);
    const importHere = (specifier: string): unknown => this.#importAt(specifier, folder, local);
    const loaded = { exports: {}, filename: path, require: this.#requireAt(folder, local), isComplete: false };
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

/** Other exports, those of CommonJS, are their module's default, as in Node. */
function isNamespace(exports: unknown): boolean {
  return typeof exports === 'object' && exports !== null && ('__esModule' in exports || 'default' in exports);
}

function isMissing(error: unknown, id: string): boolean {
  return (
    error instanceof Error &&
    (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND' &&
    error.message.includes(`'${id}'`)
  );
}

/** tfjs advertises its native build at the first tensor, unless in production mode: keep it out of cells. */
function quietTensorFlow(): void {
  type Engine = { ENV: { setFlags(flags: Record<string, unknown>): void } };
  Object.defineProperty(globalThis, '_tfengine', {
    configurable: true,
    get: () => undefined,
    set: (engine: Engine) => {
      Object.defineProperty(globalThis, '_tfengine', { value: engine, writable: true, configurable: true });
      engine.ENV.setFlags({ PROD: true });
    },
  });
}
