// Requests that are under way. A request is over after its reply and its `idle`, in any order of the two
// channels: then every output has come.
import type { Message } from '../wire/message.js';

interface Waiting {
  reply?: Message;
  idle: boolean;
  /** The error with which it fails when it is over. */
  fault?: unknown;
  onOutput: ((message: Message) => void) | undefined;
  resolve(reply: Message): void;
  reject(error: unknown): void;
}

export class OpenRequests {
  readonly #waiting = new Map<string, Waiting>();
  readonly #settled: (() => void)[] = [];

  get count(): number {
    return this.#waiting.size;
  }

  /** Resolves with the reply to the request of this id. */
  wait(id: string, onOutput?: (message: Message) => void): Promise<Message> {
    return new Promise((resolve, reject) =>
      this.#waiting.set(id, { idle: false, onOutput, resolve, reject }),
    );
  }

  /** Handles a reply; false when it answers no open request. */
  reply(message: Message): boolean {
    const waiting = this.#of(message);
    if (!waiting) return false;
    waiting.reply = message;
    this.#settleWhenComplete(waiting);
    return true;
  }

  /** Handles an iopub message. */
  output(message: Message): void {
    const waiting = this.#of(message);
    if (!waiting) return;
    try {
      waiting.onOutput?.(message);
    } catch (error) {
      this.fail(message.parent.msg_id!, error);
      return;
    }
    waiting.idle ||= message.header.msg_type === 'status' && message.content['execution_state'] === 'idle';
    this.#settleWhenComplete(waiting);
  }

  /** False when no request of this id is under way. */
  fail(id: string, error: unknown): boolean {
    return this.#settle(id, ({ reject }) => reject(error));
  }

  /** Makes the request fail when it is over. */
  spoil(id: string, error: unknown): void {
    const waiting = this.#waiting.get(id);
    if (waiting) waiting.fault = error;
  }

  failAll(error: () => Error): void {
    for (const id of this.#waiting.keys()) this.fail(id, error());
  }

  /** Resolves when none is under way. */
  async settled(): Promise<void> {
    if (this.#waiting.size > 0) await new Promise<void>((resolve) => this.#settled.push(resolve));
  }

  #of({ parent }: Message): Waiting | undefined {
    return this.#waiting.get(parent.msg_id ?? '');
  }

  #settleWhenComplete({ reply, idle, fault, resolve, reject }: Waiting): void {
    if (reply && idle)
      this.#settle(reply.parent.msg_id!, () => (fault === undefined ? resolve(reply) : reject(fault)));
  }

  #settle(id: string, how: (waiting: Waiting) => void): boolean {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting) how(waiting);
    if (this.#waiting.size === 0) for (const resolve of this.#settled.splice(0)) resolve();
    return waiting !== undefined;
  }
}
