// The cell compiler as the session sees it: a worker thread that answers one call after another.
import { Worker } from 'node:worker_threads';
import type { CompiledModule } from '../compiler/cellCompiler.js';
import type {
  CallName,
  Compiled,
  CompilerCalls,
  CompilerData,
  CompilerReply,
  CompilerRequest,
} from '../compiler/compilerThread.js';

interface Waiting {
  resolve(reply: unknown): void;
  reject(error: Error): void;
}

export class RemoteCompiler {
  readonly #data: CompilerData;
  readonly #waiting = new Map<number, Waiting>();
  /** Local modules of cells that never came to run: the next cell takes them along. */
  #undelivered: CompiledModule[] = [];
  #worker: Worker;
  #count = 0;

  constructor(data: CompilerData) {
    this.#data = data;
    this.#worker = this.#start();
  }

  /** A cell that waits for its turn: `take` its result, or drop it and lose nothing. */
  async compile(...args: Parameters<CompilerCalls['compile']>): Promise<Compiled> {
    const compiled = await this.ask('compile', ...args);
    if (compiled.status === 'ok') this.#undelivered.push(...compiled.cell.modules);
    return compiled;
  }

  /** The local modules to send along with a cell that is about to run. */
  takeModules(): CompiledModule[] {
    return this.#undelivered.splice(0);
  }

  ask<N extends CallName>(call: N, ...args: Parameters<CompilerCalls[N]>): Promise<ReturnType<CompilerCalls[N]>> {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      this.#worker.postMessage({ id, call, args } satisfies CompilerRequest);
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL('../compiler/compilerThread.js', import.meta.url), { workerData: this.#data });
    worker.on('message', (message: CompilerReply) => {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if ('failure' in message) waiting?.reject(new Error(message.failure));
      else waiting?.resolve(message.reply);
    });
    worker.on('error', (error) => {
      for (const { reject } of this.#waiting.values()) {
        reject(new Error(`the cell compiler has failed and forgotten earlier cells: ${error.message}`));
      }
      this.#waiting.clear();
      this.#worker = this.#start();
    });
    return worker;
  }
}
