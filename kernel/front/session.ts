// The protocol: requests in, replies and iopub messages out (Jupyter messaging protocol 5.4). Shell
// requests are answered one after another; control requests at once, also while a cell runs.
import type { Back, ExpressionResult, Outcome, Output } from '../back/back.js';
import { toCodePoints, toUnits } from '../wire/codePoints.js';
import { History } from './history.js';
import { type Json, type Message, headerFactory } from '../wire/message.js';
import { kernelInfo } from './kernelInfo.js';
import type { OutgoingChannel, Transport } from './transport.js';

export interface SessionParts {
  transport: Pick<Transport, 'send'>;
  back: Back;
  log(line: string): void;
  /** Ends the kernel, after the shutdown reply is out. */
  shutdown(): void;
}

type Answer = (content: Json, request: Message) => Promise<Json> | Json;

/** How long the reply to a failed cell waits for requests that were sent before it, ms. */
const abortGrace = 20;

export class Session {
  readonly #parts: SessionParts;
  readonly #header = headerFactory();
  readonly #history = new History();
  readonly #queue: { request: Message; aborted: boolean }[] = [];
  #answering: Promise<void> | undefined;
  #executionCount = 0;
  /** The cell that outputs belong to: the one that runs, or ran last. */
  #cell: { request: Message; silent: boolean; count: number } | undefined;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#publish('status', { execution_state: 'starting' });
  }

  shell(request: Message): void {
    this.#queue.push({ request, aborted: false });
    this.#answering ??= this.#answerQueue();
  }

  control(request: Message): void {
    void this.#handle('control', request, this.#controlAnswers[request.header.msg_type]);
  }

  subscribed(topic: string): void {
    this.#parts.transport.send('iopub', {
      identities: [Buffer.from(topic)],
      header: this.#header('iopub_welcome'),
      parent: {},
      metadata: {},
      content: { subscription: topic },
      buffers: [],
    });
  }

  /** What the running cell shows. */
  output(output: Output): void {
    const cell = this.#cell;
    if (!cell || cell.silent) return;
    switch (output.type) {
      case 'stream':
        return this.#publish('stream', { name: output.name, text: output.text }, cell.request);
      case 'clear_output':
        return this.#publish('clear_output', { wait: output.wait }, cell.request);
      case 'execute_result':
        this.#history.setOutput(cell.count, String(output.bundle.data['text/plain']));
        return this.#publish(
          'execute_result',
          { execution_count: cell.count, ...output.bundle },
          cell.request,
        );
      default: {
        const transient = output.displayId ? { display_id: output.displayId } : {};
        return this.#publish(output.type, { ...output.bundle, transient }, cell.request);
      }
    }
  }

  /** Resolves when every request is answered; what waits in the queue is not begun any more. */
  async finished(): Promise<void> {
    for (const entry of this.#queue) entry.aborted = true;
    await this.#answering;
  }

  async #answerQueue(): Promise<void> {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const { request, aborted } = next;
      const answer = aborted ? () => ({ status: 'aborted' }) : this.#shellAnswers[request.header.msg_type];
      await this.#handle('shell', request, answer);
    }
    this.#answering = undefined;
  }

  /** busy, answer, reply, idle: idle comes whatever happens. */
  async #handle(channel: 'shell' | 'control', request: Message, answer: Answer | undefined): Promise<void> {
    const type = request.header.msg_type;
    this.#publish('status', { execution_state: 'busy' }, request);
    try {
      if (answer) {
        const content = await answer(request.content, request);
        this.#send(channel, type.replace(/_request$/, '_reply'), content, request);
      } else if (!this.#oneWay(type, request)) {
        this.#parts.log(`${channel}: ${type} is not supported`);
      }
    } catch (error) {
      const content = kernelError(error);
      this.#parts.log(`${channel}: ${type} failed: ${content.evalue}`);
      this.#send(channel, type.replace(/_request$/, '_reply'), { ...content }, request);
    } finally {
      this.#publish('status', { execution_state: 'idle' }, request);
    }
    if (type === 'shutdown_request') this.#parts.shutdown();
  }

  /** Comm messages have no reply; no targets exist yet, so what is opened is closed at once. */
  #oneWay(type: string, request: Message): boolean {
    if (type === 'comm_open')
      this.#publish('comm_close', { comm_id: request.content['comm_id'], data: {} }, request);
    return ['comm_open', 'comm_msg', 'comm_close'].includes(type);
  }

  readonly #commonAnswers: Record<string, Answer> = {
    kernel_info_request: () => kernelInfo(),
    shutdown_request: ({ restart }) => ({ status: 'ok', restart: restart === true }),
  };

  readonly #controlAnswers: Record<string, Answer> = {
    ...this.#commonAnswers,
    interrupt_request: async () => {
      await this.#parts.back.interrupt();
      return { status: 'ok' };
    },
  };

  readonly #shellAnswers: Record<string, Answer> = {
    ...this.#commonAnswers,
    execute_request: (content, request) => this.#execute(content, request),
    complete_request: async (content) => {
      const code = String(content['code']);
      const { start, end, matches } = await this.#parts.back.ask('complete', {
        code,
        position: cursor(content),
      });
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
      const text = await this.#parts.back.ask('inspect', {
        code: String(content['code']),
        position: cursor(content),
      });
      return {
        status: 'ok',
        found: text !== undefined,
        data: text === undefined ? {} : { 'text/plain': text },
        metadata: {},
      };
    },
    is_complete_request: async ({ code }) => ({
      ...(await this.#parts.back.ask('isComplete', { code: String(code) })),
    }),
    history_request: (content) => ({ status: 'ok', history: this.#history.answer(content) }),
    comm_info_request: () => ({ status: 'ok', comms: {} }),
  };

  async #execute(content: Json, request: Message): Promise<Json> {
    const code = String(content['code'] ?? '');
    const silent = content['silent'] === true;
    const stored = !silent && content['store_history'] !== false;
    if (stored) this.#history.add(++this.#executionCount, code);
    const count = this.#executionCount;
    this.#cell = { request, silent, count };
    if (!silent) this.#publish('execute_input', { code, execution_count: count }, request);
    if (code.trim() === '') return await this.#succeeded(content, count);

    const outcome: Outcome = await this.#parts.back
      .ask('execute', { code, name: `cell[${count}]`, silent })
      .catch(kernelError);
    if (outcome.status === 'ok') return await this.#succeeded(content, count);
    const { ename, evalue, traceback } = outcome;
    if (!silent) this.#publish('error', { ename, evalue, traceback }, request);
    if (content['stop_on_error'] !== false) await this.#abortQueue();
    return {
      status: 'error',
      execution_count: count,
      ename,
      evalue,
      traceback,
      user_expressions: {},
      payload: [],
    };
  }

  async #succeeded(content: Json, count: number): Promise<Json> {
    const expressions = (content['user_expressions'] ?? {}) as Record<string, string>;
    const results: Record<string, ExpressionResult> =
      Object.keys(expressions).length > 0 ? await this.#parts.back.ask('evaluate', { expressions }) : {};
    return { status: 'ok', execution_count: count, user_expressions: results, payload: [] };
  }

  /** What a front end had queued behind the failed cell does not run: what is here, or on its way as the cell fails. */
  async #abortQueue(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, abortGrace));
    for (const entry of this.#queue) entry.aborted ||= entry.request.header.msg_type === 'execute_request';
  }

  #publish(type: string, content: Json, request?: Message): void {
    const topic = type === 'stream' ? `stream.${String(content['name'])}` : type;
    this.#send('iopub', type, content, request, [Buffer.from(topic)]);
  }

  #send(
    channel: OutgoingChannel,
    type: string,
    content: Json,
    request?: Message,
    to = request?.identities ?? [],
  ): void {
    this.#parts.transport.send(channel, {
      identities: to,
      header: this.#header(type),
      parent: request?.header ?? {},
      metadata: {},
      content,
      buffers: [],
    });
  }
}

/** What went wrong in the kernel itself, not in a cell. */
function kernelError(error: unknown): Extract<Outcome, { status: 'error' }> {
  const evalue = error instanceof Error ? error.message : String(error);
  return { status: 'error', ename: 'KernelError', evalue, traceback: [`KernelError: ${evalue}`] };
}

function cursor(content: Json): number {
  const code = String(content['code']);
  const position = content['cursor_pos'];
  return typeof position === 'number' ? toUnits(code, position) : code.length;
}
