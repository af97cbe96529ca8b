// The main thread's end of the connection to the front: messages go through the courier at once, also during
// a synchronous loop; a loop that sends faster than the front receives waits here.
import { writeSync } from 'node:fs';
import {
  type MessagePort,
  MessageChannel,
  type TransferListItem,
  Worker,
  receiveMessageOnPort,
} from 'node:worker_threads';
import { pack } from './frames.js';
import type { Phase } from './cellPhase.js';
import type { Answer, FromBack, FromCourier } from './protocol.js';

export interface CourierData {
  port: MessagePort;
  /** A port whose callback on the main thread does nothing: a late termination may hit it without harm. */
  decoy: MessagePort;
  /** For answers to questions. */
  answers: MessagePort;
  phase: SharedArrayBuffer;
  words: SharedArrayBuffer;
}

/**
 * Bytes on their way to the front; the last probe that the main thread has answered; number of answers
 * received; 1 when the front has everything that an exiting process has sent; the last interrupt that the
 * main thread has noticed; number of modules that are being loaded before a cell imports them; the last
 * termination for which the main thread waits, and the last one that the courier has sent.
 */
export const words = {
  underWay: 0,
  probe: 1,
  answers: 2,
  flushed: 3,
  interrupted: 4,
  preloading: 5,
  awaited: 6,
  sent: 7,
} as const;

/** How many bytes may be under way before the sender waits. */
const mostUnderWay = 16 * 2 ** 20;
/** How long the main thread sleeps at a time while it waits, ms. */
const slice = 50;
/** How long an exiting process waits for its last messages to leave, ms. */
const flushDeadline = 2000;

export class Link {
  readonly #port: MessagePort;
  readonly words = new Int32Array(new SharedArrayBuffer(4 * Object.keys(words).length));
  readonly #answers: MessagePort;
  #questions = 0;

  constructor(phase: Phase, receive: (message: Exclude<FromCourier, { op: 'probe' }>) => void) {
    const [messages, decoys, answers] = Array.from({ length: 3 }, () => new MessageChannel());
    this.#port = messages.port1;
    this.#answers = answers.port1;
    decoys.port1.on('message', () => {});
    const ports = { port: messages.port2, decoy: decoys.port2, answers: answers.port2 };
    const workerData: CourierData = {
      ...ports,
      phase: phase.buffer,
      words: this.words.buffer as SharedArrayBuffer,
    };
    const transferList = Object.values(ports) as unknown as TransferListItem[];
    const courier = new Worker(new URL('./courier.js', import.meta.url), { workerData, transferList });
    courier.on('error', (error: Error) => {
      writeSync(2, `kernel: its thread for messages has failed: ${error.stack}\n`);
      process.kill(process.pid, 'SIGKILL'); // nobody can be reached any more
    });
    this.#port.on('message', (message: FromCourier) => {
      if (message.op === 'probe') return void Atomics.store(this.words, words.probe, message.number);
      if (message.op === 'interrupted') Atomics.store(this.words, words.interrupted, message.number);
      receive(message);
    });
    // The last step of every exit, after the listeners of user code.
    const ending = process as unknown as { reallyExit(code: number): never };
    const exit = ending.reallyExit;
    ending.reallyExit = (code) => {
      this.#port.postMessage('flush');
      Atomics.wait(this.words, words.flushed, 0, flushDeadline);
      return exit.call(process, code);
    };
  }

  /** Returns the message's size. */
  send(message: FromBack): number {
    const body = pack(message);
    const size = body.length;
    this.#port.postMessage(body, typeof body === 'string' ? [] : [body.buffer as ArrayBuffer]);
    let underWay = Atomics.add(this.words, words.underWay, size) + size;
    while (underWay > mostUnderWay) {
      Atomics.wait(this.words, words.underWay, underWay, slice);
      underWay = Atomics.load(this.words, words.underWay);
    }
    return size;
  }

  /** Modules are being loaded, which an interrupt must not stop half-way; the returned function ends that. */
  preloading(): () => void {
    Atomics.add(this.words, words.preloading, 1);
    return () => void Atomics.sub(this.words, words.preloading, 1);
  }

  /** Blocks until the user has answered. */
  ask(context: string, question: string): string {
    const number = ++this.#questions;
    this.send({ op: 'question', context, number, question });
    for (;;) {
      const received = Atomics.load(this.words, words.answers);
      for (let next = receiveMessageOnPort(this.#answers); next; next = receiveMessageOnPort(this.#answers)) {
        const answer = next.message as Answer;
        if (answer.number !== number) continue; // to a question whose cell was interrupted
        if ('refused' in answer) throw new Error(answer.refused);
        return answer.value;
      }
      Atomics.wait(this.words, words.answers, received, slice);
    }
  }
}
