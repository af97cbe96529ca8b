// To which cell (or comm message) an output belongs: the one whose code printed it, also from a timer after
// the cell has ended.
import { AsyncLocalStorage } from 'node:async_hooks';

export interface Context {
  /** The id of the request. */
  readonly id: string;
}

export class Contexts {
  readonly #storage = new AsyncLocalStorage<Context>();
  #last: Context = { id: '' };

  /** Code outside every context (a native callback) counts as the last one's. */
  current(): Context {
    return this.#storage.getStore() ?? this.#last;
  }

  run<T>(id: string, body: () => T): T {
    const context: Context = { id };
    this.#last = context;
    return this.#storage.run(context, body);
  }
}
