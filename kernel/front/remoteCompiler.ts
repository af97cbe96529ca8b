// The cell compiler as the session sees it: a worker thread that answers one call after another.
import { Worker } from 'node:worker_threads';
import type {
  CompilerCalls,
  CompilerData,
  CompilerHint,
  CompilerReply,
  CompilerRequest,
} from '../compiler/compilerThread.js';
import type { Waiting } from './backProcess.js';

/**
 * Each cell leaves garbage of 0.3 MB, in memory that V8 collects late where it may have gigabytes: below 2 GB
 * it lets the heap grow by a half, not by a factor of four. Types of the lab and tfjs take 0.12 GB.
 */
const resourceLimits = { maxOldGenerationSizeMb: 1024 };

export class RemoteCompiler {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #count = 0;

  /** `preload`: begins to load a module that a cell is going to import. */
  constructor(
    readonly data: CompilerData,
    readonly log: (line: string) => void,
    readonly preload: (specifier: string) => void = () => {},
  ) {
    this.#worker = this.#start();
  }

  ask<N extends keyof CompilerCalls>(
    call: N,
    ...args: Parameters<CompilerCalls[N]>
  ): Promise<ReturnType<CompilerCalls[N]>> {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      (this.#worker ??= this.#start()).postMessage({ id, call, args } satisfies CompilerRequest);
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL('../compiler/compilerThread.js', import.meta.url), {
      workerData: this.data,
      resourceLimits,
    });
    let hasAnswered = false;
    worker.on('message', (message: CompilerReply | CompilerHint) => {
      hasAnswered = true;
      if ('hint' in message) return this.preload(message.hint);
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if ('failure' in message) waiting?.reject(new Error(message.failure));
      else waiting?.resolve(message.reply);
    });
    worker.on('error', (error) => {
      this.log(`the cell compiler has failed: ${error.stack ?? error.message}`);
      for (const { reject } of this.#waiting.values()) {
        reject(new Error(`the cell compiler has failed and forgotten earlier cells: ${error.message}`));
      }
      this.#waiting.clear();
      this.#worker = hasAnswered ? this.#start() : undefined; // else at the next request
    });
    return worker;
  }
}
