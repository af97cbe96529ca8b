// The programs of a stepper on the GPU: their buffers by name, and of each program its job, a block of
// numbers.
import type { WgslProgram } from '../../codegen/index.js';
import type { Dispatch, Gpu, GpuBuffer, GpuProgram, Words } from '../../runtime/index.js';

type Numbers = Readonly<Record<string, number>>;

interface Job {
  readonly text: WgslProgram;
  readonly program: GpuProgram;
  readonly block: GpuBuffer;
  readonly numbers: Numbers;
}

export class GpuPrograms {
  private constructor(
    readonly gpu: Gpu,
    readonly buffers: ReadonlyMap<string, GpuBuffer>,
    readonly jobs: readonly Job[],
  ) {}

  /**
   * @param parts programs in their order, each with its rows and numbers of its own
   * @param tables lie in one buffer, `tables`; the number of the job with the name of a table is where it
   * begins
   * @param arrays by name: the words, or how many
   */
  static async open(
    gpu: Gpu,
    parts: readonly { readonly text: WgslProgram; readonly rows: number; readonly own?: Numbers }[],
    tables: Readonly<Record<string, Int32Array | Float32Array>>,
    arrays: Readonly<Record<string, Words | number>>,
    numbers: Numbers,
  ): Promise<GpuPrograms> {
    const starts: Record<string, number> = {};
    const words = new Uint32Array(Object.values(tables).reduce((sum, { length }) => sum + length, 0));
    let top = 0;
    for (const [name, { buffer, byteOffset, length }] of Object.entries(tables)) {
      starts[name] = top;
      words.set(new Uint32Array(buffer, byteOffset, length), top);
      top += length;
    }
    const buffers = new Map<string, GpuBuffer>();
    for (const [name, source] of Object.entries({ tables: words, ...arrays }))
      buffers.set(name, await gpu.buffer(name, source));
    const jobs = await Promise.all(
      parts.map(
        async ({ text, rows, own }): Promise<Job> => ({
          text,
          program: await gpu.program(text),
          block: await gpu.buffer(`job of ${text.label}`, text.fields.length, 'uniform'),
          numbers: { ...numbers, ...starts, ...own, rows },
        }),
      ),
    );
    return new GpuPrograms(gpu, buffers, jobs);
  }

  /** Writes each job's numbers, and those of a run. */
  write(numbers: Numbers): void {
    for (const {
      text: { fields },
      block,
      numbers: own,
    } of this.jobs) {
      const all = { ...numbers, ...own };
      const words = new Uint32Array(fields.length);
      const floats = new Float32Array(words.buffer);
      fields.forEach(({ name, holds }, k) => ((holds === 'float' ? floats : words)[k] = all[name]));
      block.write(words);
    }
  }

  /** One of each program. @param named the buffer that stands for a name in a program */
  dispatches(named = (name: string): string => name): Dispatch[] {
    return this.jobs.map(({ text, program, block, numbers: { rows } }) => ({
      program,
      rows,
      buffers: [block, ...text.buffers.map((name) => this.buffers.get(named(name))!)],
    }));
  }

  /** Gives the memory on the device back. */
  dispose(): void {
    for (const buffer of [...this.buffers.values(), ...this.jobs.map(({ block }) => block)]) buffer.dispose();
  }
}
