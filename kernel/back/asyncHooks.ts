// Terminating user code leaves Node's stack of async contexts unbalanced. While async hooks are on (they
// carry AsyncLocalStorage in Node 20), Node checks that stack, and aborts the process. So the checks are off
// from just before a termination until the stack has been cleared after it.

interface AsyncWrap {
  constants: { kTotals: number; kCheck: number };
  async_hook_fields: Uint32Array;
  clearAsyncIdStack(): void;
}

/** Under this name the courier finds `suspendChecks` on the main thread's globalThis. */
export const suspendName = 'emtd.suspendAsyncChecks';

/** Installs `suspendChecks`; returns the function that resumes the checks after the termination. */
export function guardAsyncHooks(): () => void {
  const { binding } = process as unknown as { binding(name: 'async_wrap'): AsyncWrap };
  const { constants, async_hook_fields: fields, clearAsyncIdStack } = binding.call(process, 'async_wrap');
  const { kTotals, kCheck } = constants;
  let saved: { totals: number; checks: number } | undefined;
  const suspendChecks = (): void => {
    saved ??= { totals: fields[kTotals]!, checks: fields[kCheck]! };
    fields[kTotals] = fields[kCheck] = 0;
  };
  Object.defineProperty(globalThis, Symbol.for(suspendName), { value: suspendChecks });
  return () => {
    clearAsyncIdStack();
    if (!saved) return;
    fields[kTotals] = saved.totals;
    fields[kCheck] = saved.checks;
    saved = undefined;
  };
}
