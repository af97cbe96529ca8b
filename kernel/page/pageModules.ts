// The imports of cells in a page: the lab and its doors, which are modules of the site.
import type { Modules } from '../back/executor.js';
import type { Epochs } from '../back/epochs.js';
import type { Tracebacks } from '../back/tracebacks.js';
import { notebook } from './node/places.js';

type Namespace = Record<string, unknown>;

export class PageModules implements Modules {
  readonly folder = notebook;
  readonly #loaded = new Map<string, Namespace>();

  constructor(
    readonly epochs: Epochs,
    readonly tracebacks: Tracebacks,
  ) {}

  /** A page has no TypeScript beside the notebook. */
  add(): void {}
  forgetHalfLoaded(): void {}

  async preload(specifiers: readonly string[]): Promise<void> {
    await Promise.all(specifiers.map((specifier) => this.#load(specifier)));
  }

  readonly import = (specifier: string): unknown => this.#loaded.get(specifier) ?? this.require(specifier);

  readonly load = async (specifier: string): Promise<unknown> => {
    await this.#load(specifier);
    return this.import(specifier);
  };

  readonly require = ((specifier: string): never => {
    throw new Error(
      `${specifier}: needs Node; in a page cells import emtd-lab and its rooms, such as emtd-lab/exact`,
    );
  }) as unknown as NodeJS.Require;

  async #load(specifier: string): Promise<void> {
    if (this.#loaded.has(specifier)) return;
    const door = /^emtd-lab(?:\/([a-z]+))?$/.exec(specifier);
    if (!door) this.require(specifier);
    const loaded = (await import(
      new URL(`lib/${door![1] ?? 'index'}.js`, import.meta.url).href
    )) as Namespace;
    if (typeof loaded['ready'] === 'function') await (loaded['ready'] as () => Promise<void>)();
    this.#loaded.set(specifier, loaded);
  }
}
