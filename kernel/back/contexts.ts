// The cell (or comm message) that an output belongs to: the one whose code printed it, also from a timer
// after the cell has ended.
import { AsyncLocalStorage } from 'node:async_hooks';
import { OutputLimit } from '../wire/outputLimit.js';
import { Set } from './intrinsics.js';

export class Context {
  readonly limit = new OutputLimit();
  /** Displays that have not come yet. */
  readonly promised = new Set<Promise<void>>();
  /** `id`: of the request. */
  constructor(readonly id: string) {}
}

export class Contexts {
  readonly #storage = new AsyncLocalStorage<Context>();
  #last = new Context('');

  /** Code outside every context (a native callback) counts as part of the last one. */
  current(): Context {
    return this.#storage.getStore() ?? this.#last;
  }

  run<T>(id: string, body: () => T): T {
    this.#last = new Context(id);
    return this.#storage.run(this.#last, body);
  }
}
