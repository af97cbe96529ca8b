// Requests that are under way. One is over when its reply is in and the kernel has said that it is idle again: by then
// every output has been seen, in whichever order the two channels brought them.
import type { Message } from '../wire/message.js';

interface Waiting {
  reply?: Message;
  idle: boolean;
  /** Why it fails in the end. */
  spoiled?: unknown;
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
    return new Promise((resolve, reject) => this.#waiting.set(id, { idle: false, onOutput, resolve, reject }));
  }

  /** A reply has come; false when it answers nothing that was asked. */
  reply(message: Message): boolean {
    const waiting = this.#of(message);
    if (!waiting) return false;
    waiting.reply = message;
    this.#settleWhenComplete(waiting);
    return true;
  }

  /** Something was published. */
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

  /** False when nothing of this id is under way. */
  fail(id: string, error: unknown): boolean {
    return this.#settle(id, ({ reject }) => reject(error));
  }

  /** It fails when it is over. */
  spoil(id: string, error: unknown): void {
    const waiting = this.#waiting.get(id);
    if (waiting) waiting.spoiled = error;
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

  #settleWhenComplete({ reply, idle, spoiled, resolve, reject }: Waiting): void {
    if (reply && idle) this.#settle(reply.parent.msg_id!, () => (spoiled === undefined ? resolve(reply) : reject(spoiled)));
  }

  #settle(id: string, how: (waiting: Waiting) => void): boolean {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting) how(waiting);
    if (this.#waiting.size === 0) for (const resolve of this.#settled.splice(0)) resolve();
    return waiting !== undefined;
  }
}
