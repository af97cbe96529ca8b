// A peer in a process of its own, which stays: a line in, a line out.
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';

export class PeerProcess {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  #errors = '';

  constructor(
    readonly command: string,
    args: readonly string[],
  ) {
    this.#process = spawn(command, args);
    this.#process.on('error', (error) => (this.#errors += error.message));
    this.#process.stderr.on('data', (text: Buffer) => (this.#errors += text.toString()));
    this.#process.stdin.on('error', () => {}); // it ended: the answer says so
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
  }

  /** @throws Error with what the process wrote to its standard error, when it ends instead of answering */
  async answer(): Promise<string> {
    const { value, done } = (await this.#lines.next()) as IteratorResult<string, undefined>;
    if (done) throw new Error(`${this.command}: ${this.#errors.trim() || 'ended without an answer'}`);
    return value!;
  }

  ask(line: string): Promise<string> {
    this.#process.stdin.write(`${line}\n`);
    return this.answer();
  }

  close(): void {
    this.#process.stdin.end();
  }
}
