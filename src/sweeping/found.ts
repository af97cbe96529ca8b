// How the function of a run is found in another thread: its module is imported there. The first to come is
// taken: the sweep of that name and function that the module makes, or what the module exports. A script may so hold the
// run, the sweep and `await runs.here()`: in that thread `here` waits for ever, and nothing behind it runs.
// The command line finds sweeps in the same way. The listener is one for all copies of the lab in a thread.
import type { Run } from './oneRun.js';

/** A sweep, to those who import the module that makes it. */
export interface Found {
  readonly name: string;
  readonly run?: Run;
}

interface Listener {
  onSweep(sweep: Found): void;
  /** The module begins to make its runs: it will not end. */
  onWait?(): void;
}

const host = globalThis as { [name: symbol]: Listener | undefined };
const place = Symbol.for('emtd-lab.sweeps');

/** Whether modules are only imported here for the sweeps that they make. */
export const isListening = (): boolean => host[place] !== undefined;

/** Until it is undefined again, `sweep` hands to this listener what it makes. */
export function listen(listener: Listener | undefined): void {
  host[place] = listener;
}

export const announce = (sweep: Found): void => host[place]?.onSweep(sweep);

/** What `here` and `on` do where modules are only imported. */
export function wait(): Promise<never> {
  host[place]?.onWait?.();
  return new Promise(() => {});
}

/** @throws what the import throws, and TypeError where the module has no such function */
export async function findRun(module: string, sweep: string, run: string): Promise<Run> {
  const made = new Promise<Run>((resolve) =>
    listen({ onSweep: (found) => found.name === sweep && found.run?.name === run && resolve(found.run) }),
  );
  const exported = import(/* @vite-ignore */ /* webpackIgnore: true */ module).then(
    (names: Record<string, unknown>) => {
      if (typeof names[run] === 'function') return names[run] as Run;
      throw new TypeError(`sweep: ${module} exports no function ${run}, and makes no sweep "${sweep}"`);
    },
  );
  return Promise.race([made, exported]);
}
