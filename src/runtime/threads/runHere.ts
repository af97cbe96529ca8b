// A run on the calling thread: for one core, for memory that cannot be shared, and for little work.
import { checkRun, type Entry, entriesOf, type Outcome, type Run } from './run.js';
import type { WebAssembly } from './webAssembly.js';

/** An instance lives as long as both its module and its memory. */
const programs = new WeakMap<
  WebAssembly.Module,
  WeakMap<WebAssembly.Memory, Readonly<Record<string, Entry>>>
>();

/**
 * Runs all steps before it returns. The memory need not be shared.
 *
 * @throws RangeError or TypeError for an invalid run; WebAssembly.RuntimeError of an entry
 */
export function runHere(run: Run): Outcome {
  checkRun('runHere', run);
  const { job, steps } = run;
  const entries = program(run);
  const busy = run.phases.filter(({ size }) => size > 0);
  const phases = busy.map(({ entry, size, from = 0 }) => ({
    call: entries[entry],
    begin: from,
    end: from + size,
  }));
  for (let step = 0; step < steps; step++) {
    let code = 0;
    for (const { call, begin, end } of phases) {
      const returned = call(job, step, begin, end);
      code ||= returned;
    }
    if (code !== 0) return { steps: step + 1, code };
  }
  return { steps, code: 0 };
}

function program({ module, memory }: Run): Readonly<Record<string, Entry>> {
  let byMemory = programs.get(module);
  if (!byMemory) programs.set(module, (byMemory = new WeakMap()));
  let entries = byMemory.get(memory);
  if (!entries) byMemory.set(memory, (entries = entriesOf(module, memory)));
  return entries;
}
