// Terminating user code leaves Node's stack of async contexts unbalanced. While async hooks are on (Node 22
// has one for AsyncLocalStorage; Node 24 only those that a cell enables), Node checks that stack, and aborts
// the process. So all hooks are off from just before a termination until the stack is clear again. Node
// clears it after an exception that was captured for the whole process. A termination within a callback of a
// hook would leave Node there for good. Hooks that go off within a callback are off as soon as it has ended: so
// the courier asks again until the code is between two callbacks. All of this is public; Node's internals have no
// part in it.
import { AsyncResource, createHook, type AsyncHook } from 'node:async_hooks';
import { setImmediate } from 'node:timers';
import { words } from './link.js';

/**
 * Under this name the courier finds `suspend` on the main thread's globalThis: for the termination of that
 * number. Within a callback of a hook it turns the hooks off for the time after it, and returns false; else it
 * returns when the termination has been sent, so that no code runs between the two.
 */
export const suspendName = 'emtd.suspendAsyncHooks';

/** The clock, also where a cell replaces it. */
const now = performance.now.bind(performance);

/** How long it waits for a courier that does not come, ms. */
const longest = 1000;

/** Node's option by which it checks the stack only while there are hooks. */
export const checksOnDemand = '--no-force-async-hooks-checks';

/**
 * Installs `suspend`. What it returns is called after a termination, with its number: it clears the stack,
 * and then enables the hooks.
 */
export function guardAsyncHooks(shared: Int32Array): (number: number) => void {
  const prototype = Object.getPrototypeOf(createHook({})) as AsyncHook;
  const { enable, disable } = prototype;
  const enabled = new Set<AsyncHook>();
  /** The number of the last termination for which hooks went off, until they are on again. */
  let offFor = 0;
  /** The hooks go off within a callback, or have just done so: `last` is on. */
  let isLeaving = false;
  let hasSeen = false;
  const probe = createHook({ init: () => void (hasSeen = true) });
  /**
   * The only one that is on while the others go off within a callback: Node counts that wrong where none is left.
   * It is called for nothing that code does.
   */
  const last = createHook({ destroy: () => {} });
  prototype.enable = function (this: AsyncHook) {
    enabled.add(this);
    return offFor ? this : enable.call(this);
  };
  prototype.disable = function (this: AsyncHook) {
    enabled.delete(this);
    return disable.call(this);
  };
  const suspend = (number: number): boolean => {
    if (offFor === 0 && enabled.size > 0) {
      enable.call(last);
      isLeaving = true;
      for (const hook of enabled) disable.call(hook);
    }
    offFor = number;
    if (isLeaving) {
      if (!isBetweenHooks()) return false;
      disable.call(last);
      isLeaving = false;
    }
    Atomics.store(shared, words.awaited, number);
    const end = now() + longest;
    // Not Atomics.wait: V8 does not nest it, and the code may be in one.
    while (Atomics.load(shared, words.sent) < number && now() < end);
    return true;
  };
  /** A hook that has just been enabled sees nothing within a callback of another one. */
  const isBetweenHooks = (): boolean => {
    hasSeen = false;
    enable.call(probe);
    new AsyncResource('probe');
    disable.call(probe);
    return hasSeen;
  };
  Object.defineProperty(globalThis, Symbol.for(suspendName), { value: suspend });
  return (number) =>
    clearStack((isClear) => {
      if (number !== offFor) return; // another termination is under way
      if (isClear) for (const hook of enabled) enable.call(hook);
      else if (enabled.size > 0) process.stderr.write(stayOff);
      offFor = 0;
    });
}

const stayOff =
  'kernel: async hooks are off since the Stop, because code of a cell captures all exceptions of this process\n';

/**
 * Throws an exception that nobody sees. It fails where code of a cell, or a domain, captures all exceptions.
 */
function clearStack(next: (isClear: boolean) => void): void {
  setImmediate(() => {
    try {
      process.setUncaughtExceptionCaptureCallback(() => {
        process.setUncaughtExceptionCaptureCallback(null);
        setImmediate(next, true);
      });
    } catch {
      return next(false);
    }
    throw new Error('the stack of async contexts is cleared after this');
  });
}
