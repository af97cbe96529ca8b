// A Jupyter client in Node: starts a kernel process from a connection file and speaks to it over ZeroMQ,
// with the same messages as any other front end.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Dealer, Subscriber } from 'zeromq';
import { type OwnConnection, address, createConnection } from './connection.js';
import { BadMessage, type Json, type Message, decode, encode, headerFactory } from './message.js';
import { SendQueue } from './sendQueue.js';

export interface KernelOptions {
  /** The kernel's working folder: where cells import from. */
  folder?: string;
  env?: Readonly<Record<string, string | undefined>>;
  /** The command; `{connection_file}` in it is replaced. Default: this package's own kernel. */
  argv?: readonly string[];
  /** How long the kernel may take to answer at first, seconds. */
  startTimeout?: number;
}

export interface ExecuteRequest {
  silent?: boolean;
  store_history?: boolean;
  user_expressions?: Record<string, string>;
  stop_on_error?: boolean;
}

/** The kernel process ended (or never answered) while something was asked of it. */
export class KernelDied extends Error {
  override readonly name = 'KernelDied';
}

/**
 * The command of this package's kernel, as in its kernelspec. No warning that ES modules are loaded by
 * require; no check of Node's stack of async contexts, which a terminated callback (a loop in a timer)
 * leaves unbalanced, and which would abort the process.
 */
export function kernelCommand(): string[] {
  return [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    '--no-force-async-hooks-checks',
    fileURLToPath(new URL('./main.js', import.meta.url)),
    '{connection_file}',
  ];
}

interface Waiting {
  reply?: Message;
  idle: boolean;
  onOutput: ((message: Message) => void) | undefined;
  resolve(reply: Message): void;
  reject(error: Error): void;
}

/** How long a kernel may take to shut down by itself before it is killed, ms. */
const shutdownDeadline = 3000;

export class KernelClient {
  readonly process: ChildProcess;
  readonly connection: OwnConnection;
  readonly #header = headerFactory(undefined, 'emtd');
  readonly #sockets = {
    shell: new Dealer({ linger: 0, reconnectInterval: 20 }),
    control: new Dealer({ linger: 0, reconnectInterval: 20 }),
    iopub: new Subscriber({ linger: 0, reconnectInterval: 20, receiveHighWaterMark: 0 }),
  };
  readonly #queues = {
    shell: new SendQueue((message) => this.#deliver('shell', message)),
    control: new SendQueue((message) => this.#deliver('control', message)),
  };
  readonly #waiting = new Map<string, Waiting>();
  readonly #exited: Promise<void>;
  readonly #idlers: (() => void)[] = [];
  readonly #listeners = new Set<(message: Message) => void>();
  #probe: (() => void) | undefined;
  #diagnostics = '';
  #ended = false;

  private constructor(child: ChildProcess, connection: OwnConnection) {
    this.process = child;
    this.connection = connection;
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#diagnostics = (this.#diagnostics + text).slice(-4000);
    });
    this.#exited = new Promise((resolve) => {
      child.once('error', (error) => this.#end(`the kernel could not be started: ${error.message}`, resolve));
      child.once('exit', (code, signal) => this.#end(`the kernel process ended (${signal ?? `exit code ${code}`})`, resolve));
    });
  }

  /** Starts a kernel and waits until it answers on every channel. */
  static async start({ folder = process.cwd(), env, argv = kernelCommand(), startTimeout = 60 }: KernelOptions = {}): Promise<KernelClient> {
    const connection = await createConnection();
    const [command, ...rest] = argv.map((word) => (word === '{connection_file}' ? connection.file : word));
    const child = spawn(command!, rest, {
      cwd: folder,
      env: { ...process.env, ...env, JPY_PARENT_PID: String(process.pid) },
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: process.platform !== 'win32', // a Ctrl-C in the terminal is ours to turn into an interrupt
    });
    const client = new KernelClient(child, connection);
    try {
      await client.#connect(startTimeout * 1000);
      return client;
    } catch (error) {
      await client.kill();
      throw error;
    }
  }

  /** What the kernel process wrote to its own stderr lately. */
  get diagnostics(): string {
    return this.#diagnostics;
  }

  /** Every iopub message, also those without a request of ours. */
  onIopub(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Runs a cell; resolves with the reply once its `idle` is in too, so every output has been seen. */
  execute(code: string, onOutput?: (message: Message) => void, options: ExecuteRequest = {}): Promise<Message> {
    const content = {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
      ...options,
    };
    return this.request('shell', 'execute_request', content, onOutput);
  }

  /** Sends a request; resolves with its reply after its `idle`. */
  request(
    channel: 'shell' | 'control', type: string, content: Json = {}, onOutput?: (message: Message) => void,
  ): Promise<Message> {
    if (this.#ended) return Promise.reject(new KernelDied('the kernel has ended'));
    const message = this.message(type, content);
    return new Promise((resolve, reject) => {
      this.#waiting.set(message.header.msg_id, { idle: false, onOutput, resolve, reject });
      this.#queues[channel].push(message);
    });
  }

  message(type: string, content: Json): Message {
    return { identities: [], header: this.#header(type), parent: {}, metadata: {}, content, buffers: [] };
  }

  /** Sends frames as they are (tests of what a kernel drops). */
  async sendRaw(channel: 'shell' | 'control', frames: Uint8Array[]): Promise<void> {
    await this.#sockets[channel].send(frames as Buffer[]);
  }

  interrupt(): Promise<Message> {
    return this.request('control', 'interrupt_request');
  }

  /** Resolves when nothing that was asked is unanswered, or the kernel has ended. */
  async settled(): Promise<void> {
    if (this.#waiting.size === 0) return;
    await new Promise<void>((resolve) => this.#idlers.push(resolve));
  }

  /** Asks the kernel to end; kills it when it does not. */
  async shutdown(): Promise<void> {
    if (!this.#ended) {
      this.request('control', 'shutdown_request', { restart: false }).catch(() => {});
      const deadline = setTimeout(() => this.process.kill('SIGKILL'), shutdownDeadline);
      await this.#exited;
      clearTimeout(deadline);
    }
    this.#close();
  }

  /** Ends the kernel at once. */
  async kill(): Promise<void> {
    if (!this.#ended) this.process.kill('SIGKILL');
    await this.#exited;
    this.#close();
  }

  /** A subscription takes effect some time after the kernel binds: ask on shell until iopub speaks too. */
  #connect(timeout: number): Promise<void> {
    const { connection } = this.connection;
    for (const channel of ['shell', 'control', 'iopub'] as const) {
      this.#sockets[channel].connect(address(connection, channel));
    }
    this.#sockets.iopub.subscribe();
    void this.#receive('shell');
    void this.#receive('control');
    void this.#receiveIopub();
    return new Promise((resolve, reject) => {
      let heard = false;
      const stop = this.onIopub(() => (heard = true));
      const ask = (): void => this.#queues.shell.push(this.message('kernel_info_request', {}));
      const late = setTimeout(() => {
        reject(new KernelDied(`the kernel did not answer within ${timeout / 1000} s\n${this.#diagnostics}`));
      }, timeout);
      void this.#exited.then(() => reject(new KernelDied(`the kernel ended at its start\n${this.#diagnostics}`)));
      this.#probe = () => {
        if (!heard) return ask();
        clearTimeout(late);
        stop();
        this.#probe = undefined;
        resolve();
      };
      ask();
    });
  }

  async #deliver(channel: 'shell' | 'control', message: Message): Promise<void> {
    try {
      await this.#sockets[channel].send(encode(message, this.connection.connection.key) as Buffer[]);
    } catch (error) {
      this.#settle(message.header.msg_id, (waiting) => waiting.reject(new KernelDied(`not sent: ${String(error)}`)));
    }
  }

  async #receive(channel: 'shell' | 'control'): Promise<void> {
    for await (const frames of this.#sockets[channel]) {
      const reply = this.#read(frames);
      const id = reply?.parent.msg_id;
      const waiting = id === undefined ? undefined : this.#waiting.get(id);
      if (waiting && reply) {
        waiting.reply = reply;
        this.#complete(id!, waiting);
      } else {
        this.#probe?.();
      }
    }
  }

  async #receiveIopub(): Promise<void> {
    for await (const frames of this.#sockets.iopub) {
      const message = this.#read(frames);
      if (!message) continue;
      for (const listener of this.#listeners) listener(message);
      const id = message.parent.msg_id;
      const waiting = id === undefined ? undefined : this.#waiting.get(id);
      if (!waiting) continue;
      waiting.onOutput?.(message);
      if (message.header.msg_type === 'status' && message.content['execution_state'] === 'idle') {
        waiting.idle = true;
        this.#complete(id!, waiting);
      }
    }
  }

  #read(frames: readonly Uint8Array[]): Message | undefined {
    try {
      return decode(frames, this.connection.connection.key);
    } catch (error) {
      if (error instanceof BadMessage) return undefined;
      throw error;
    }
  }

  #complete(id: string, { reply, idle }: Waiting): void {
    if (reply && idle) this.#settle(id, (waiting) => waiting.resolve(reply));
  }

  #settle(id: string, how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting) how(waiting);
    if (this.#waiting.size === 0) for (const resolve of this.#idlers.splice(0)) resolve();
  }

  #end(why: string, resolve: () => void): void {
    this.#ended = true;
    const text = this.#diagnostics.trim();
    for (const id of this.#waiting.keys()) {
      this.#settle(id, (waiting) => waiting.reject(new KernelDied(text ? `${why}\n${text}` : why)));
    }
    resolve();
  }

  #close(): void {
    for (const socket of Object.values(this.#sockets)) socket.close();
    this.connection.remove();
  }
}
