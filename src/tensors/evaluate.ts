// Runs a tape of local expressions on tensors, all rows and chains at once: the float32 twin of `compile`.
// Vectors are [rows, components, chains], scalars [rows, 1, chains]; an axis along which all numbers are
// equal may have length 1. On wasm one pass of generated code does it. On other backends, and where tfjs
// records a gradient, tfjs runs the tape operation by operation.
import type { Tensor3D } from '#tfjs';
import type { Tape } from '../expressions/index.js';
import { bind, type Inputs } from './bind.js';
import { evaluateOnWasm } from './compiled.js';
import { evaluateByOperations } from './eager.js';
import { tf } from './tf.js';

/**
 * The outputs of the tape: vectors as [rows, components, chains], scalars as [rows, 1, chains].
 *
 * @param inputs the tensor of each symbol; `rowsOf(values, index)` stands for gathered rows
 * @param components length of every vector
 * @throws ReferenceError for a symbol without a tensor; TypeError for a tensor that is not float32;
 *         RangeError for a tensor of the wrong shape or a component beyond the last
 * @example evaluate(tape([x.squaredNorm()]), new Map([[x, tf.ones([5, 2, 3])]]), 2)[0]  // twos, [5, 1, 3]
 */
export function evaluate(tape: Tape, inputs: Inputs, components: number): Tensor3D[] {
  const binding = bind(tape, inputs, components);
  const isCompiled = tf.getBackend() === 'wasm' && !tf.engine().isTapeOn() && !isPlain && components <= 256; // it unrolls them
  return isCompiled ? evaluateOnWasm(tape, binding) : evaluateByOperations(tape, binding);
}

let isPlain = false;

/**
 * Runs `f` with its tapes as plain operations of tfjs, which share nothing with generated code but the
 * expressions.
 */
export function byOperations<T>(f: () => T): T {
  const before = isPlain;
  isPlain = true;
  try {
    return f();
  } finally {
    isPlain = before;
  }
}
