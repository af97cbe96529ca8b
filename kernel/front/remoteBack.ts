// The back as the front's thread sees it: requests by message, interrupts through the inspector.
import { Session } from 'node:inspector';
import type { MessagePort } from 'node:worker_threads';
import type { Back, FromBack, Output, ReplyOf, RequestName, RequestOf, ToBack } from '../back/back.js';
import type { Phase } from '../back/phase.js';

interface Waiting {
  resolve(reply: unknown): void;
  reject(error: Error): void;
}

export interface RemoteBackParts {
  port: MessagePort;
  /** A port whose callback on the main thread does nothing: a late termination may hit it without harm. */
  decoy: MessagePort;
  phase: Phase;
  onOutput(output: Output): void;
  /** User code ends the process. */
  onExit(): void;
}

export class RemoteBack implements Back {
  readonly #port: MessagePort;
  readonly #decoy: MessagePort;
  readonly #phase: Phase;
  readonly #waiting = new Map<number, Waiting>();
  #interrupting: Promise<void> | undefined;
  #count = 0;

  constructor({ port, decoy, phase, onOutput, onExit }: RemoteBackParts) {
    this.#port = port;
    this.#decoy = decoy;
    this.#phase = phase;
    port.on('message', (message: FromBack) => {
      if (message.op === 'output') return onOutput(message.output);
      if (message.op === 'exiting') {
        for (const { reject } of this.#waiting.values())
          reject(new Error(`the kernel process ends (exit code ${message.code})`));
        this.#waiting.clear();
        return onExit();
      }
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.op === 'reply') waiting?.resolve(message.reply);
      else waiting?.reject(new Error(message.message));
    });
  }

  async ask<N extends RequestName>(op: N, request: RequestOf<N>): Promise<ReplyOf<N>> {
    await this.#interrupting; // nothing but the decoy may arrive while a termination is under way
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      this.#post({ op, id, request } as ToBack);
    });
  }

  async interrupt(): Promise<void> {
    if (this.#phase.interrupt() !== 'terminate') return;
    this.#interrupting ??= this.#terminate().finally(() => {
      this.#interrupting = undefined;
    });
    await this.#interrupting;
  }

  exit(): void {
    void this.interrupt().finally(() => this.#post({ op: 'exit' }));
  }

  async #terminate(): Promise<void> {
    const inspector = new Session();
    inspector.connectToMainThread();
    try {
      await new Promise<void>((resolve) => {
        inspector.post('Runtime.terminateExecution', () => resolve());
        this.#decoy.postMessage(null);
      });
    } finally {
      inspector.disconnect();
    }
    this.#post({ op: 'interrupted' });
  }

  #post(message: ToBack): void {
    this.#port.postMessage(message);
  }
}
