// The results of a sweep. In a folder: each process appends to a file of its own, a line per run,
//   {"checksum":"16 digits","key":...,"parameters":{...},"record":{...},"seconds":...,"at":...}
// where the checksum is the start of the SHA-256 of the rest of the line. The first line says by which node
// and on which machine. A line is there whole or is a fault: its run counts as missing. Lines of two
// processes never mix, and two results of one run are equal, so coordinators need no lock. A line begins with
// an end of line, in case the one before was cut (a full disk). Without a folder all stays in memory.
import { builtin, need } from '../files/node.js';
import { sha256Of } from '../numerics/sha256.js';
import { type Ending, fromJson, toJson } from './oneRun.js';
import type { Numbers, Parameters, Planned } from './plan.js';

/** A run that ended with an error. */
export interface FailedRun {
  readonly parameters: Parameters;
  readonly error: string;
}

interface Line {
  readonly key?: string;
  readonly parameters?: Parameters;
  readonly record?: Readonly<Record<string, number | string>>;
  readonly error?: string;
  /** Checksums of errors that count no more. */
  readonly retry?: readonly string[];
}

const chunk = 2 ** 20;
const recent = 300_000; // ms

export class Results {
  readonly #records = new Map<string, Numbers>();
  /** By key and checksum. */
  readonly #failures = new Map<string, Map<string, FailedRun>>();
  readonly #retried = new Set<string>();
  readonly #read = new Map<string, { offset: number; lines: number }>();
  readonly #faults = new Set<string>();
  /** Files that end inside a line. */
  readonly #torn = new Set<string>();
  #own: string | undefined;

  constructor(readonly folder?: string) {}

  record = (key: string): Numbers | undefined => this.#records.get(key);

  failure(key: string): FailedRun | undefined {
    if (this.#records.has(key)) return undefined;
    const all = [...(this.#failures.get(key) ?? [])];
    return all.find(([checksum]) => !this.#retried.has(checksum))?.[1];
  }

  has = (key: string): boolean => this.#records.has(key) || this.failure(key) !== undefined;

  /** How many runs have a result, of this and of earlier code. */
  get size(): number {
    return this.#records.size;
  }

  /** Lines that are torn or changed, and runs that gave two results. */
  get faults(): readonly string[] {
    return [
      ...this.#faults,
      ...[...this.#torn].map((file) => `${file}: its last line is torn, or is being written`),
    ];
  }

  /**
   * Makes the file of this process, if there is a folder.
   * @returns whether others have written into the folder in the last minutes
   */
  open(): boolean {
    if (this.folder === undefined) return false;
    const fs = need('sweep', 'node:fs');
    this.#write('');
    return fs.readdirSync(`${this.folder}/results`).some((name) => {
      const file = `${this.folder}/results/${name}`;
      return file !== this.#own && Date.now() - fs.statSync(file).mtimeMs < recent;
    });
  }

  /** @throws Error by the name of the file, if it cannot be written */
  add({ key, parameters }: Planned, ending: Exclude<Ending, { isAborted: true }>, seconds: number): void {
    const result = 'record' in ending ? { record: toJson(ending.record) } : ending;
    this.#append({ key, parameters, ...result, seconds, at: new Date().toISOString() });
  }

  /** Errors of these runs count no more: the runs are missing. */
  retry(keys: readonly string[]): void {
    const retry = keys.flatMap((key) => [...(this.#failures.get(key)?.keys() ?? [])]);
    if (retry.length > 0) this.#append({ retry });
  }

  #append(line: Line & Readonly<Record<string, unknown>>): void {
    const body = JSON.stringify(line).slice(1);
    const checksum = sha256Of(body).slice(0, 16);
    if (this.folder !== undefined) this.#write(`{"checksum":"${checksum}",${body}`);
    this.#take(line, checksum, 'memory');
  }

  #write(line: string): void {
    const [fs, os, process] = [
      need('sweep', 'node:fs'),
      need('sweep', 'node:os'),
      need('sweep', 'node:process'),
    ];
    try {
      if (this.#own === undefined) {
        const folder = `${this.folder}/results`;
        fs.mkdirSync(folder, { recursive: true });
        const { version: node, arch, platform, pid, env } = process;
        this.#own = `${folder}/${os.hostname()}-${pid}-${crypto.randomUUID().slice(0, 8)}.jsonl`;
        const cpu = os.cpus()[0]?.model;
        const job = env['SLURM_JOB_ID'];
        const head = { node, v8: process.versions.v8, platform, arch, cpu, host: os.hostname(), job };
        fs.appendFileSync(this.#own, `${JSON.stringify({ by: head })}\n`);
      }
      fs.appendFileSync(this.#own, `\n${line}\n`);
    } catch (cause) {
      throw new Error(`sweep: cannot write ${this.#own ?? this.folder}: ${(cause as Error).message}`, {
        cause,
      });
    }
  }

  #take(line: Line, checksum: string, where: string): void {
    for (const one of line.retry ?? []) this.#retried.add(one);
    const { key, parameters } = line;
    if (key === undefined || parameters === undefined) return;
    if (line.error !== undefined) {
      const ofKey = this.#failures.get(key) ?? new Map<string, FailedRun>();
      this.#failures.set(key, ofKey.set(checksum, { parameters, error: line.error }));
    }
    if (!line.record) return;
    const record = fromJson(line.record);
    const earlier = this.#records.get(key);
    if (!earlier) this.#records.set(key, record);
    else if (JSON.stringify(toJson(earlier)) !== JSON.stringify(toJson(record)))
      this.#faults.add(
        `${where}: the run ${JSON.stringify(parameters)} gave other numbers the second time; it must be a pure function of its parameters`,
      );
  }

  /** Reads what has been added to the folder, by this process or another. */
  refresh(): void {
    const fs = builtin('node:fs');
    const folder = `${this.folder}/results`;
    if (!fs || this.folder === undefined || !fs.existsSync(folder)) return;
    for (const name of fs.readdirSync(folder).sort()) {
      const file = `${folder}/${name}`;
      if (name.endsWith('.jsonl')) this.#readMore(file, fs.statSync(file).size);
    }
  }

  #readMore(file: string, size: number): void {
    const fs = need('sweep', 'node:fs');
    const place = this.#read.get(file) ?? { offset: 0, lines: 0 };
    this.#read.set(file, place);
    if (size <= place.offset) return;
    const handle = fs.openSync(file, 'r');
    try {
      let rest = new Uint8Array();
      for (let at = place.offset; at < size; ) {
        const bytes = new Uint8Array(rest.length + Math.min(chunk, size - at));
        bytes.set(rest);
        const count = fs.readSync(handle, bytes, rest.length, bytes.length - rest.length, at);
        if (count === 0) break;
        at += count;
        const all = bytes.subarray(0, rest.length + count);
        const end = all.lastIndexOf(10) + 1;
        rest = all.slice(end);
        place.offset += end;
        const texts = new TextDecoder().decode(all.subarray(0, end)).split('\n');
        texts.pop();
        for (const text of texts) this.#readLine(text, `${file}:${++place.lines}`);
      }
      if (rest.length > 0) this.#torn.add(file);
      else this.#torn.delete(file);
    } finally {
      fs.closeSync(handle);
    }
  }

  #readLine(text: string, where: string): void {
    if (text === '' || text.startsWith('{"by":')) return;
    const [, checksum, body] = /^[{]"checksum":"([0-9a-f]{16})",(.*)$/s.exec(text) ?? [];
    if (body === undefined || sha256Of(body).slice(0, 16) !== checksum)
      return void this.#faults.add(`${where}: torn or changed; a run whose result it was counts as missing`);
    this.#take(JSON.parse(`{${body}`) as Line, checksum, where);
  }
}
