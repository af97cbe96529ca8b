// Reads and writes on the GPU: elements of buffers, and fields of the job. All tables share a buffer, since
// devices allow few: each table begins at a field of the job.
import type { Buffer, Type } from '../language/code.js';
import { bare, wordText } from './wgslValue.js';

const TABLES: Buffer = { name: 'tables', holds: 'word' };

export class WgslMemory {
  readonly fields: Buffer[] = [{ name: 'rows', holds: 'word' }];
  readonly #buffers = new Map<string, { buffer: Buffer; written: boolean }>();

  /** @param lanes invocations that take the place of the lanes of a vector */
  constructor(readonly lanes: number) {}

  get buffers(): { name: string; holds: Buffer['holds']; access: 'read' | 'write' }[] {
    return [...this.#buffers.values()].map(({ buffer: { name, holds }, written }) => ({
      name,
      holds,
      access: written ? 'write' : 'read',
    }));
  }

  /**
   * begin and end follow from the invocation, step has a block of its own; other arguments are fields of the
   * job.
   */
  argument(name: string, type: Type): string {
    if (name === 'begin') return this.lanes === 1 ? 'row' : name;
    if (name === 'end') return `(${this.lanes === 1 ? 'row' : 'begin'} + ${this.lanes}u)`;
    if (name === 'step') return 'now.step';
    if (!this.fields.some((field) => field.name === name))
      this.fields.push({ name, holds: type === 'float' ? 'float' : 'word' });
    return `job.${name}`;
  }

  /** The index of this invocation, among consecutive indices from `index` on. */
  laneOf(index: string): string {
    return this.lanes === 1 ? index : index === 'begin' ? 'row' : `${index} + lane`;
  }

  /** The index of part k of a row of `width` parts. */
  place(row: string, width: number, k: number): string {
    const start = width === 1 ? row : `${/^\w+$/.test(row) ? row : `(${row})`} * ${width}u`;
    return k === 0 ? start : `${start} + ${wordText(k)}`;
  }

  element(buffer: Buffer, index: string): string {
    if (!buffer.isTable) return this.#element(buffer, index, false);
    this.#buffers.set(TABLES.name, { buffer: TABLES, written: false });
    const word = `${TABLES.name}[${this.argument(buffer.name, 'word')} + ${bare(index)}]`;
    return buffer.holds === 'float' ? `bitcast<f32>(${word})` : word;
  }

  /** A store by the first `lanes` invocations of a group. */
  store(buffer: Buffer, index: string, value: string, lanes: number): string {
    const text = `${this.#element(buffer, index, true)} = ${bare(value)};`;
    return lanes < this.lanes ? `if (lane < ${lanes}u) { ${text} }` : text;
  }

  #element(buffer: Buffer, index: string, written: boolean): string {
    const known = this.#buffers.get(buffer.name);
    this.#buffers.set(buffer.name, { buffer, written: written || known?.written === true });
    return `${buffer.name}[${bare(index)}]`;
  }
}
