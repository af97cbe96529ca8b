// This worker's connection to its page, and channels, as in Node.
import { lab, notebook } from './places.js';

type Listener = (message: never) => void;
const own = globalThis as unknown as {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
};

/** As in Node, messages wait for the first listener. */
const waiting: unknown[] = [];
let heard: Listener | undefined;
own.addEventListener('message', ({ data }) => (heard ? heard(data as never) : void waiting.push(data)));

export const parentPort = {
  postMessage: (message: unknown): void => own.postMessage(message),
  on(_: 'message', listener: Listener): void {
    heard = listener;
    for (const message of waiting.splice(0)) listener(message as never);
  },
};

/** What the compiler's thread is started with. */
export const workerData = { compiler: 'typescript', folders: { root: lab, folder: notebook }, prelude: true };

export class MessageChannel {
  readonly port1: { on(_: 'message', listener: Listener): void };
  readonly port2: { postMessage(message: unknown): void };

  constructor() {
    const { port1, port2 } = new globalThis.MessageChannel();
    this.port1 = { on: (_, listener) => void (port1.onmessage = ({ data }) => listener(data as never)) };
    this.port2 = port2;
  }
}
