// Emscripten's loader (inside tfjs's wasm backend) adds two listeners to the process, which throw every uncaught error and every
// unhandled rejection again. They end a process that handles its errors, and hide where an error came from.
import { AsyncLocalStorage } from 'node:async_hooks';

const events: readonly unknown[] = ['uncaughtException', 'unhandledRejection'];

/** Runs a load and removes the listeners for uncaught errors that it adds. The async context tells them from those of others. */
export async function withoutListeners<T>(load: () => Promise<T>): Promise<T> {
  const inside = new AsyncLocalStorage<true>();
  const remove = (event: string | symbol, listener: () => void): void => {
    if (events.includes(event) && inside.getStore()) queueMicrotask(() => process.off(event, listener));
  };
  process.on('newListener', remove);
  try {
    return await inside.run(true, load);
  } finally {
    process.off('newListener', remove);
    inside.disable(); // async contexts cost time while they are on
  }
}
