// What `require` means in a cell: modules resolve from the notebook's folder; local TypeScript comes
// compiled from the cell compiler; the kernel's own package and what it depends on come last.
import Module, { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { Output } from './back.js';

type Require = (id: string) => unknown;

interface CompiledModule {
  javascript: string;
  loaded?: { exports: unknown };
}

const fromKernel = createRequire(import.meta.url);

export class CellModules {
  readonly require: NodeJS.Require;
  readonly #compiled = new Map<string, CompiledModule>();
  readonly #emit: (output: Output) => void;

  constructor(folder: string, emit: (output: Output) => void) {
    this.#emit = emit;
    const fromFolder = createRequire(join(folder, 'cell.js'));
    this.require = this.#wrap(fromFolder, folder, fromKernel);
    quietTensorFlow();
  }

  /** Newly compiled local modules replace their older versions. */
  add(modules: ReadonlyMap<string, string>): void {
    for (const [path, javascript] of modules) this.#compiled.set(path, { javascript });
  }

  #wrap(base: NodeJS.Require, folder: string, fallback?: NodeJS.Require): NodeJS.Require {
    const load: Require = (id) => {
      if (id === 'tslab') return this.#tslab();
      const local = id.startsWith('.') ? this.#local(resolve(folder, id)) : undefined;
      if (local) return local.exports;
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

  /** `./model`, `./model.ts` and `./model.js` are all the compiled `./model.js`. */
  #local(path: string): { exports: unknown } | undefined {
    const file = path.replace(/\.(ts|js)$/, '') + '.js';
    const found = this.#compiled.get(file.replaceAll('\\', '/'));
    if (!found) return undefined;
    if (!found.loaded) {
      const module = new Module(file) as Module & { _compile(javascript: string, file: string): void };
      found.loaded = module;
      module.filename = file;
      module.require = this.#wrap(createRequire(file), dirname(file));
      module._compile(found.javascript, file);
    }
    return found.loaded;
  }

  /** tslab's own display calls (`import * as tslab from 'tslab'`) show through this kernel. */
  #tslab(): unknown {
    type Content = {
      data: Record<string, unknown>;
      metadata: Record<string, unknown>;
      transient: { display_id?: string };
    };
    const server = fromKernel('tslab/dist/jupyter.js') as {
      lastWriteDisplayData: ((content: Content, update?: boolean) => void) | null;
    };
    server.lastWriteDisplayData = ({ data, metadata, transient: { display_id: displayId } }, update) => {
      const bundle = { data, metadata };
      if (update && displayId) this.#emit({ type: 'update_display_data', bundle, displayId });
      else this.#emit({ type: 'display_data', bundle, ...(displayId ? { displayId } : {}) });
    };
    return fromKernel('tslab');
  }
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
