// One kernel at the table: started in a neutral project folder, cells run against a deadline, its processes
// weighed. A kernel that does not answer in time is a result, not a hang of the benchmark.
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { KernelClient } from '../../kernel/notebook/client.js';
import type { Json, Message } from '../../kernel/wire/message.js';
import { family } from '../../test/kernel/processes.js';
import type { Contender } from './contenders.js';

/** The longest that anything here may take, ms. */
const patience = 60_000;

/** How long a result may follow the end of its cell, ms. */
const lateResult = 5000;

export class TooLate extends Error {}

export interface CellRun {
  /** From sending the request to reply, idle and the expected result all in, ms. */
  readonly ms: number;
  readonly reply: Json;
  /** All that was printed to stdout or came as a result, without colours. */
  readonly text: string;
}

export class Seat {
  #cell = 0;

  private constructor(
    readonly contender: Contender,
    readonly client: KernelClient,
  ) {}

  static async take(contender: Contender, argv: readonly string[], folder: string): Promise<Seat> {
    const start = KernelClient.start({ argv, folder, transport: 'tcp', env: contender.env });
    return new Seat(contender, await within(patience, start, 'start'));
  }

  /** Runs a cell; with an expected text also waits for that, for some kernels send results after idle. */
  async run(
    code: string,
    { expect, deadline = patience }: { expect?: string; deadline?: number } = {},
  ): Promise<CellRun> {
    let text = '';
    let arrived = (): void => {};
    const stop = this.client.onIopub((message) => {
      text += printedIn(message) + resultIn(message);
      if (plain(text) === expect) arrived();
    });
    const result =
      expect === undefined ? Promise.resolve() : new Promise<void>((resolve) => (arrived = resolve));
    const began = performance.now();
    try {
      const { content } = await within(deadline, this.client.execute(code), 'cell');
      if (content['status'] === 'ok') await within(lateResult, result, 'result').catch(ignoreTooLate);
      return { ms: performance.now() - began, reply: content, text: plain(text) };
    } catch (error) {
      ignoreTooLate(error);
      return { ms: NaN, reply: { status: 'no reply' }, text: plain(text) };
    } finally {
      stop();
    }
  }

  /**
   * Calls back with every text that is printed to stdout, also after the cell's idle; returns how to stop.
   */
  onPrinted(listener: (text: string) => void): () => void {
    return this.client.onIopub((message) => listener(printedIn(message)));
  }

  /** A number that no earlier cell of this kernel has had, for names of variables. */
  next(): number {
    return this.#cell++;
  }

  async complete(code: string): Promise<{ ms: number; matches: string[] }> {
    const began = performance.now();
    const request = this.client.request('shell', 'complete_request', { code, cursor_pos: code.length });
    const { content } = await within(patience, request, 'completion');
    return { ms: performance.now() - began, matches: (content['matches'] as string[] | undefined) ?? [] };
  }

  /** As Jupyter does it: a message where the kernelspec says so, else SIGINT to the process group. */
  interrupt(): void {
    if (this.contender.interrupt === 'message') void this.client.interrupt().catch(() => {});
    else process.kill(-this.client.kernel.child.pid!, 'SIGINT');
  }

  get isAlive(): boolean {
    return !this.client.kernel.hasEnded;
  }

  /** Proportional memory of the kernel's processes, MB: a page shared by n of them counts 1/n for each. */
  memory(): number {
    const kilobytes = family(this.client.kernel.child.pid!).map((pid) =>
      Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]),
    );
    return kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
  }

  leave(): Promise<void> {
    return this.client.kill();
  }
}

function ignoreTooLate(error: unknown): void {
  if (!(error instanceof TooLate)) throw error;
}

const plain = (text: string): string => stripVTControlCharacters(text).trim();

function resultIn({ header, content }: Message): string {
  return header.msg_type === 'execute_result' ? String((content['data'] as Json)['text/plain']) : '';
}

function printedIn({ header, content }: Pick<Message, 'header' | 'content'>): string {
  return header.msg_type === 'stream' && content['name'] === 'stdout' ? String(content['text']) : '';
}

async function within<T>(ms: number, work: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(`${what}: no answer within ${ms / 1000} s`)), ms);
  });
  work.catch(() => {}); // it may fail after it was given up
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
