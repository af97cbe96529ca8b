// A Jupyter client in Node: speaks to a kernel process over ZeroMQ with the same messages as any front end.
import { type Json, type Message, headerFactory } from '../wire/message.js';
import { type Channel, Channels, type RequestChannel } from './channels.js';
import { KernelProcess, type KernelOptions } from './kernelProcess.js';
import { OpenRequests } from './openRequests.js';

export interface ExecuteRequest {
  silent?: boolean;
  store_history?: boolean;
  user_expressions?: Record<string, string>;
  stop_on_error?: boolean;
}

/** The kernel process ended, or did not answer, during a request. */
export class KernelDied extends Error {
  override readonly name = 'KernelDied';
}

/** How long a kernel may take to answer at first, ms. */
const startDeadline = 60_000;
/** How long a kernel may take to shut down by itself before it is killed, ms. */
const shutdownDeadline = 3000;
/** How long the last messages of a process that has ended may still be under way, ms. */
const lastMessages = 200;

export class KernelClient {
  /** Answers questions of cells; without it, questions are refused. */
  onQuestion: ((question: string) => string | Promise<string>) | undefined;
  readonly #header = headerFactory(undefined, 'emtd');
  readonly #channels: Channels;
  readonly #requests = new OpenRequests();
  readonly #listeners = new Set<(message: Message) => void>();
  #onStrayReply: (() => void) | undefined;

  private constructor(readonly kernel: KernelProcess) {
    this.#channels = new Channels(kernel.connection.connection, ({ header }, error) =>
      this.#requests.fail(header.msg_id, new KernelDied(`not sent: ${String(error)}`)),
    );
    void kernel.ended.then((why) => {
      if (this.#requests.count > 0) setTimeout(() => this.#failAll(why), lastMessages);
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

  /**
   * Listens to every iopub message, also of requests by other clients; returns the function that stops
   * listening.
   */
  onIopub(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Runs a cell; resolves with the reply once its `idle` has come too, after every output. */
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
    const reply = this.#requests.wait(message.header.msg_id, onOutput);
    this.#channels.send(channel, message);
    return reply;
  }

  /** A message of this session, not sent. */
  message(type: string, content: Json = {}): Message {
    return { identities: [], header: this.#header(type), parent: {}, metadata: {}, content, buffers: [] };
  }

  /** Sends a message without a reply: a comm message. */
  tell(type: string, content: Json = {}): void {
    this.#channels.send('shell', this.message(type, content));
  }

  /** Sends frames as they are, without a reply. */
  async sendRaw(channel: RequestChannel, frames: Uint8Array[]): Promise<void> {
    await this.#channels.sendRaw(channel, frames);
  }

  /**
   * Makes it as fresh as one that has just started, in a third of the time: the compiler keeps what it has
   * read of packages.
   * @throws KernelDied when the process has ended, or ends
   */
  async restart(): Promise<void> {
    await this.request('control', 'restart_request');
  }

  interrupt(): Promise<Message> {
    return this.request('control', 'interrupt_request');
  }

  /** Resolves when every request is answered. */
  settled(): Promise<void> {
    return this.#requests.settled();
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
    this.#channels.open((channel, message) => this.#receive(channel, message));
    let hasIopub = false;
    const stopListening = this.onIopub(() => (hasIopub = true));
    const ask = (): void => this.tell('kernel_info_request');
    const answered = new Promise<undefined>((resolve) => {
      this.#onStrayReply = () => (hasIopub ? resolve(undefined) : ask());
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
    if (failed !== undefined) throw this.#death(failed);
  }

  #receive(channel: Channel, message: Message): void {
    if (channel === 'stdin') void this.#answer(message);
    else if (channel === 'iopub') {
      for (const listener of this.#listeners) this.#inform(listener, message);
      this.#requests.output(message);
    } else if (!this.#requests.reply(message)) this.#onStrayReply?.();
  }

  /** A listener that throws fails the request of its message, and nothing else. */
  #inform(listener: (message: Message) => void, message: Message): void {
    try {
      listener(message);
    } catch (error) {
      if (this.#requests.fail(message.parent.msg_id ?? '', error)) return;
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  }

  /** A question that cannot be answered ends its cell, and fails its request. */
  async #answer({ header, parent, content }: Message): Promise<void> {
    if (header.msg_type !== 'input_request') return;
    try {
      const value = await this.onQuestion?.(String(content['prompt']));
      if (value === undefined) return;
      this.#channels.send('stdin', {
        ...this.message('input_reply', { status: 'ok', value }),
        parent: header,
      });
    } catch (error) {
      this.#requests.spoil(parent.msg_id ?? '', error);
      this.interrupt().catch(() => {}); // the kernel may have ended
    }
  }

  #failAll(why: string): void {
    this.#requests.failAll(() => this.#death(why));
  }

  #death(why: string): KernelDied {
    const text = this.kernel.diagnostics.trim();
    return new KernelDied(text ? `${why}\n${text}` : why);
  }

  #close(): void {
    this.#channels.close();
    this.#failAll('the kernel has ended');
    this.kernel.connection.remove();
  }
}
