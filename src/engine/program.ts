// The engine's WebAssembly program (assembly/tensors.ts), instantiated on a memory that it is given.
import { readFileSync } from 'node:fs';
import { WebAssembly } from '../machine/index.js';
import type { NoiseAttributes } from './noise.js';

/** Addresses are byte offsets in the memory; sizes count floats. */
export interface Program {
  gatherRows(values: number, targets: number, out: number, count: number, width: number): void;
  scatterRows(rows: number, order: number, starts: number, out: number, count: number, width: number): void;
  totalRows(values: number, out: number, count: number, width: number): void;
  segmentSum(rows: number, targets: number, out: number, count: number, segments: number, width: number): void;
  sumComponents(values: number, out: number, rows: number, components: number, chains: number): void;
  maxComponents(values: number, out: number, rows: number, components: number, chains: number): void;
  pickComponent(values: number, out: number, rows: number, components: number, chains: number, k: number): void;
  placeComponent(values: number, out: number, rows: number, components: number, chains: number, k: number): void;
  broadcast(
    values: number, out: number, rows: number, components: number, chains: number,
    rowStep: number, componentStep: number, chainStep: number,
  ): void;
  normals: Fill;
  uniforms: Fill;
  runTape(
    code: number, body: number, end: number, inputs: number, outputs: number, registers: number,
    rows: number, chains: number,
  ): void;
}
/** Floats in a register of the tape's interpreter. */
export const BLOCK = 256;

type Fill = (
  out: number, nodes: number, lanes: number, stepLow: number, purposeAndStepHigh: number, seed: number, stream: number,
) => void;

let compiled: WebAssembly.Module | undefined;

export function instantiate(memory: WebAssembly.Memory): Program {
  compiled ??= new WebAssembly.Module(bytes());
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Program;
}

const PAGE = 65536;
let own: { memory: WebAssembly.Memory; program: Program } | undefined;

/** Normals or uniforms as a new array, for backends whose tensors lie outside WebAssembly memory. */
export function fillArray(law: 'normals' | 'uniforms', { key, nodes, lanes, ...draw }: NoiseAttributes): Float32Array {
  if (!own) {
    const memory = new WebAssembly.Memory({ initial: 1 });
    own = { memory, program: instantiate(memory) };
  }
  const { memory, program } = own;
  const pages = Math.ceil((nodes * lanes * Float32Array.BYTES_PER_ELEMENT - memory.buffer.byteLength) / PAGE);
  if (pages > 0) memory.grow(pages);
  program[law](0, nodes, lanes, draw.stepLow, draw.purposeAndStepHigh, key.seed, key.stream);
  return new Float32Array(memory.buffer, 0, nodes * lanes).slice();
}

function bytes(): Uint8Array {
  const file = new URL('./tensors.wasm', import.meta.url);
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Error(`engine: the build has no ${file.pathname}; npm run build makes it`, { cause });
  }
}
