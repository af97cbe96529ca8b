// The steps of a cell: it is counted and published, the compiler's thread compiles it, the back runs it, and
// its declarations are stored for later cells.
import type { RunReply, RunRequest } from '../back/protocol.js';
import { interruption } from '../back/interruption.js';
import { type CellError, cellError, type Failed, type MimeBundle } from '../wire/content.js';
import type { Json, Message } from '../wire/message.js';
import type { Back } from './back.js';
import { BackEnded } from './backProcess.js';
import type { Contexts } from './contexts.js';
import { helpQuestion, pagePayload } from './help.js';
import { adviceOn, namesPage, nearestNames } from './names.js';
import { History } from './history.js';
import { BadMagic, expandMagics } from './magics.js';
import type { RemoteCompiler } from './remoteCompiler.js';

/** `page`: for the front end's pager. */
type Ran = { status: 'ok'; bundle?: MimeBundle; page?: string } | Failed;
type Code = Omit<RunRequest, 'cell'> & { code: string };

export class Cells {
  readonly history = new History();
  #executionCount = 0;
  /**
   * Number of cells without an execution count: they need their own names, by which tracebacks find their
   * lines.
   */
  #unstored = 0;
  #isRunning = false;
  /** As magics have set them. */
  #settings: { types: boolean; prelude: boolean };
  /** Answers the cell that is being compiled as interrupted. */
  #stopWaiting: (() => void) | undefined;

  /** `prelude`: whether cells begin with it. */
  constructor(
    readonly back: Back,
    readonly compiler: RemoteCompiler,
    readonly contexts: Contexts,
    readonly prelude: boolean,
  ) {
    this.#settings = { types: true, prelude };
  }

  /**
   * As a kernel that has just started: the next cell is the first. Resolves when user code's old process has
   * gone.
   */
  async restart(): Promise<void> {
    this.#executionCount = this.#unstored = 0;
    this.#settings = { types: true, prelude: this.prelude };
    this.history.clear();
    await this.back.restart(); // and with it the compiler forgets all cells
    this.contexts.clear();
  }

  async execute(content: Json, request: Message): Promise<Json> {
    const { publish } = this.contexts;
    const parent = request.header;
    const code = String(content['code'] ?? '');
    const silent = content['silent'] === true;
    const stored = !silent && content['store_history'] !== false;
    const entry = stored ? this.history.add(++this.#executionCount, code) : undefined;
    const count = this.#executionCount;
    this.contexts.open({
      parent,
      silent,
      count,
      entry,
      stdin: content['allow_stdin'] === true ? request : undefined,
    });
    if (!silent) publish('execute_input', { code, execution_count: count }, { parent });
    const shared = { execution_count: count, payload: [] };

    const name = stored ? `cell[${count}]` : `cell[${count}.${++this.#unstored}]`;
    const value = silent ? 'drop' : 'show';
    const question = helpQuestion(code);
    let ran: Ran = { status: 'ok' };
    if (question !== undefined) ran = await this.#help(question);
    else if (code.trim() !== '') ran = await this.#run({ code, name, context: parent.msg_id, value });
    if (ran.status === 'ok') {
      const expressions = (content['user_expressions'] ?? {}) as Record<string, string>;
      const payload = ran.page ? [pagePayload(ran.page)] : [];
      const evaluated = await this.#evaluate(expressions, parent.msg_id);
      return { status: 'ok', ...shared, payload, user_expressions: evaluated };
    }
    const { ename, evalue, traceback } = ran;
    if (!silent) publish('error', { ename, evalue, traceback }, { parent });
    return { status: 'error', ...shared, ename, evalue, traceback, user_expressions: {} };
  }

  /** Stops the cell in any phase; a running compilation goes on and its result is dropped. */
  async interrupt(): Promise<void> {
    if (this.#stopWaiting) this.#stopWaiting();
    else await this.back.interrupt();
  }

  /**
   * Makes the compiler forget declarations that have lost their values. `death`: how the process ended,
   * unless the kernel ended it.
   */
  backGone(death?: CellError): void {
    if (death && !this.#isRunning) this.contexts.printed('stderr', `${death.evalue}\n`);
    this.compiler.ask('reset').catch(() => {}); // a compiler that fails is replaced by a fresh one
  }

  async #help(name: string): Promise<Ran> {
    const page = await this.compiler.ask('inspect', name, name.length);
    const advice = adviceOn(name);
    if (page !== undefined)
      return { status: 'ok', page: advice === undefined ? page : `${page}\n\n${advice}` };
    const near = advice ?? nearestNames(name, await this.compiler.ask('names'));
    return {
      status: 'error',
      ...cellError('NotFound', [`${name}?: nothing is known of ${name}`, near].filter(Boolean).join('; ')),
    };
  }

  async #evaluate(expressions: Record<string, string>, context: string): Promise<Json> {
    const results: Json = {};
    for (const [key, code] of Object.entries(expressions)) {
      const ran = await this.#run({ code, name: `expression[${key}]`, context, value: 'return' });
      results[key] = ran.status === 'ok' ? { status: 'ok', ...ran.bundle! } : ran;
    }
    return results;
  }

  /** A cell with its magics. */
  async #run(cell: Code): Promise<Ran> {
    let expanded: ReturnType<typeof expandMagics>;
    try {
      expanded = expandMagics(cell.code);
    } catch (error) {
      if (!(error instanceof BadMagic)) throw error;
      return { status: 'error', ...cellError(error.name, error.message) };
    }
    const {
      code,
      directives: { reset, time, names, ...settings },
    } = expanded;
    Object.assign(this.#settings, settings);
    const began = performance.now();
    const ran = await this.#compileAndRun({ ...cell, code }, reset);
    const print = (text: string): void =>
      this.contexts.output(cell.context, { type: 'stream', content: { name: 'stdout', text } });
    if (names !== undefined) print(namesPage(names, await this.compiler.ask('names')));
    const seconds = (performance.now() - began) / 1000;
    if (time) print(`took ${seconds.toPrecision(3)} s\n`);
    return ran;
  }

  /** `reset`: in a fresh process. */
  async #compileAndRun({ code, name, context, value }: Code, reset = false): Promise<Ran> {
    const { back, compiler } = this;
    const fresh = reset ? back.restart() : undefined;
    const both = Promise.all([compiler.ask('compile', code, { name, ...this.#settings }), fresh]);
    const compiled = await this.#interruptibly(both.then(([answer]) => answer));
    if (compiled.status === 'error') return compiled;
    const { cell } = compiled;
    this.#isRunning = true;
    try {
      const reply: RunReply = await back.ask('run', { cell, name, context, value });
      await new Promise(setImmediate); // what native code printed has arrived with the reply
      await compiler.ask('commit', reply.status === 'ok' ? 'all' : reply.set);
      return reply;
    } catch (error) {
      if (!(error instanceof BackEnded)) throw error;
      return { status: 'error', ...back.death! };
    } finally {
      this.#isRunning = false;
    }
  }

  /** Resolves as interrupted when an interrupt comes before the work is done. */
  async #interruptibly<T>(work: Promise<T>): Promise<T | Failed> {
    const interrupted = new Promise<Failed>((resolve) => {
      this.#stopWaiting = () => resolve({ status: 'error', ...interruption });
    });
    try {
      return await Promise.race([work, interrupted]);
    } finally {
      this.#stopWaiting = undefined;
      work.catch(() => {});
    }
  }
}
