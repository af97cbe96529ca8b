// What programs on the GPU are told: tables in one buffer, and the numbers of a job.
import type { WgslProgram } from '../../codegen/index.js';

/** Arrays one after another, and where each begins. */
export function together(arrays: Readonly<Record<string, Int32Array | Float32Array>>): { words: Uint32Array; starts: Record<string, number> } {
  const starts: Record<string, number> = {};
  let length = 0;
  for (const [name, array] of Object.entries(arrays)) {
    starts[name] = length;
    length += array.length;
  }
  const words = new Uint32Array(length);
  for (const [name, { buffer, byteOffset, length: count }] of Object.entries(arrays)) words.set(new Uint32Array(buffer, byteOffset, count), starts[name]);
  return { words, starts };
}

/** The block of a job: its fields' numbers, as words or as floats. */
export function jobWords(fields: WgslProgram['fields'], numbers: Readonly<Record<string, number>>): Uint32Array {
  const words = new Uint32Array(fields.length);
  const floats = new Float32Array(words.buffer);
  fields.forEach(({ name, holds }, k) => ((holds === 'float' ? floats : words)[k] = numbers[name]));
  return words;
}
