// A run: steps of a compiled program on one memory. In every step its phases run one after another; within a
// phase its range is divided among the threads, which all wait for each other at its end.
import { WebAssembly } from './webAssembly.js';

/**
 * Computes [begin, end) of a phase's range in one step; `job` is the address of its parameters. A nonzero
 * result stops the run.
 */
export type Entry = (job: number, step: number, begin: number, end: number) => number;

export interface Phase {
  /** Name of the exported function. */
  readonly entry: string;
  readonly size: number;
  /** Where the range begins: [from, from + size); 0 by default. */
  readonly from?: number;
  /** The range is divided at multiples of it. */
  readonly grain: number;
}

export interface Run {
  /** Imports `env.memory`, and nothing else; its entries do not depend on how the range is divided. */
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Byte address in the memory. */
  readonly job: number;
  readonly steps: number;
  readonly phases: readonly Phase[];
}

export interface Outcome {
  /**
   * Steps done by all threads; fewer than requested if a code, an abort or an interrupt has stopped the run.
   */
  readonly steps: number;
  /**
   * Nonzero result of an entry in the last step: of the first phase with one, of the lowest part of its
   * range; else 0.
   */
  readonly code: number;
}

const [most, lastAddress] = [2 ** 31 - 1, 2 ** 32 - 1];

/** @throws RangeError or TypeError for an invalid run, in the name of `name` */
export function checkRun(name: string, { module, job, steps, phases }: Run): void {
  const whole = (what: string, value: number, least: number, greatest = most): void => {
    if (Number.isInteger(value) && value >= least && value <= greatest) return;
    throw new RangeError(
      `${name}: ${what} must be a whole number from ${least} to ${greatest}, got ${value}`,
    );
  };
  whole('job', job, 0, lastAddress);
  whole('steps', steps, 0);
  if (phases.length === 0) throw new RangeError(`${name}: a run needs a phase, got none`);
  const known = exportsOf(module);
  for (const { entry, size, grain, from = 0 } of phases) {
    if (!known.has(entry))
      throw new TypeError(`${name}: entry must be one of ${[...known].join(', ')}, got ${entry}`);
    whole(`from of ${entry}`, from, 0);
    whole(`size of ${entry}`, size, 0, most - from);
    whole(`grain of ${entry}`, grain, 1);
  }
}

const functions = new WeakMap<WebAssembly.Module, ReadonlySet<string>>();

function exportsOf(module: WebAssembly.Module): ReadonlySet<string> {
  let names = functions.get(module);
  if (!names) {
    const all = WebAssembly.Module.exports(module).filter(({ kind }) => kind === 'function');
    functions.set(module, (names = new Set(all.map(({ name }) => name))));
  }
  return names;
}

/** The part [begin, end) of a phase's range for one of the threads. */
export function partOf(
  { size, grain, from = 0 }: Phase,
  thread: number,
  threads: number,
): readonly [begin: number, end: number] {
  const grains = Math.ceil(size / grain);
  const cut = (n: number): number => from + Math.min(size, Math.floor((grains * n) / threads) * grain);
  return [cut(thread), cut(thread + 1)];
}

export function entriesOf(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): Readonly<Record<string, Entry>> {
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Readonly<Record<string, Entry>>;
}
