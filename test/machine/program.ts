// A program for the pool, compiled by AssemblyScript. Two rows of `size` numbers lie at `job` + 64 and after it; the
// words at `job` say what an entry is to do: [0] size, [1] the step and [2] the place at which it returns or traps.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Run, WebAssembly } from '../../src/machine/index.js';

const source = `
  function value(row: u32, i: u32): u32 { return load<u32>(row + (i << 2)); }
  function mixed(x: u32): u32 { x = (x ^ (x >>> 16)) * 0x45d9f3b; x = (x ^ (x >>> 16)) * 0x45d9f3b; return x ^ (x >>> 16); }
  function spread(from: u32, to: u32, size: u32, step: u32, begin: u32, end: u32): void {
    for (let i = begin; i < end; i++) {
      const left = value(from, i == 0 ? size - 1 : i - 1), right = value(from, i + 1 == size ? 0 : i + 1);
      store<u32>(to + (i << 2), mixed(value(from, i) + 3 * left + 5 * right + 7 * step + i));
    }
  }
  /** Row B from neighbours in row A, and back: each reads what other threads wrote in the phase before. */
  export function there(job: u32, step: u32, begin: u32, end: u32): i32 {
    const size = load<u32>(job); spread(job + 64, job + 64 + 4 * size, size, step, begin, end); return 0;
  }
  export function back(job: u32, step: u32, begin: u32, end: u32): i32 {
    const size = load<u32>(job); spread(job + 64 + 4 * size, job + 64, size, step, begin, end); return 0;
  }
  export function nothing(job: u32, step: u32, begin: u32, end: u32): i32 { return 0; }
  /** The place + 1 of the first place from [2] on in its part. */
  export function refuse(job: u32, step: u32, begin: u32, end: u32): i32 {
    const first = max(begin, load<u32>(job, 8));
    return step == load<u32>(job, 4) && first < end ? first + 1 : 0;
  }
  export function trap(job: u32, step: u32, begin: u32, end: u32): i32 {
    const place = load<u32>(job, 8);
    if (step == load<u32>(job, 4) && begin <= place && place < end) unreachable();
    return 0;
  }
  /** Never ends from that step on. */
  export function hang(job: u32, step: u32, begin: u32, end: u32): i32 {
    if (step < load<u32>(job, 4)) return 0;
    for (let i: u32 = 0; i >= 0; i++) store<u32>(job + 16, i);
    return 0;
  }
  /** Counts its calls at [3], slowly. */
  export function count(job: u32, step: u32, begin: u32, end: u32): i32 {
    for (let i = 0; i < 200000; i++) store<u32>(job + 16, load<u32>(job + 16) + i);
    store<u32>(job + 12, load<u32>(job + 12) + 1);
    return 0;
  }
`;

function compile(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'emtd-machine-'));
  try {
    const [from, to] = ['program.ts', 'program.wasm'].map((name) => join(folder, name));
    writeFileSync(from, source);
    const compiler = join(dirname(createRequire(import.meta.url).resolve('assemblyscript/package.json')), 'bin', 'asc.js');
    execFileSync(process.execPath, [
      compiler, from, '--outFile', to, '-O1', '--importMemory', '--noExportMemory', '--runtime', 'stub', '--use', 'abort=',
      '--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536',
    ]);
    return readFileSync(to);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The same for memory that is not shared: the flag stands after the import's kind (2). */
function unshared(shared: Uint8Array): Uint8Array {
  const kind = Buffer.from(shared).indexOf('memory\x02\x03');
  const bytes = Uint8Array.from(shared);
  bytes[kind + 'memory'.length + 1] = 1;
  return bytes;
}

/** Processes that a test starts have the bytes from here. */
const programVariable = 'EMTD_TEST_PROGRAM';

export function programBytes(isShared = true): Uint8Array {
  const given = process.env[programVariable];
  const bytes = given ? Buffer.from(given, 'base64') : compile();
  process.env[programVariable] = Buffer.from(bytes).toString('base64');
  return isShared ? bytes : unshared(bytes);
}

const modules = new Map<boolean, WebAssembly.Module>();
export function program(isShared = true): WebAssembly.Module {
  let module = modules.get(isShared);
  if (!module) modules.set(isShared, (module = new WebAssembly.Module(programBytes(isShared))));
  return module;
}

export interface Job {
  readonly size?: number;
  /** When and where something happens. */
  readonly step?: number;
  readonly place?: number;
  readonly entries?: readonly string[];
  readonly steps?: number;
  readonly grain?: number;
  readonly isShared?: boolean;
}

export const rows = (run: Run): Uint32Array => new Uint32Array(run.memory.buffer, run.job + 64, 2 * run.phases[0].size);
export const words = (run: Run): Uint32Array => new Uint32Array(run.memory.buffer, run.job, 16);

/** A run of so many steps on memory of its own. */
export function runOf({
  size = 1000, step = 0, place = 0, entries = ['there', 'back'], steps = 100, grain = 4, isShared = true,
}: Job = {}): Run {
  const job = 1024;
  const initial = Math.ceil((job + 64 + 8 * size) / 65536);
  const memory = new WebAssembly.Memory({ initial, maximum: 65536, shared: isShared });
  const run = { module: program(isShared), memory, job, steps, phases: entries.map((entry) => ({ entry, size, grain })) };
  words(run).set([size, step, place]);
  rows(run).forEach((_, i, row) => (row[i] = i));
  return run;
}
