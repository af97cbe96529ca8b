// A Jupyter client in Node: speaks to a kernel process over ZeroMQ with the same messages as any front end.
import { randomUUID } from 'node:crypto';
import { Dealer, Subscriber } from 'zeromq';
import { address } from '../wire/connection.js';
import { KernelProcess, type KernelOptions } from './kernelProcess.js';
import { BadMessage, type Json, type Message, decode, encode, headerFactory } from '../wire/message.js';
import { SendQueue } from '../wire/sendQueue.js';

export interface ExecuteRequest {
  silent?: boolean;
  store_history?: boolean;
  user_expressions?: Record<string, string>;
  stop_on_error?: boolean;
}

/** The kernel process ended, or never answered, while something was asked of it. */
export class KernelDied extends Error {
  override readonly name = 'KernelDied';
}

type RequestChannel = 'shell' | 'control';

interface Waiting {
  reply?: Message;
  idle: boolean;
  onOutput: ((message: Message) => void) | undefined;
  resolve(reply: Message): void;
  reject(error: Error): void;
}

/** How long a kernel may take to answer at first, ms. */
const startDeadline = 60_000;
/** How long a kernel may take to shut down by itself before it is killed, ms. */
const shutdownDeadline = 3000;
/** How long the last messages of a process that has ended may still be under way, ms. */
const lastMessages = 200;

export class KernelClient {
  readonly kernel: KernelProcess;
  /** Answers questions of cells; without it, cells are told that nobody does. */
  onQuestion: ((question: string) => string | Promise<string>) | undefined;
  readonly #header = headerFactory(undefined, 'emtd');
  /** One identity on shell and stdin: questions go to the client that sent the cell. */
  readonly #identity = randomUUID();
  readonly #sockets = {
    shell: new Dealer({ linger: 0, reconnectInterval: 20, routingId: this.#identity }),
    control: new Dealer({ linger: 0, reconnectInterval: 20 }),
    stdin: new Dealer({ linger: 0, reconnectInterval: 20, routingId: this.#identity }),
    iopub: new Subscriber({ linger: 0, reconnectInterval: 20, receiveHighWaterMark: 0 }),
  };
  readonly #queues = {
    shell: new SendQueue((message) => this.#deliver('shell', message)),
    control: new SendQueue((message) => this.#deliver('control', message)),
  };
  readonly #waiting = new Map<string, Waiting>();
  readonly #settledListeners: (() => void)[] = [];
  readonly #listeners = new Set<(message: Message) => void>();
  #onStrayReply: (() => void) | undefined;

  private constructor(kernel: KernelProcess) {
    this.kernel = kernel;
    void kernel.ended.then((why) => {
      if (this.#waiting.size > 0) setTimeout(() => this.#failAll(why), lastMessages);
    });
  }

  /** Starts a kernel and waits until it answers on every channel. */
  static async start(options: KernelOptions = {}): Promise<KernelClient> {
    const client = new KernelClient(await KernelProcess.start(options));
    try {
      await client.#connect();
      return client;
    } catch (error) {
      await client.kill();
      throw error;
    }
  }

  /** Every iopub message, also those that answer no request of ours; returns how to stop listening. */
  onIopub(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Runs a cell; resolves with the reply once its `idle` is in too, so every output has been seen. */
  execute(
    code: string,
    onOutput?: (message: Message) => void,
    options: ExecuteRequest = {},
  ): Promise<Message> {
    const content = {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: this.onQuestion !== undefined,
      stop_on_error: true,
      ...options,
    };
    return this.request('shell', 'execute_request', content, onOutput);
  }

  /**
   * Sends a request; resolves with its reply after its `idle`.
   * @throws KernelDied when the process ends first
   */
  async request(
    channel: RequestChannel,
    type: string,
    content: Json = {},
    onOutput?: (message: Message) => void,
  ): Promise<Message> {
    if (this.kernel.hasEnded) throw new KernelDied('the kernel has ended');
    const message = this.message(type, content);
    return new Promise((resolve, reject) => {
      this.#waiting.set(message.header.msg_id, { idle: false, onOutput, resolve, reject });
      this.#queues[channel].push(message);
    });
  }

  /** A message of this session, not sent. */
  message(type: string, content: Json = {}): Message {
    return { identities: [], header: this.#header(type), parent: {}, metadata: {}, content, buffers: [] };
  }

  /** Sends what has no reply: a comm message. */
  tell(type: string, content: Json = {}): void {
    this.#queues.shell.push(this.message(type, content));
  }

  /** Sends frames as they are, and expects nothing back. */
  async sendRaw(channel: RequestChannel, frames: Uint8Array[]): Promise<void> {
    await this.#sockets[channel].send(frames as Buffer[]);
  }

  interrupt(): Promise<Message> {
    return this.request('control', 'interrupt_request');
  }

  /** Resolves when nothing that was asked is unanswered. */
  async settled(): Promise<void> {
    if (this.#waiting.size > 0) await new Promise<void>((resolve) => this.#settledListeners.push(resolve));
  }

  /** Asks the kernel to end; kills it when it does not. */
  async shutdown(): Promise<void> {
    this.request('control', 'shutdown_request', { restart: false }).catch(() => {});
    await this.kernel.end(shutdownDeadline);
    this.#close();
  }

  /** Ends the kernel at once. */
  async kill(): Promise<void> {
    await this.kernel.end(0);
    this.#close();
  }

  /** A subscription takes effect some time after the kernel binds: ask on shell until iopub speaks too. */
  async #connect(): Promise<void> {
    const { connection } = this.kernel.connection;
    for (const channel of ['shell', 'control', 'stdin', 'iopub'] as const) {
      this.#sockets[channel].connect(address(connection, channel));
    }
    this.#sockets.iopub.subscribe();
    void this.#receive('shell');
    void this.#receive('control');
    void this.#receiveQuestions();
    void this.#receiveIopub();

    let heard = false;
    const stopListening = this.onIopub(() => (heard = true));
    const ask = (): void => this.#queues.shell.push(this.message('kernel_info_request'));
    const answered = new Promise<undefined>((resolve) => {
      this.#onStrayReply = () => (heard ? resolve(undefined) : ask());
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(
        resolve,
        startDeadline,
        `the kernel did not answer within ${startDeadline / 1000} s`,
      );
    });
    ask();
    const failed = await Promise.race([answered, late, this.kernel.ended]);
    clearTimeout(timer);
    stopListening();
    this.#onStrayReply = undefined;
    if (failed !== undefined) throw this.#died(failed);
  }

  async #deliver(channel: RequestChannel, message: Message): Promise<void> {
    try {
      await this.#sockets[channel].send(encode(message, this.kernel.connection.connection.key) as Buffer[]);
    } catch (error) {
      this.#settle(message.header.msg_id, ({ reject }) =>
        reject(new KernelDied(`not sent: ${String(error)}`)),
      );
    }
  }

  async #receive(channel: RequestChannel): Promise<void> {
    for await (const frames of this.#sockets[channel]) {
      const reply = this.#read(frames);
      if (!reply) continue;
      const waiting = this.#waiting.get(reply.parent.msg_id ?? '');
      if (!waiting) {
        this.#onStrayReply?.();
        continue;
      }
      waiting.reply = reply;
      this.#settleWhenComplete(waiting);
    }
  }

  async #receiveQuestions(): Promise<void> {
    for await (const frames of this.#sockets.stdin) {
      const request = this.#read(frames);
      if (request?.header.msg_type !== 'input_request') continue;
      const value = await this.onQuestion?.(String(request.content['prompt']));
      if (value === undefined) continue;
      const reply = { ...this.message('input_reply', { status: 'ok', value }), parent: request.header };
      await this.#sockets.stdin.send(encode(reply, this.kernel.connection.connection.key) as Buffer[]);
    }
  }

  async #receiveIopub(): Promise<void> {
    for await (const frames of this.#sockets.iopub) {
      const message = this.#read(frames);
      if (!message) continue;
      for (const listener of this.#listeners) listener(message);
      const waiting = this.#waiting.get(message.parent.msg_id ?? '');
      if (!waiting) continue;
      waiting.onOutput?.(message);
      waiting.idle ||= message.header.msg_type === 'status' && message.content['execution_state'] === 'idle';
      this.#settleWhenComplete(waiting);
    }
  }

  #read(frames: readonly Uint8Array[]): Message | undefined {
    try {
      return decode(frames, this.kernel.connection.connection.key);
    } catch (error) {
      if (error instanceof BadMessage) return undefined;
      throw error;
    }
  }

  #settleWhenComplete({ reply, idle, resolve }: Waiting): void {
    if (reply && idle) this.#settle(reply.parent.msg_id!, () => resolve(reply));
  }

  #settle(id: string, how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting) how(waiting);
    if (this.#waiting.size === 0) for (const resolve of this.#settledListeners.splice(0)) resolve();
  }

  #failAll(why: string): void {
    for (const id of this.#waiting.keys()) this.#settle(id, ({ reject }) => reject(this.#died(why)));
  }

  #died(why: string): KernelDied {
    const text = this.kernel.diagnostics.trim();
    return new KernelDied(text ? `${why}\n${text}` : why);
  }

  #close(): void {
    for (const socket of Object.values(this.#sockets)) socket.close();
    this.#failAll('the kernel has ended');
    this.kernel.connection.remove();
  }
}
