// Runs compiled cells in this process, one at a time. A cell starts in a message callback of its own, so
// that terminating it (`Runtime.terminateExecution`, which no catch sees) unwinds nothing of the kernel;
// its request is then settled by the message that says so, since its promises may never be.
import { MessageChannel } from 'node:worker_threads';
import { Script } from 'node:vm';
import { join } from 'node:path';
import type { CellError } from './back.js';
import { type CellCompiler, CellDiagnostics, type CompiledCell } from '../compiler/cellCompiler.js';
import type { CellModules } from './cellModules.js';
import { Epochs, Interrupted } from '../compiler/checkpoints.js';
import { Tracebacks, interruption, typeError } from './errors.js';
import type { Phase } from './phase.js';

/** What a cell's code finds around it. */
const cellScope = 'exports, require, __filename, __dirname, __epoch, __resume';

export type Ran<T> = { status: 'ok'; result: T } | ({ status: 'error' } & CellError);

interface Job {
  perform(): Promise<void>;
  fail(error: CellError): void;
}

export interface ExecutorParts {
  compiler: CellCompiler;
  modules: CellModules;
  phase: Phase;
  root: string;
  folder: string;
}

export class Executor {
  readonly #parts: ExecutorParts;
  readonly #tracebacks: Tracebacks;
  /** Every top-level variable of every cell. */
  readonly #exports: Record<string, unknown> = {};
  readonly #epochs = new Epochs();
  readonly #runway = new MessageChannel();
  #job: Job | undefined;
  #count = 0;

  constructor(parts: ExecutorParts) {
    this.#parts = parts;
    this.#tracebacks = new Tracebacks(parts.root);
    this.#runway.port1.on('message', (number: number) => {
      if (number === this.#count) void this.#job?.perform();
    });
  }

  /** Compiles and runs a cell; `show` sees the value of its last expression before the cell ends. */
  execute<T>(code: string, name: string, show: (value: unknown) => T | Promise<T>): Promise<Ran<T>> {
    const { compiler, phase, modules } = this.#parts;
    phase.compile();
    let cell: CompiledCell;
    try {
      cell = compiler.compile(code);
    } catch (error) {
      phase.end();
      if (!(error instanceof CellDiagnostics)) throw error;
      return Promise.resolve({ status: 'error', ...typeError(error.diagnostics, code, name) });
    }
    modules.add(cell.modules);
    this.#tracebacks.remember(name, cell);
    return new Promise((resolve) => {
      const settle = (ran: Ran<T>): void => {
        if (this.#job !== job) return;
        this.#job = undefined;
        phase.end();
        resolve(ran);
      };
      const fail = (error: CellError): void => {
        if (this.#job === job) cell.commit((key) => this.#exports[key] !== undefined);
        settle({ status: 'error', ...error });
      };
      const job: Job = {
        perform: async () => {
          try {
            const value = await this.#run(cell, name);
            const result = await show(value);
            if (this.#job === job) cell.commit(() => true);
            settle({ status: 'ok', result });
          } catch (error) {
            fail(this.#tracebacks.of(error));
          }
        },
        fail,
      };
      this.#job = job;
      if (phase.run()) this.#runway.port2.postMessage(++this.#count);
      else fail(interruption);
    });
  }

  /** The front has terminated the running code. */
  interrupted(): void {
    this.#epochs.interrupt();
    this.#job?.fail(interruption);
  }

  /** An error outside the cell's own flow (a timer, a rejection nobody handles): fails the running cell. */
  stray(error: unknown): CellError | undefined {
    if (error instanceof Interrupted) return undefined;
    const described = this.#tracebacks.of(error);
    if (!this.#job) return described;
    this.#epochs.interrupt(); // what is left of the cell does not go on
    this.#job.fail(described);
    return undefined;
  }

  async #run({ javascript, isAsync, resultName }: CompiledCell, name: string): Promise<unknown> {
    const { folder, modules } = this.#parts;
    // The wrapper stays on the cell's first line, so that lines keep their numbers.
    const wrapped = `(${isAsync ? 'async ' : ''}function (${cellScope}) { ${javascript}\n})`;
    const run = new Script(wrapped, { filename: name }).runInThisContext() as (...args: unknown[]) => unknown;
    const { now, resume } = this.#epochs;
    const finished = run.call(
      undefined,
      this.#exports,
      modules.require,
      join(folder, name),
      folder,
      now,
      resume,
    );
    if (isAsync) await finished;
    if (!resultName) return undefined;
    const value = this.#exports[resultName];
    this.#exports[resultName] = undefined; // deleting would make the object slow
    return value;
  }
}
