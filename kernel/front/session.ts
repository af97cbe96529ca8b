// The protocol: requests in, replies and iopub messages out (Jupyter messaging protocol 5.4). Cells run one
// after another; all other requests are answered at once, also while a cell runs.
import type { Output } from '../back/protocol.js';
import type { CompilerName } from '../wire/compilerNames.js';
import type { CellError } from '../wire/content.js';
import { type Json, type Message, headerFactory } from '../wire/message.js';
import type { Back } from './back.js';
import { Cells } from './cells.js';
import { FrontComms } from './comms.js';
import { Contexts } from './contexts.js';
import { History } from './history.js';
import { kernelInfo } from './kernelInfo.js';
import { type Answer, languageAnswers } from './language.js';
import type { Publish } from './publish.js';
import { Questions } from './questions.js';
import type { RemoteCompiler } from './remoteCompiler.js';
import type { OutgoingChannel, Transport } from './transport.js';

export interface SessionParts {
  transport: Pick<Transport, 'send'>;
  back: Back;
  compiler: RemoteCompiler;
  compilerName: CompilerName;
  /** Whether cells begin with the prelude. */
  prelude: boolean;
  log(line: string): void;
  /** Ends the kernel, after the shutdown reply is out. */
  shutdown(): void;
}

/** How long the reply to a failed cell waits for requests that were sent before it, ms. */
const abortGrace = 20;

export class Session {
  readonly #contexts: Contexts;
  readonly #comms: FrontComms;
  readonly #questions: Questions;
  readonly #parts: SessionParts;
  readonly #header = headerFactory();
  readonly #history = new History();
  readonly #cells: Cells;
  readonly #shellAnswers: Readonly<Record<string, Answer>>;
  readonly #queue: { request: Message; aborted: boolean }[] = [];
  #running: Message | undefined;
  #answering: Promise<void> | undefined;
  #ending = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const publish = this.#publish;
    this.#contexts = new Contexts(publish);
    this.#comms = new FrontComms(parts.back, this.#contexts);
    this.#questions = new Questions(parts.back, this.#contexts, (prompt, request) =>
      this.#reply('stdin', 'input_request', { prompt, password: false }, request),
    );
    this.#cells = new Cells({ ...parts, publish, history: this.#history, contexts: this.#contexts });
    this.#shellAnswers = {
      ...this.#commonAnswers,
      ...languageAnswers(parts.compiler),
      history_request: (content) => ({ status: 'ok', history: this.#history.answer(content) }),
      comm_info_request: ({ target_name: target }) => ({ status: 'ok', comms: this.#comms.list(target) }),
    };
  }

  starts(): void {
    this.#publish('status', { execution_state: 'starting' });
  }

  shell(request: Message): void {
    const type = request.header.msg_type;
    if (type !== 'execute_request') return void this.#handle('shell', request, find(this.#shellAnswers, type));
    this.#queue.push({ request, aborted: false });
    this.#answering ??= this.#answerQueue();
  }

  control(request: Message): void {
    void this.#handle('control', request, find(this.#controlAnswers, request.header.msg_type));
  }

  subscribed(topic: string): void {
    this.#publish('iopub_welcome', { subscription: topic }, { topic });
  }

  stdin(message: Message): void {
    this.#questions.reply(message);
  }

  /** Output of user code. */
  output(context: string, output: Output): void {
    this.#comms.note(output);
    this.#contexts.output(context, output);
  }

  /** Prints of the user code's process, past the kernel. */
  printed(name: 'stdout' | 'stderr', text: string): void {
    this.#contexts.printed(name, text);
  }

  /** User code waits for an answer. */
  question(context: string, number: number, question: string): void {
    this.#questions.ask(context, number, question);
  }

  /** The process of user code has ended, and its variables are lost. `death`: how it ended, unless the kernel ended it. */
  backGone(death?: CellError): void {
    for (const id of this.#comms.forget()) this.#publish('comm_close', { comm_id: id, data: {} });
    this.#cells.backGone(death);
  }

  /** Stops the running cell, and starts no further one. Resolves when every cell is answered. */
  async end(): Promise<void> {
    this.#ending = true;
    await this.#cells.interrupt();
    await this.#answering;
  }

  async #answerQueue(): Promise<void> {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const { request, aborted } = next;
      this.#running = request;
      await this.#handle('shell', request, aborted || this.#ending ? () => ({ status: 'aborted' }) : this.#execute);
      this.#running = undefined;
    }
    this.#answering = undefined;
  }

  /** busy, answer, reply, idle; idle is always sent. */
  async #handle(channel: 'shell' | 'control', request: Message, answer: Answer | undefined): Promise<void> {
    const type = request.header.msg_type;
    const parent = request.header;
    this.#publish('status', { execution_state: 'busy' }, { parent });
    try {
      if (answer) {
        const content = await answer(request.content, request);
        this.#reply(channel, type.replace(/_request$/, '_reply'), content, request);
      } else if (!(await this.#comms.receive(request))) {
        this.#parts.log(`${channel}: ${type} is not supported`);
      }
    } catch (error) {
      const evalue = error instanceof Error ? error.message : String(error);
      this.#parts.log(`${channel}: ${type} failed: ${evalue}`);
      if (!type.endsWith('_request')) return;
      const content = { status: 'error', ename: 'KernelError', evalue, traceback: [`KernelError: ${evalue}`] };
      this.#reply(channel, type.replace(/_request$/, '_reply'), content, request);
    } finally {
      this.#publish('status', { execution_state: 'idle' }, { parent });
      this.#repeatBusy(request);
    }
    if (type === 'shutdown_request') this.#parts.shutdown();
  }

  /** Front ends take the last status as the kernel's: this repeats `busy` after an answer while a cell runs. */
  #repeatBusy(answered: Message): void {
    if (!this.#running || this.#running === answered) return;
    this.#publish('status', { execution_state: 'busy' }, { parent: this.#running.header });
  }

  readonly #commonAnswers: Record<string, Answer> = {
    kernel_info_request: () => kernelInfo(this.#parts.compilerName),
    shutdown_request: ({ restart }) => ({ status: 'ok', restart: restart === true }),
  };

  readonly #controlAnswers: Record<string, Answer> = {
    ...this.#commonAnswers,
    // Not Jupyter's: its restart ends the whole process, and with it the types that the compiler has read.
    restart_request: async () => {
      for (const entry of this.#queue) entry.aborted = true;
      if (this.#running) await this.#cells.interrupt();
      await this.#answering;
      await this.#cells.restart();
      return { status: 'ok' };
    },
    interrupt_request: async () => {
      await this.#cells.interrupt();
      return { status: 'ok' };
    },
  };

  readonly #execute: Answer = async (content, request) => {
    const reply = await this.#cells.execute(content, request);
    if (reply['status'] === 'error' && content['stop_on_error'] !== false) await this.#abortQueue();
    return reply;
  };

  /** Cells that a front end had queued behind the failed cell do not run: those here, and those on their way when it fails. */
  async #abortQueue(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, abortGrace));
    for (const entry of this.#queue) entry.aborted = true;
  }

  readonly #publish: Publish = (type, content, { parent, topic, metadata, buffers } = {}) => {
    const title = topic ?? (type === 'stream' ? `stream.${String(content['name'])}` : type);
    this.#parts.transport.send('iopub', {
      identities: [Buffer.from(title)],
      header: this.#header(type),
      parent: parent ?? {},
      metadata: metadata ?? {},
      content,
      buffers: buffers ?? [],
    });
  };

  #reply(channel: OutgoingChannel, type: string, content: Json, request: Message): void {
    this.#parts.transport.send(channel, {
      identities: request.identities,
      header: this.#header(type),
      parent: request.header,
      metadata: {},
      content,
      buffers: [],
    });
  }
}

/** The type comes from outside: `constructor` has no answer. */
function find(answers: Readonly<Record<string, Answer>>, type: string): Answer | undefined {
  return Object.hasOwn(answers, type) ? answers[type] : undefined;
}
