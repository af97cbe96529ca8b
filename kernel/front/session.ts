// The protocol: requests in, replies and iopub messages out (Jupyter messaging protocol 5.4). Cells run one
// after another; everything else is answered at once, also while a cell runs.
import { toCodePoints, toUnits } from '../wire/codePoints.js';
import type { CellError } from '../wire/content.js';
import { type Json, type Message, headerFactory } from '../wire/message.js';
import type { Back } from './back.js';
import { Cells } from './cells.js';
import { Contexts } from './contexts.js';
import { History } from './history.js';
import { kernelInfo } from './kernelInfo.js';
import type { Publish } from './publish.js';
import type { RemoteCompiler } from './remoteCompiler.js';
import type { OutgoingChannel, Transport } from './transport.js';

export interface SessionParts {
  transport: Pick<Transport, 'send'>;
  back: Back;
  compiler: RemoteCompiler;
  log(line: string): void;
  /** Ends the kernel, after the shutdown reply is out. */
  shutdown(): void;
}

type Answer = (content: Json, request: Message) => Promise<Json> | Json;

/** How long the reply to a failed cell waits for requests that were sent before it, ms. */
const abortGrace = 20;

export class Session {
  readonly contexts: Contexts;
  readonly #parts: SessionParts;
  readonly #header = headerFactory();
  readonly #history = new History();
  readonly #cells: Cells;
  readonly #queue: { request: Message; aborted: boolean }[] = [];
  #running: Message | undefined;
  #answering: Promise<void> | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    const publish = this.#publish;
    this.contexts = new Contexts({ publish, history: this.#history });
    this.#cells = new Cells({ ...parts, publish, history: this.#history, contexts: this.contexts });
    publish('status', { execution_state: 'starting' });
  }

  shell(request: Message): void {
    const type = request.header.msg_type;
    if (type !== 'execute_request') return void this.#handle('shell', request, this.#shellAnswers[type]);
    this.#queue.push({ request, aborted: false });
    this.#answering ??= this.#answerQueue();
  }

  control(request: Message): void {
    void this.#handle('control', request, this.#controlAnswers[request.header.msg_type]);
  }

  subscribed(topic: string): void {
    this.#publish('iopub_welcome', { subscription: topic }, { topic });
  }

  /** The process of user code has gone: what it knew is gone too. */
  backDied(death: CellError): Promise<void> {
    return this.#cells.backDied(death);
  }

  /** Resolves when every cell is answered; what waits in the queue is not begun any more. */
  async finished(): Promise<void> {
    for (const entry of this.#queue) entry.aborted = true;
    await this.#answering;
  }

  async #answerQueue(): Promise<void> {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const { request, aborted } = next;
      this.#running = request;
      await this.#handle('shell', request, aborted ? () => ({ status: 'aborted' }) : this.#execute);
      this.#running = undefined;
    }
    this.#answering = undefined;
  }

  /** busy, answer, reply, idle: idle comes whatever happens. */
  async #handle(channel: 'shell' | 'control', request: Message, answer: Answer | undefined): Promise<void> {
    const type = request.header.msg_type;
    const parent = request.header;
    this.#publish('status', { execution_state: 'busy' }, { parent });
    try {
      if (answer) {
        const content = await answer(request.content, request);
        this.#reply(channel, type.replace(/_request$/, '_reply'), content, request);
      } else if (!this.#oneWay(type, request)) {
        this.#parts.log(`${channel}: ${type} is not supported`);
      }
    } catch (error) {
      const evalue = error instanceof Error ? error.message : String(error);
      this.#parts.log(`${channel}: ${type} failed: ${evalue}`);
      const content = { status: 'error', ename: 'KernelError', evalue, traceback: [`KernelError: ${evalue}`] };
      this.#reply(channel, type.replace(/_request$/, '_reply'), content, request);
    } finally {
      this.#publish('status', { execution_state: 'idle' }, { parent });
      this.#stillBusy(request);
    }
    if (type === 'shutdown_request') this.#parts.shutdown();
  }

  /** Front ends take the last status as the kernel's: after an answer in between, a cell still runs. */
  #stillBusy(answered: Message): void {
    if (!this.#running || this.#running === answered) return;
    this.#publish('status', { execution_state: 'busy' }, { parent: this.#running.header });
  }

  /** Comm messages have no reply; no targets exist yet, so what is opened is closed at once. */
  #oneWay(type: string, request: Message): boolean {
    if (type === 'comm_open') {
      const content = { comm_id: request.content['comm_id'], data: {} };
      this.#publish('comm_close', content, { parent: request.header });
    }
    return ['comm_open', 'comm_msg', 'comm_close'].includes(type);
  }

  readonly #commonAnswers: Record<string, Answer> = {
    kernel_info_request: () => kernelInfo(),
    shutdown_request: ({ restart }) => ({ status: 'ok', restart: restart === true }),
  };

  readonly #controlAnswers: Record<string, Answer> = {
    ...this.#commonAnswers,
    interrupt_request: async () => {
      await this.#cells.interrupt();
      return { status: 'ok' };
    },
  };

  readonly #shellAnswers: Record<string, Answer> = {
    ...this.#commonAnswers,
    complete_request: async (content) => {
      const code = String(content['code']);
      const { start, end, matches } = await this.#parts.compiler.ask('complete', code, cursor(content));
      const [from, to] = [toCodePoints(code, start), toCodePoints(code, end)];
      const typed = matches.map((match) => ({ ...match, start: from, end: to }));
      return {
        status: 'ok',
        matches: matches.map(({ text }) => text),
        cursor_start: from,
        cursor_end: to,
        metadata: { _jupyter_types_experimental: typed },
      };
    },
    inspect_request: async (content) => {
      const text = await this.#parts.compiler.ask('inspect', String(content['code']), cursor(content));
      return {
        status: 'ok',
        found: text !== undefined,
        data: text === undefined ? {} : { 'text/plain': text },
        metadata: {},
      };
    },
    is_complete_request: async ({ code }) => ({
      ...(await this.#parts.compiler.ask('isComplete', String(code))),
    }),
    history_request: (content) => ({ status: 'ok', history: this.#history.answer(content) }),
    comm_info_request: () => ({ status: 'ok', comms: {} }),
  };

  readonly #execute: Answer = async (content, request) => {
    const reply = await this.#cells.execute(content, request);
    if (reply['status'] === 'error' && content['stop_on_error'] !== false) await this.#abortQueue();
    return reply;
  };

  /** What a front end had queued behind the failed cell does not run: what is here, or on its way as the cell fails. */
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

function cursor(content: Json): number {
  const code = String(content['code']);
  const position = content['cursor_pos'];
  return typeof position === 'number' ? toUnits(code, position) : code.length;
}
