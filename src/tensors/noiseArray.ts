// Noise by generated WebAssembly in a memory of its own, for backends whose tensors lie elsewhere.
import { noiseProgram, type Law } from '../codegen/index.js';
import { WebAssembly } from '../runtime/index.js';
import { call } from './generated.js';
import { counterValues, type NoiseAttributes } from './noise.js';

const PAGE = 65536;
/** Where the numbers begin; the job lies before. */
const START = 1024;
let memory: WebAssembly.Memory | undefined;

/** As a new array. */
export function noiseArray(law: Law, attributes: NoiseAttributes): Float32Array {
  const { nodes, lanes } = attributes;
  memory ??= new WebAssembly.Memory({ initial: 1 });
  const pages = Math.ceil((START + 4 * nodes * lanes - memory.buffer.byteLength) / PAGE);
  if (pages > 0) memory.grow(pages);
  const place = { memory, words: new Int32Array(memory.buffer), job: 0 };
  if (nodes * lanes > 0) call(noiseProgram[law](lanes), place, [START, ...counterValues(attributes)], nodes);
  return new Float32Array(memory.buffer, START, nodes * lanes).slice();
}
