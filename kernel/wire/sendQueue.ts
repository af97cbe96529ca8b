// An ordered queue before a ZeroMQ socket. zeromq.js accepts one send at a time and drops what comes
// while it is busy, so each send waits for the one before; printed text that waits is merged.
import type { Message } from './message.js';

export class SendQueue {
  readonly #waiting: Message[] = [];
  #draining: Promise<void> | undefined;

  constructor(readonly send: (message: Message) => Promise<void>) {}

  push(message: Message): void {
    const last = this.#waiting.at(-1);
    if (!last || !sameStream(last, message)) this.#waiting.push(message);
    else last.content = { ...last.content, text: `${last.content['text']}${message.content['text']}` };
    this.#draining ??= this.#drain();
  }

  /** Resolves when everything pushed so far is with ZeroMQ. */
  async flush(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    await new Promise(setImmediate); // what this turn of the event loop prints goes out together
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) await this.send(next);
    this.#draining = undefined;
  }
}

function sameStream(a: Message, b: Message): boolean {
  return (
    a.header.msg_type === 'stream' &&
    b.header.msg_type === 'stream' &&
    a.content['name'] === b.content['name'] &&
    a.parent.msg_id === b.parent.msg_id
  );
}
