// The back, seen from the session: a process that runs when it is needed. A fresh one replaces a process that
// dies or resists an interrupt.
import type { Answer, ReplyOf, RequestName, RequestOf } from '../back/protocol.js';
import type { Folders } from '../compiler/cellCompiler.js';
import type { CellError } from '../wire/content.js';
import { type BackEvents, BackProcess, type Ending } from './backProcess.js';
import { deathOf } from './death.js';

export interface BackParts extends Omit<BackEvents, 'ended'> {
  folders: Folders;
  log(line: string): void;
  /**
   * The process of user code has ended, and its variables are lost; `death`: how it ended, unless the kernel
   * ended it.
   */
  gone(death?: CellError): void;
}

/**
 * How long user code may resist an interrupt before its process is killed, ms: at first, and when asked
 * again.
 */
const patience = { first: 5000, again: 1000 };
/** Where Node's report of its own crash begins on stderr. */
const crashBegins =
  /\n?(?:<--- Last few GCs --->|FATAL ERROR: |\n#.*\n# Fatal error|----- Native stack trace -----)/;

export class Back {
  #process: BackProcess | undefined;
  #crash = '';
  #stuckTimer: NodeJS.Timeout | undefined;
  #interruptedAt: number | undefined;
  #resisted = false;
  #ending = false;
  /** How the last process ended. */
  death: CellError | undefined;

  constructor(readonly parts: BackParts) {
    this.#start();
  }

  /** @throws BackEnded when the process ends first; `death` tells how */
  ask<N extends RequestName>(op: N, request: RequestOf<N>): Promise<ReplyOf<N>> {
    return (this.#process ?? this.#start()).ask(op, request);
  }

  /** Stops user code; kills a process in which it does not stop. Resolves when no user code runs. */
  async interrupt(): Promise<void> {
    const process = this.#process;
    if (!process) return;
    const again = this.#interruptedAt !== undefined;
    this.#interruptedAt ??= performance.now();
    const since = performance.now() - this.#interruptedAt;
    const deadline = Math.max((again ? patience.again : patience.first) - since, 0);
    clearTimeout(this.#stuckTimer);
    this.#stuckTimer = setTimeout(() => {
      this.#resisted = true;
      void process.kill();
    }, deadline);
    await process.interrupt();
    clearTimeout(this.#stuckTimer);
    this.#interruptedAt = undefined;
  }

  answer(answer: Answer): void {
    this.#process?.answer(answer);
  }

  /** Replaces the process by a fresh one at once; resolves when the old one has ended. */
  async restart(): Promise<void> {
    const old = this.#process;
    this.#start();
    this.parts.gone();
    await old?.discard();
  }

  /** For good. */
  async end(): Promise<void> {
    this.#ending = true;
    clearTimeout(this.#stuckTimer);
    await this.#process?.kill();
  }

  #start(): BackProcess {
    this.#crash = '';
    this.#resisted = false;
    const { folders, output, printed, question } = this.parts;
    const isCurrent = (): boolean => this.#process === process; // messages of a replaced process may still be under way
    const process: BackProcess = new BackProcess(folders, {
      output: (...args) => isCurrent() && output(...args),
      question: (...args) => isCurrent() && question(...args),
      printed: (name, text) => {
        const own = name === 'stderr' ? this.#withoutCrash(text) : text;
        if (own) printed(name, own);
      },
      ended: (how) => this.#ended(process, how),
    });
    this.#process = process;
    return process;
  }

  /** Node's report of its own crash is not output of the cell: it goes to the log. */
  #withoutCrash(text: string): string {
    const from = this.#crash ? 0 : text.search(crashBegins);
    if (from < 0) return text;
    this.#crash += text.slice(from);
    return text.slice(0, from);
  }

  #ended(process: BackProcess, how: Ending): void {
    if (this.#ending || process !== this.#process) return;
    this.#process = undefined;
    this.death = deathOf(how, this.#crash, this.#resisted);
    if (this.#crash) this.parts.log(`user code's process crashed:\n${this.#crash}`);
    if (process.hasBeenReady) this.#start(); // else at the next request
    this.parts.gone(this.death);
  }
}
