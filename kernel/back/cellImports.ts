// ES imports of cells: loaded from the notebook's folder before the cell runs, read with `__import`. The
// kernel's own package and its dependencies come last, so that `emtd-lab` works in any folder.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileFunction } from './compileFunction.js';
import { JSON, Map, Object, Promise } from './intrinsics.js';

const require = createRequire(import.meta.url);

type Namespace = Record<string, unknown>;
type Importer = (specifier: string) => Promise<Namespace>;

/** `import()` as a file in this folder would do it. */
function importerAt(folder: string): Importer {
  return compileFunction(join(folder, 'cell.js'), 'specifier', 'return import(specifier);') as Importer;
}

const fromKernel = importerAt(fileURLToPath(new URL('.', import.meta.url)));

export class CellImports {
  readonly #import: Importer;
  readonly #loaded = new Map<string, Namespace>();

  constructor(readonly folder: string) {
    this.#import = importerAt(folder);
  }

  /** Loads a module once; only JSON beside the notebook is read again. */
  async load(specifier: string): Promise<void> {
    const json = this.#json(specifier);
    if (json) return void this.#loaded.set(specifier, json);
    if (this.#loaded.has(specifier)) return;
    const namespace = await this.#namespace(specifier);
    if (specifier === 'emtd-lab') await engineOf(namespace);
    this.#loaded.set(specifier, namespace);
  }

  /** `__import`: the module that `load` has loaded; undefined if it has not. */
  readonly read = (specifier: string): Namespace | undefined => this.#loaded.get(specifier);

  async #namespace(specifier: string): Promise<Namespace> {
    try {
      return withDefaultNames(await this.#import(specifier));
    } catch (error) {
      if (!isMissing(error, specifier)) throw error;
      return withDefaultNames(await fromKernel(specifier).catch(() => Promise.reject(error as Error)));
    }
  }

  /** In packages JSON needs `with { type: 'json' }` and is CommonJS's. */
  #json(specifier: string): Namespace | undefined {
    if (!specifier.endsWith('.json')) return undefined;
    if (!specifier.startsWith('.') && !isAbsolute(specifier)) return undefined;
    const value: unknown = JSON.parse(readFileSync(resolve(this.folder, specifier), 'utf8'));
    return { ...(value as object), default: value };
  }
}

/** The lab's tensors need their engine, which starts with the import, before the cell runs. */
async function engineOf({ ready }: Namespace): Promise<void> {
  if (typeof ready === 'function') await (ready as () => Promise<void>)().catch(() => {}); // its first use reports the error
}

/** Node does not find every name of a CommonJS module; this view also has those of `module.exports`. */
function withDefaultNames(namespace: Namespace): Namespace {
  const whole = namespace['default'];
  if ((typeof whole !== 'object' && typeof whole !== 'function') || whole === null) return namespace;
  const lacking = Object.keys(whole).filter((name) => !(name in namespace));
  if (lacking.length === 0 || !isCommonJs(whole)) return namespace;
  const view: Namespace = {};
  const show = (from: object, name: string): unknown =>
    Object.defineProperty(view, name, { enumerable: true, get: () => (from as Namespace)[name] });
  for (const name of Object.keys(namespace)) show(namespace, name);
  for (const name of lacking) show(whole, name);
  return view;
}

function isCommonJs(whole: object): boolean {
  return Object.values(require.cache).some((module) => module?.exports === whole);
}

function isMissing(error: unknown, specifier: string): boolean {
  const { code, message } = error as NodeJS.ErrnoException;
  const packageName = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  return (
    code === 'ERR_MODULE_NOT_FOUND' && !specifier.startsWith('.') && message.includes(`'${packageName}'`)
  );
}
