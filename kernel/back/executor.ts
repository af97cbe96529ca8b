// Runs compiled cells in this process, one at a time. A cell starts in a message callback of its own, so
// that its termination unwinds no code of the kernel; a message then settles its request, since its promises
// may never settle.
import { MessageChannel } from 'node:worker_threads';
import { join } from 'node:path';
import { cellScope } from '../compiler/cellCompiler.js';
import type { CellError, MimeBundle } from '../wire/content.js';
import type { CellModules } from './cellModules.js';
import { compileFunction } from './compileFunction.js';
import type { Contexts } from './contexts.js';
import { Interrupted } from './epochs.js';
import { interruption } from './interruption.js';
import type { Phase } from './cellPhase.js';
import { Map, Object, Promise } from './intrinsics.js';
import type { RunReply, RunRequest } from './protocol.js';

/** Displays a cell's last value. */
export type Show = (value: unknown) => Promise<MimeBundle | undefined>;

/** What a cell's code needs around it. */
export type Modules = Pick<
  CellModules,
  'folder' | 'require' | 'import' | 'load' | 'add' | 'preload' | 'epochs' | 'tracebacks' | 'forgetHalfLoaded'
>;

interface Job {
  id: number;
  context: string;
  perform(): Promise<void>;
  fail(error: CellError): void;
}

export class Executor {
  /** Every top-level variable of every cell. */
  readonly #exports: Record<string, unknown> = {};
  readonly #runway = new MessageChannel();
  #job: Job | undefined;

  constructor(
    readonly modules: Modules,
    readonly phase: Phase,
    readonly contexts: Contexts,
  ) {
    this.#runway.port1.on('message', (id: number) => {
      if (id === this.#job?.id) void this.#job.perform();
    });
  }

  /** `id`: of the request; `show` sees the value of the last expression before the cell ends. */
  run(id: number, request: RunRequest, show: Show): Promise<RunReply> {
    const { phase, modules, contexts } = this;
    const { tracebacks } = modules;
    const { cell, name, context } = request;
    const file = join(modules.folder, name);
    tracebacks.remember(file, name, cell.places);
    modules.add(cell.modules);
    const before = new Map(cell.declares.map((key) => [key, this.#exports[key]]));
    return new Promise((resolve) => {
      if (!phase.load(id)) return resolve({ status: 'error', set: [], ...interruption });
      const settle = (reply: RunReply): void => {
        if (this.#job !== job) return;
        this.#job = undefined;
        phase.end(id);
        resolve(reply);
      };
      const job: Job = {
        id,
        context,
        perform: () =>
          contexts.run(context, async () => {
            try {
              const bundle = await show(await this.#value(request, file));
              settle({ status: 'ok', bundle });
            } catch (error) {
              job.fail(tracebacks.of(error));
            }
          }),
        fail: (error) => {
          if (this.#job === job) settle({ status: 'error', set: this.#whatIsSet(before), ...error });
        },
      };
      this.#job = job; // one that was interrupted while its modules loaded has been answered
      contexts
        .run(context, () => modules.preload(cell.imports))
        .then(
          () => (phase.run(id) ? this.#runway.port2.postMessage(id) : job.fail(interruption)),
          (error: unknown) => job.fail(tracebacks.of(error)),
        );
    });
  }

  /** The courier has terminated the running code. */
  interrupted(): void {
    this.modules.epochs.interrupt();
    this.modules.forgetHalfLoaded();
    this.#job?.fail(interruption);
  }

  /**
   * An error outside a cell's own flow (a timer, a rejection nobody handles): fails its cell, if that still
   * runs.
   */
  stray(error: unknown): CellError | undefined {
    if (error instanceof Interrupted) return undefined;
    const report = this.modules.tracebacks.of(error);
    if (this.#job?.context !== this.contexts.current().id) return report;
    this.modules.epochs.interrupt(); // the rest of the cell does not run
    this.#job.fail(report);
    return undefined;
  }

  async #value({ cell: { javascript, isAsync } }: RunRequest, file: string): Promise<unknown> {
    const {
      folder,
      require,
      import: read,
      load,
      epochs: { now, resume, wait },
    } = this.modules;
    const run = compileFunction(file, cellScope, javascript, isAsync);
    return run(this.#exports, require, file, folder, now, resume, read, load, wait);
  }

  /** The declarations that a failed cell has given a value; the others have their earlier values. */
  #whatIsSet(before: ReadonlyMap<string, unknown>): string[] {
    const set: string[] = [];
    for (const [key, value] of before) {
      const now = this.#exports[key];
      if (now === undefined) this.#exports[key] = value;
      else if (!Object.is(now, value)) set.push(key);
    }
    return set;
  }
}
