// A page does not follow contexts through awaits: after one, the caller finds none.

export class AsyncLocalStorage<Store> {
  #store: Store | undefined;

  getStore(): Store | undefined {
    return this.#store;
  }

  run<T>(store: Store, body: () => T): T {
    const outer = this.#store;
    this.#store = store;
    try {
      return body();
    } finally {
      this.#store = outer;
    }
  }
}
