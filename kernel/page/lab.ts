// The two workers of a live page, and a cell's way through them: compiled, run, committed (as front/cells.ts does
// it between processes).
import type { Output, RunReply } from '../back/protocol.js';
import { interruption } from '../back/interruption.js';
import type { CompilerCalls } from '../compiler/compilerThread.js';
import { expandMagics } from '../front/magics.js';
import { namesPage } from '../front/names.js';
import { cellError, type Failed } from '../wire/content.js';

/** How long code may take to stop when asked, ms, before its worker is ended. */
const patience = 500;

export interface LabEvents {
  output(context: string, output: Output): void;
  /** The worker of user code was ended: variables are gone. */
  gone(): void;
}

type Message = {
  op?: string;
  id?: number;
  reply?: unknown;
  failure?: string;
  message?: string;
  context?: string;
};

/**
 * A worker that starts from a blob has the page's content policy, so that its code reaches no network but the
 * site's own files.
 */
function startWorker(script: URL): Worker {
  const blob = new Blob([`import ${JSON.stringify(script.href)};`], { type: 'text/javascript' });
  return new Worker(URL.createObjectURL(blob), { type: 'module' });
}

/** A worker and the requests that it has not answered. */
class Thread {
  readonly worker: Worker;
  /** Resolves when the worker listens. */
  readonly ready: Promise<void>;
  readonly #waiting = new Map<number, { resolve(reply: never): void; reject(error: Error): void }>();
  #count = 0;
  #ended: Error | undefined;

  constructor(script: URL, other: (message: Message) => void) {
    this.worker = startWorker(script);
    let isReady: () => void;
    this.ready = new Promise((resolve) => (isReady = resolve));
    this.worker.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data.op === 'ready') return isReady();
      const waiting = data.id === undefined ? undefined : this.#waiting.get(data.id);
      if (!waiting) return other(data);
      this.#waiting.delete(data.id!);
      if ('reply' in data) waiting.resolve(data.reply as never);
      else waiting.reject(new Error(data.failure ?? data.message));
    };
    this.worker.onerror = ({ message }) =>
      this.end('KernelDied', message ?? 'the worker could not be started');
  }

  ask<T>(request: object): Promise<T> {
    const id = ++this.#count;
    if (this.#ended) return Promise.reject(this.#ended);
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      void this.ready.then(() => this.worker.postMessage({ id, ...request }));
    });
  }

  /** What waits, and what is asked later, fails with this error. */
  end(name: string, reason: string): void {
    this.worker.terminate();
    this.#ended = Object.assign(new Error(reason), { name });
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}

export class Lab {
  readonly #compiler: Thread;
  #executor!: Thread;
  #stopped: (() => void) | undefined;
  #settings = { types: true, prelude: true };
  /** How often Stop was pressed: a cell that is being compiled then does not run. */
  #stops = 0;
  #count = 0;

  constructor(
    readonly assets: URL,
    readonly events: LabEvents,
  ) {
    this.#compiler = new Thread(new URL('compiler.js', assets), () => {});
    this.#start();
  }

  #start(): void {
    this.#executor = new Thread(new URL('executor.js', this.assets), (message) => {
      if (message.op === 'stopped') this.#stopped?.();
      else if (message.op === 'output') this.events.output(message.context!, message as unknown as Output);
    });
  }

  compilerAsk<Call extends keyof CompilerCalls>(
    call: Call,
    ...args: Parameters<CompilerCalls[Call]>
  ): Promise<ReturnType<CompilerCalls[Call]>> {
    return this.#compiler.ask({ call, args });
  }

  /** Runs a cell; its outputs come as events of `context`. */
  async run(code: string, context: string): Promise<{ count: number } & ({ status: 'ok' } | Failed)> {
    const count = ++this.#count;
    const name = `cell[${count}]`;
    const stops = this.#stops;
    try {
      const { code: plain, directives } = expandMagics(code);
      const { reset, time, names, ...settings } = directives;
      Object.assign(this.#settings, settings);
      if (reset) await this.restart();
      const began = performance.now();
      const compiled = await this.compilerAsk('compile', plain, { name, ...this.#settings });
      if (compiled.status === 'error') return { count, ...compiled };
      if (stops !== this.#stops) return { count, status: 'error', ...interruption };
      const request = { cell: compiled.cell, name, context, value: 'show' };
      const reply = await this.#executor.ask<RunReply>({ op: 'run', request });
      await this.compilerAsk('commit', reply.status === 'ok' ? 'all' : reply.set);
      const print = (text: string): void =>
        this.events.output(context, { type: 'stream', content: { name: 'stdout', text } });
      if (names !== undefined) print(namesPage(names, await this.compilerAsk('names')));
      if (time) print(`took ${((performance.now() - began) / 1000).toPrecision(3)} s\n`);
      return reply.status === 'ok' ? { count, status: 'ok' } : { count, ...reply };
    } catch (error) {
      const { name: ename, message } = error as Error;
      return { count, status: 'error', ...cellError(ename, message) };
    }
  }

  /** A message of a widget in the page. */
  tell(request: object): void {
    this.#executor.worker.postMessage({ op: 'comm', id: -1, request });
  }

  /** Code that does not stop when asked loses its worker, and with it all variables. */
  async stop(): Promise<void> {
    this.#stops++;
    const stopped = new Promise<boolean>((resolve) => {
      this.#stopped = () => resolve(true);
      setTimeout(() => resolve(false), patience);
    });
    this.#executor.worker.postMessage({ op: 'interrupt' });
    if (!(await stopped))
      await this.restart('the cell was interrupted; it did not stop by itself, so that variables are gone');
  }

  async restart(reason = 'the cell was interrupted; variables are gone'): Promise<void> {
    this.#executor.end(interruption.ename, reason);
    this.#start();
    await this.compilerAsk('reset');
    this.events.gone();
  }
}
