// The protocol: requests in, replies and iopub messages out (Jupyter messaging protocol 5.4). Cells run one
// after another; all other requests are answered at once, also while a cell runs.
import type { CompilerData } from '../compiler/compilerThread.js';
import type { Connection } from '../wire/connection.js';
import { cellError } from '../wire/content.js';
import { type Json, type Message, headerFactory } from '../wire/message.js';
import { Back } from './back.js';
import { Cells } from './cells.js';
import { FrontComms } from './comms.js';
import { Contexts, type Publish } from './contexts.js';
import { kernelInfo } from './kernelInfo.js';
import { type Answer, languageAnswers } from './language.js';
import { Questions } from './questions.js';
import { RemoteCompiler } from './remoteCompiler.js';
import { type OutgoingChannel, Transport, type TransportHandlers } from './transport.js';

export interface SessionOptions extends CompilerData {
  connection: Connection;
  log(line: string): void;
  /** Ends the kernel, after the shutdown reply is out. */
  shutdown(): void;
}

/** How long the reply to a failed cell waits for requests that were sent before it, ms. */
const abortGrace = 20;
/** How long user code may take to end after a shutdown request, ms. */
const stopDeadline = 1000;

export class Session implements TransportHandlers {
  readonly #transport: Transport;
  readonly #back: Back;
  readonly #comms: FrontComms;
  readonly #questions: Questions;
  readonly #header = headerFactory();
  readonly #cells: Cells;
  readonly #shellAnswers: Readonly<Record<string, Answer>>;
  readonly #queue: { request: Message; aborted: boolean }[] = [];
  #running: Message | undefined;
  #answering: Promise<void> | undefined;
  #ending = false;

  constructor(readonly options: SessionOptions) {
    const { connection, compiler: name, folders, prelude, log } = options;
    const compiler = new RemoteCompiler({ compiler: name, folders, prelude }, log, (module) => {
      this.#back.ask('preload', module).catch(() => {}); // the cell itself reports the error
    });
    this.#transport = new Transport(connection, this, log);
    const contexts = new Contexts(this.#publish);
    this.#back = new Back({
      folders,
      log,
      output: (context, output) => {
        this.#comms.note(output);
        contexts.output(context, output);
      },
      printed: contexts.printed,
      question: (...question) => this.#questions.ask(...question),
      gone: (death) => {
        for (const id of this.#comms.forget()) this.#publish('comm_close', { comm_id: id, data: {} });
        this.#cells.backGone(death);
      },
    });
    this.#comms = new FrontComms(this.#back, contexts);
    this.#questions = new Questions(this.#back, contexts, (prompt, request) =>
      this.#reply('stdin', 'input_request', { prompt, password: false }, request),
    );
    this.#cells = new Cells(this.#back, compiler, contexts, prelude);
    this.#shellAnswers = {
      ...this.#commonAnswers,
      ...languageAnswers(compiler),
      history_request: (content) => ({ status: 'ok', history: this.#cells.history.answer(content) }),
      comm_info_request: ({ target_name: target }) => ({ status: 'ok', comms: this.#comms.list(target) }),
    };
  }

  async start(): Promise<void> {
    await this.#transport.bind();
    this.#publish('status', { execution_state: 'starting' });
    this.#transport.listen();
  }

  shell(request: Message): void {
    const type = request.header.msg_type;
    if (type !== 'execute_request')
      return void this.#handle('shell', request, find(this.#shellAnswers, type));
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

  /**
   * Stops the running cell, starts no further one, and answers every cell; then ends user code and closes the
   * sockets.
   */
  async end(): Promise<void> {
    this.#ending = true;
    const answered = this.#cells.interrupt().then(() => this.#answering);
    await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, stopDeadline))]);
    await this.#back.end();
    await this.#transport.close();
  }

  async #answerQueue(): Promise<void> {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const { request, aborted } = next;
      this.#running = request;
      await this.#handle(
        'shell',
        request,
        aborted || this.#ending ? () => ({ status: 'aborted' }) : this.#execute,
      );
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
        this.options.log(`${channel}: ${type} is not supported`);
      }
    } catch (error) {
      const evalue = error instanceof Error ? error.message : String(error);
      this.options.log(`${channel}: ${type} failed: ${evalue}`);
      if (!type.endsWith('_request')) return;
      this.#reply(
        channel,
        type.replace(/_request$/, '_reply'),
        { status: 'error', ...cellError('KernelError', evalue) },
        request,
      );
    } finally {
      this.#publish('status', { execution_state: 'idle' }, { parent });
      this.#repeatBusy(request);
    }
    if (type === 'shutdown_request') this.options.shutdown();
  }

  /**
   * Front ends take the last status as the kernel's: this repeats `busy` after an answer while a cell runs.
   */
  #repeatBusy(answered: Message): void {
    if (!this.#running || this.#running === answered) return;
    this.#publish('status', { execution_state: 'busy' }, { parent: this.#running.header });
  }

  readonly #commonAnswers: Record<string, Answer> = {
    kernel_info_request: () => kernelInfo(this.options.compiler),
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

  /**
   * Cells that a front end had queued behind the failed cell do not run: those here, and those on their way
   * when it fails.
   */
  async #abortQueue(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, abortGrace));
    for (const entry of this.#queue) entry.aborted = true;
  }

  readonly #publish: Publish = (type, content, { parent = {}, topic, metadata = {}, buffers = [] } = {}) => {
    const title = topic ?? (type === 'stream' ? `stream.${String(content['name'])}` : type);
    this.#transport.send('iopub', {
      identities: [Buffer.from(title)],
      header: this.#header(type),
      parent,
      metadata,
      content,
      buffers,
    });
  };

  #reply(channel: OutgoingChannel, type: string, content: Json, request: Message): void {
    const { identities, header: parent } = request;
    this.#transport.send(channel, {
      identities,
      header: this.#header(type),
      parent,
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
