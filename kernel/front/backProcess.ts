// One back process, seen from the front: requests through the pipe, its own prints, how it ended.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { serialize } from 'node:v8';
import { checksOnDemand } from '../back/asyncHooks.js';
import { hasGroups, killGroup } from '../back/children.js';
import { FrameReader, lengthOf } from '../back/frames.js';
import type { Answer, FromBack, Output, ReplyOf, RequestName, RequestOf, ToBack } from '../back/protocol.js';
import type { Folders } from '../compiler/cellCompiler.js';

export interface BackEvents {
  output(context: string, output: Output): void;
  /** Printed without the kernel's knowledge: by native code, a child process, Node itself. */
  printed(name: 'stdout' | 'stderr', text: string): void;
  /** User code waits for an answer. */
  question(context: string, number: number, question: string): void;
  ended(how: Ending): void;
}

export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** User code has written into the pipe of the kernel. */
  isGarbled: boolean;
}

/** The back has ended before it answered. */
export class BackEnded extends Error {
  override readonly name = 'BackEnded';
}

/** A request without a reply yet. */
export interface Waiting {
  resolve(reply: unknown): void;
  reject(error: Error): void;
}

/** How long an ended process's last messages may take to arrive, ms. */
const lastMessages = 500;

/** No warnings about the back's own code: ES modules loaded by require. */
const flags = ['--disable-warning=ExperimentalWarning', checksOnDemand].filter((flag) =>
  process.allowedNodeEnvironmentFlags.has(flag),
);

export class BackProcess {
  readonly #child: ChildProcess;
  readonly #pipe: Duplex;
  readonly #waiting = new Map<number, Waiting>();
  readonly #stopListeners: (() => void)[] = [];
  #count = 0;
  #isGarbled = false;
  /** Whether the process was ever ready for user code; one that never was is not restarted at once. */
  hasBeenReady = false;

  constructor(
    { root, folder }: Folders,
    readonly events: BackEvents,
  ) {
    const main = fileURLToPath(new URL('../back/main.js', import.meta.url));
    this.#child = spawn(process.execPath, [...flags, main, root], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      detached: hasGroups, // leads its own process group: see back/children.ts
    });
    this.#pipe = this.#child.stdio[3] as Duplex;
    const reader = new FrameReader();
    this.#pipe.on('data', (chunk: Buffer) => {
      if (this.#isGarbled) return;
      try {
        for (const message of reader.push(chunk)) this.#receive(message as FromBack);
      } catch {
        this.#isGarbled = true;
        void this.kill();
      }
    });
    this.#pipe.on('error', () => {});
    for (const name of ['stdout', 'stderr'] as const) {
      this.#child[name]!.setEncoding('utf8').on('data', (text: string) => events.printed(name, text));
    }
    const piped = new Promise((resolve) => this.#pipe.once('close', resolve));
    const ended = (code: number | null, signal: NodeJS.Signals | null): void => {
      this.#endChildren();
      void Promise.race([piped, new Promise((resolve) => setTimeout(resolve, lastMessages))]).then(() => {
        for (const { reject } of this.#waiting.values()) reject(new BackEnded('the back has ended'));
        this.#waiting.clear();
        this.#stopped();
        events.ended({ code, signal, isGarbled: this.#isGarbled });
      });
    };
    this.#child.once('exit', ended);
    this.#child.once('error', (error) => {
      if (this.#child.pid !== undefined) return;
      events.printed('stderr', `${error.message}\n`);
      this.#pipe.destroy();
      ended(1, null);
    });
  }

  ask<N extends RequestName>(op: N, request: RequestOf<N>): Promise<ReplyOf<N>> {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
      this.#send({ op, id, request } as ToBack);
    });
  }

  answer(answer: Answer): void {
    this.#send({ op: 'answer', answer });
  }

  /** Resolves when user code has stopped. */
  interrupt(): Promise<void> {
    const stopped = new Promise<void>((resolve) => this.#stopListeners.push(resolve));
    this.#send({ op: 'interrupt' });
    return stopped;
  }

  /** Resolves when the process has gone; what it still prints is dropped. */
  async discard(): Promise<void> {
    for (const name of ['stdout', 'stderr'] as const) this.#child[name]!.removeAllListeners('data').resume();
    await this.kill();
  }

  /** Resolves when the process has gone. */
  async kill(): Promise<void> {
    const { exitCode, signalCode } = this.#child;
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    if (exitCode !== null || signalCode !== null) return;
    this.#endChildren(); // and the process with them
    if (this.#child.kill('SIGKILL')) await gone;
  }

  #endChildren(): void {
    if (hasGroups && this.#child.pid !== undefined) killGroup(this.#child.pid);
  }

  #send(message: ToBack): void {
    const body = serialize(message);
    this.#pipe.write(lengthOf(body));
    this.#pipe.write(body);
  }

  #receive(message: FromBack): void {
    switch (message.op) {
      case 'ready':
        this.hasBeenReady = true;
        return;
      case 'stopped':
        return this.#stopped();
      case 'question':
        return this.events.question(message.context, message.number, message.question);
      case 'output':
        return this.events.output(message.context, message);
      case 'reply':
      case 'failure': {
        const waiting = this.#waiting.get(message.id); // an interrupt may have answered already
        this.#waiting.delete(message.id);
        if (message.op === 'reply') waiting?.resolve(message.reply);
        else waiting?.reject(new Error(message.message));
      }
    }
  }

  #stopped(): void {
    for (const resolve of this.#stopListeners.splice(0)) resolve();
  }
}
