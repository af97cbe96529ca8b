// What can be known of a tape before it runs, worked out once a tape.
import type { Tensor3D } from '@tensorflow/tfjs';
import type { Tape } from '../expression/index.js';
import { tf } from './tf.js';

const uses = new WeakMap<Tape, number[]>();

/** The instruction that uses each instruction's value last; those that are outputs are never done with. */
export function lastUses(tape: Tape): readonly number[] {
  let last = uses.get(tape);
  if (!last) {
    last = tape.instructions.map(() => -1);
    for (const [at, { args }] of tape.instructions.entries()) for (const arg of args) last[arg] = at;
    for (const at of tape.outputs) last[at] = Infinity;
    uses.set(tape, last);
  }
  return last;
}

const constants = new WeakMap<Tape, (Tensor3D | undefined)[]>();
const abandoned = new FinalizationRegistry<(Tensor3D | undefined)[]>((tensors) =>
  tensors.forEach((tensor) => tensor?.dispose()),
);

/** The constants as tensors [1, 1, 1] at their places on the tape, kept as long as the tape. */
export function constantTensors(tape: Tape): readonly (Tensor3D | undefined)[] {
  let tensors = constants.get(tape);
  if (!tensors) {
    tensors = tape.instructions.map(({ op, value }) =>
      op === 'constant' ? tf.keep(tf.tensor3d([value], [1, 1, 1])) : undefined,
    );
    constants.set(tape, tensors);
    abandoned.register(tape, tensors);
  }
  return tensors;
}
