// The threads of a pool, from their start to their end; if one dies, all others end. The state of a run can
// be read at any time: nothing depends on the arrival of a message.
import { Control } from './control.js';
import { coreCount, type StartThread, type Thread } from './threadHost.js';
import { poolScript } from './poolScript.js';
import type { Order, Report, Seat } from './poolThread.js';
import type { Run } from './run.js';
import type { WebAssembly } from './webAssembly.js';

/**
 * How often a thread polls a closed barrier before it sleeps: some 20 microseconds; never where cores are
 * few.
 */
const LOOKS = 20_000;

/**
 * Threads hardly allocate, so they collect no garbage: memory that only they hold is freed when they end.
 * Bytes.
 */
const MOST_WASTE = 64 * 2 ** 20;
const MOST_PROGRAMS = 256;

export class Team {
  readonly control: Control;
  /** Resolves when all threads have ended. */
  readonly gone: Promise<void>;
  /** The first thread that died, and why. */
  death: { readonly thread: number; readonly reason: string } | undefined;

  readonly #threads: Thread[] = [];
  #alive: number;
  /** Whether all threads have the order of the present run. */
  #isOrdered = true;
  /** By module and memory, the number under which the threads know the program. */
  readonly #programs = new WeakMap<WebAssembly.Module, WeakMap<WebAssembly.Memory, number>>();
  #programCount = 0;
  /** Bytes of each memory; the numbers of memories. */
  readonly #sizes = new Map<number, number>();
  readonly #memories = new WeakMap<WebAssembly.Memory, number>();
  readonly #lost: FinalizationRegistry<number>;
  #waste = 0;

  /** `changed` is called when the state may have changed. */
  constructor(
    readonly size: number,
    start: StartThread,
    changed: () => void,
  ) {
    this.control = Control.idle(size, size <= coreCount() ? LOOKS : 0);
    this.#alive = size;
    let allGone: () => void;
    this.gone = new Promise((resolve) => (allGone = resolve));
    this.#lost = new FinalizationRegistry((memory) => {
      this.#waste += this.#sizes.get(memory) ?? 0;
      changed();
    });
    const script = poolScript();
    for (let thread = 0; thread < size; thread++) {
      const started = start(script, {
        onMessage: (message) => {
          const report = message as Report;
          if (report !== 'done') this.death ??= { thread, reason: report.failure };
          changed();
        },
        onEnd: (reason) => {
          this.death ??= { thread, reason };
          if (--this.#alive === 0) allGone();
          changed();
        },
      });
      const { looks, buffer: control } = this.control;
      started.post({ thread, threads: size, looks, control } satisfies Seat);
      this.#threads.push(started);
    }
  }

  get isIdle(): boolean {
    return this.#isOrdered && this.control.isIdle;
  }

  /** Whether it is time for new threads: these hold too much memory that nothing else uses. */
  get isWorn(): boolean {
    return this.#waste > MOST_WASTE || this.#programCount > MOST_PROGRAMS;
  }

  get isGone(): boolean {
    return this.#alive === 0;
  }

  order({ module, memory, job, steps, phases }: Run): void {
    this.#isOrdered = false;
    this.control.reset();
    const { program, isNew } = this.#program(module, memory);
    const order: Order = { program, code: isNew ? { module, memory } : undefined, job, steps, phases };
    for (const thread of this.#threads) thread.post(order);
    this.#isOrdered = true;
  }

  end(): void {
    for (const thread of this.#threads) thread.end();
  }

  #program(module: WebAssembly.Module, memory: WebAssembly.Memory): { program: number; isNew: boolean } {
    let number = this.#memories.get(memory);
    if (number === undefined) {
      this.#memories.set(memory, (number = this.#sizes.size));
      this.#lost.register(memory, number);
    }
    this.#sizes.set(number, memory.buffer.byteLength);
    let byMemory = this.#programs.get(module);
    if (!byMemory) this.#programs.set(module, (byMemory = new WeakMap()));
    const known = byMemory.get(memory);
    const program = known ?? this.#programCount++;
    byMemory.set(memory, program);
    return { program, isNew: known === undefined };
  }
}
