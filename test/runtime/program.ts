// A program for the pool, in the lab's own vector language. Two rows of `size` numbers lie at `job` + 64 and
// after it; fields of the job say what an entry is to do: the size, the step and the place at which it
// returns or traps.
import { Code, type Buffer, type Value } from '../../src/codegen/language/code.js';
import type { Variable } from '../../src/codegen/language/value.js';
import { wasmFunction } from '../../src/codegen/wasm/wasmFunction.js';
import { wasmBytes } from '../../src/codegen/wasm/wasmModule.js';
import { type Run, WebAssembly } from '../../src/runtime/index.js';

/** In the order in which they stand in the job. */
const FIELDS = ['size', 'at', 'place', 'a', 'b', 'counts'];
const [A, B, COUNTS] = ['a', 'b', 'counts'].map((name): Buffer => ({ name, holds: 'word' }));

const mixed = (x: Value): Value => {
  const once = x.xor(x.shr(16)).mul(0x45d9f3b);
  const twice = once.xor(once.shr(16)).mul(0x45d9f3b);
  return twice.xor(twice.shr(16));
};

function spread(code: Code, from: Buffer, to: Buffer): void {
  const [size, step] = [code.argument('size'), code.argument('step')];
  code.loop('i', code.argument('begin'), code.argument('end'), 1, (i) => {
    const left = code.loadIndex(from, size.sub(1).where(i.eq(0), i.sub(1)));
    const right = code.loadIndex(from, code.index(0).where(i.add(1).eq(size), i.add(1)));
    code.store(
      to,
      i,
      mixed(code.loadIndex(from, i).add(left.mul(3)).add(right.mul(5)).add(step.mul(7)).add(i)).splat(),
      1,
    );
  });
}

const increase = (code: Code, at: number, by: Value): void =>
  code.store(COUNTS, code.index(at), code.loadIndex(COUNTS, code.index(at)).add(by).splat(), 1);

const ENTRIES: Record<string, (code: Code, result: Variable) => void> = {
  /** Row B from neighbours in row A, and back: each reads what other threads wrote in the phase before. */
  there: (code) => spread(code, A, B),
  back: (code) => spread(code, B, A),
  nothing: () => {},
  /** The place + 1 of the first place from `place` on in its part. */
  refuse(code, result) {
    const [place, begin] = [code.argument('place'), code.argument('begin')];
    const first = begin.where(place.lt(begin), place);
    code.if(
      code
        .argument('step')
        .eq(code.argument('at'))
        .and(first.lt(code.argument('end'))),
      () => code.set(result, first.add(1)),
    );
  },
  /** A whole number by zero, where the place is in its part. */
  trap(code, result) {
    const [place, step] = [code.argument('place'), code.argument('step')];
    const isHere = code
      .argument('begin')
      .le(place)
      .and(place.lt(code.argument('end')));
    code.if(step.eq(code.argument('at')).and(isHere), () =>
      code.set(result, code.get(result).div(place.sub(place))),
    );
  },
  /** Never ends from that step on. */
  hang(code) {
    const at = code.argument('at');
    code.if(at.le(code.argument('step')), () =>
      code.loop('i', code.index(0), code.index(1), at.sub(at), () => increase(code, 1, code.index(1))),
    );
  },
  /** Counts its calls, slowly. */
  count(code) {
    code.loop('i', code.index(0), code.index(200_000), 1, (i) => increase(code, 1, i));
    increase(code, 0, code.index(1));
  },
};

export function programBytes(isShared = true): Uint8Array {
  const entries = Object.entries(ENTRIES).map(([name, write]) => {
    const code = new Code();
    const result = code.variable('result', code.index(0));
    write(code, result);
    return { name, ...wasmFunction(code, result, FIELDS) };
  });
  return wasmBytes(entries, isShared);
}

/** Where the job lies, unless a test says otherwise. */
const JOB = 1024;

/** Fields of a job, each twice: for even and for odd steps. */
export function jobOf(
  { size, step, place }: { size: number; step: number; place: number },
  job = JOB,
): number[] {
  return [size, step, place, job + 64, job + 64 + 4 * size, job + 48].flatMap((value) => [value, value]);
}
/** How often `count` was called; and what it and `hang` add up. */
export const calls = ({ memory, job }: Run): number => new Uint32Array(memory.buffer, job)[12];
export const counted = ({ memory, job }: Run): number => new Uint32Array(memory.buffer, job)[13];

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

export const rows = (run: Run): Uint32Array =>
  new Uint32Array(run.memory.buffer, run.job + 64, 2 * run.phases[0].size);
export const words = (run: Run): Uint32Array => new Uint32Array(run.memory.buffer, run.job, 16);

/** A run of so many steps on memory of its own. */
export function runOf({
  size = 1000,
  step = 0,
  place = 0,
  entries = ['there', 'back'],
  steps = 100,
  grain = 4,
  isShared = true,
}: Job = {}): Run {
  const job = JOB;
  const initial = Math.ceil((job + 64 + 8 * size) / 65536);
  const memory = new WebAssembly.Memory({ initial, maximum: 65536, shared: isShared });
  const run = {
    module: program(isShared),
    memory,
    job,
    steps,
    phases: entries.map((entry) => ({ entry, size, grain })),
  };
  words(run).set(jobOf({ size, step, place }));
  rows(run).forEach((_, i, row) => (row[i] = i));
  return run;
}
