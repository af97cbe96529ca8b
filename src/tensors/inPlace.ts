// Generated code that works on tensors without a copy: the program imports the memory of tfjs's wasm backend,
// reads the field from its tensor and writes to a new one. Its tables and its job are put into the same
// memory at first use.
import type { KernelBackend, Tensor, Tensor3D } from '#tfjs';
import type { WasmProgram } from '../codegen/index.js';
import { runHere, type Phase, type WebAssembly } from '../runtime/index.js';
import { moduleOf } from './generated.js';
import { implement, run } from './operation.js';
import { discard, resident, type Table } from './resident.js';
import { tf } from './tf.js';
import { address, type WasmBackend } from './wasm.js';

export interface Work {
  readonly program: WasmProgram;
  readonly phases: readonly Phase[];
  /** The fields of the job with the addresses of the field and of the result. */
  readonly input: string;
  readonly output: string;
  /** The other buffers and numbers, by their fields of the job. */
  readonly tables: Readonly<Record<string, Table>>;
  readonly words: Readonly<Record<string, number>>;
  readonly floats: Readonly<Record<string, number>>;
  /** Bytes that the program may read beyond the end of the field and of a table. */
  readonly overrun: number;
}

/** A backend, the address of the job there, and the end of the last table. */
type Home = Readonly<{ backend: KernelBackend; job: number; end: number }>;

export class InPlace {
  readonly #module: WebAssembly.Module;
  readonly #job: Int32Array;
  #home: Home | undefined;

  constructor(readonly work: Work) {
    this.#module = moduleOf(work.program);
    this.#job = new Int32Array(2 * work.program.fields.length);
  }

  /** Whether all that the program reads lies inside the memory. Call `run` only if this is true. */
  reaches(values: Tensor3D): boolean {
    const backend = tf.backend() as WasmBackend;
    const end = Math.max(this.#at(backend).end, address(backend, values) + 4 * values.size);
    return end + this.work.overrun <= backend.wasm.asm.memory.buffer.byteLength;
  }

  /** The result as a new tensor. */
  run<Result extends Tensor>(values: Tensor3D, shape: readonly number[]): Result {
    return run('inPlace', values, shape, { code: this });
  }

  /** Runs the program on these addresses. */
  fill(backend: WasmBackend, input: number, output: number): void {
    const { job } = this.#at(backend);
    const { memory } = backend.wasm.asm;
    const words = new Uint32Array(memory.buffer, job, this.#job.length); // each time, since the memory may have grown
    this.#put(words, this.work.input, input);
    this.#put(words, this.work.output, output);
    runHere({ module: this.#module, memory, job, steps: 1, phases: this.work.phases });
  }

  #at(backend: WasmBackend): Home {
    if (this.#home?.backend !== backend) this.#home = this.#settle(backend);
    return this.#home;
  }

  #settle(backend: WasmBackend): Home {
    const { tables, words, floats } = this.work;
    let end = 0;
    const place = (table: Table): number => {
      const at = address(backend, resident(backend, table));
      end = Math.max(end, at + table.byteLength);
      return at;
    };
    for (const [field, table] of Object.entries(tables))
      this.#put(this.#job, field, table.length > 0 ? place(table) : 0);
    for (const [field, value] of Object.entries(words)) this.#put(this.#job, field, value);
    for (const [field, value] of Object.entries(floats))
      this.#put(this.#job, field, new Int32Array(Float32Array.of(value).buffer)[0]);
    return { backend, job: place(this.#job), end };
  }

  /** A field of the job has eight bytes: its value in even and in odd steps. */
  #put(job: Int32Array | Uint32Array, field: string, value: number): void {
    const slot = this.work.program.fields.indexOf(field);
    if (slot >= 0) job.fill(value, 2 * slot, 2 * slot + 2);
  }

  /** Frees its tables on the backend, except those in `shared`; it stays usable. */
  dispose(shared: ReadonlySet<Table> = new Set()): void {
    const { backend } = this.#home ?? {};
    this.#home = undefined;
    if (!backend) return;
    for (const table of [...Object.values(this.work.tables), this.#job])
      if (!shared.has(table)) discard(backend, table);
  }
}

implement<WasmBackend, { code: InPlace }>('wasm', 'inPlace', (backend, { code, to }, input) => {
  const out = backend.makeOutput(to, 'float32');
  code.fill(backend, address(backend, input), address(backend, out));
  return out;
});
