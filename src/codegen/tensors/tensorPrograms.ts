// Programs of the operations on tensors. Each is a function on arrays in memory and serves all shapes of a
// class.
import type { Tape } from '../../expressions/index.js';
import type { Code } from '../language/code.js';
import { noiseCode, type Law } from '../passes/noiseRows.js';
import { tapeCode, type TapeShape } from './tapeCode.js';
import { gatherCode, scatterCode, segmentSumCode, totalCode, type Width } from './tensorRows.js';
import { programOf, type WasmProgram } from '../wasm/wasmProgram.js';

/** Rows of one, two or three floats have code of their own, and rows of whole vectors. */
export const widthClass = (width: number): Width =>
  width === 1 || width === 2 || width === 3 ? width : width % 16 === 0 ? 'by 16' : 'any';

/** A program for each class, made at first use. */
function memoised<Of extends string | number>(
  name: string,
  fields: readonly string[],
  code: (of: Of) => Code,
): (of: Of) => WasmProgram {
  const programs = new Map<Of, WasmProgram>();
  return (of) => {
    let program = programs.get(of);
    if (!program) programs.set(of, (program = programOf([name, of], fields, () => code(of))));
    return program;
  };
}

/** Over the rows of out. */
export const gatherProgram = memoised<Width>('gather', ['x', 'targets', 'out', 'width'], gatherCode);

/** Over the rows of out; rows of x in the order of their targets need no `order`. */
export const scatterProgram = memoised<Width>('scatter', ['x', 'starts', 'out', 'width', 'order'], (width) =>
  scatterCode(width, false),
);
export const sortedScatterProgram = memoised<Width>(
  'sorted scatter',
  ['x', 'starts', 'out', 'width'],
  (width) => scatterCode(width, true),
);

/** Over the rows of x. */
export const segmentSumProgram = memoised<'any'>(
  'segmentSum',
  ['x', 'targets', 'out', 'width', 'segments'],
  segmentSumCode,
);
export const totalProgram = memoised<Width>('total', ['x', 'out', 'width'], totalCode);

const NOISE = ['out', 'firstStep', 'purpose', 'seed', 'stream'];

/** Over rows of `lanes` numbers. */
export const noiseProgram: Record<Law, (lanes: number) => WasmProgram> = {
  normals: memoised<number>('normals', NOISE, (lanes) => noiseCode('normals', lanes)),
  uniforms: memoised<number>('uniforms', NOISE, (lanes) => noiseCode('uniforms', lanes)),
};

/**
 * Over the rows. Fields: chains; the inputs; the lists of the rows that indices name; the outputs. Equal
 * tapes share a program.
 */
export function tapeProgram(tape: Tape, shape: TapeShape): WasmProgram {
  const { inputs, instructions, outputs } = tape;
  const named = (name: string, of: readonly unknown[]): string[] => of.map((_, slot) => `${name}${slot}`);
  const fields = [
    'chains',
    ...named('input', inputs),
    ...named('names', inputs),
    ...named('output', outputs),
  ];
  return programOf(['tape', inputs.length, instructions, outputs, shape], fields, () =>
    tapeCode(tape, shape),
  );
}
