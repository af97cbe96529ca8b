// The engine's WebAssembly program (assembly/tensors.ts), instantiated on a memory that it is given.
import { readFileSync } from 'node:fs';

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
}
type Fill = (
  out: number, nodes: number, lanes: number, stepLow: number, purposeAndStepHigh: number, seed: number, stream: number,
) => void;

export interface Memory {
  readonly buffer: ArrayBufferLike;
}

/** The part of the WebAssembly interface used here: TypeScript declares it among the browser's types only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: { env: { memory: Memory } }) => { readonly exports: unknown };
};

let compiled: object | undefined;

export function instantiate(memory: Memory): Program {
  compiled ??= new WebAssembly.Module(readFileSync(new URL('./tensors.wasm', import.meta.url)));
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as Program;
}
