// A tape as operations of tfjs, one after another; intermediate tensors are freed after their last use.
import type { Tensor3D } from '@tensorflow/tfjs';
import type { Tape, Tensors } from '../expression/index.js';
import { broadcast, type Shape3D } from './axes.js';
import type { Binding } from './bind.js';
import { constantTensors, lastUses } from './plan.js';
import { gather } from './rows.js';
import { tf } from './tf.js';

export function evaluateByOperations(tape: Tape, { rows, components, chains, inputs }: Binding): Tensor3D[] {
  const { instructions, outputs } = tape;
  const constants = constantTensors(tape);
  const lastUse = lastUses(tape);
  const on: Tensors = {
    tf, components, alike,
    // tfjs on wasm cannot add up the components of no rows
    sum: (x) => (x.shape[1] !== components ? tf.mul(x, tf.scalar(components)) : x.size > 0 ? tf.sum(x, 1, true) : first(x)),
    most: (x) => (x.size > 0 ? tf.max(x, 1, true) : first(x)),
  };
  return tf.tidy(() => {
    const values: Tensor3D[] = [];
    instructions.forEach(({ op, args, value }, at) => {
      if (op === 'input') {
        const { values: tensor, index } = inputs[value];
        values.push(index ? gather(tensor, index) : tensor.clone());
      } else if (op === 'constant') {
        values.push(constants[at]!.clone());
      } else {
        values.push(tf.tidy(() => op.tensors(on, args.map((arg) => values[arg]), value)));
      }
      for (const arg of new Set(args)) if (lastUse[arg] === at) values[arg].dispose();
    });
    return outputs.map((at) => {
      const width = instructions[at].shape === 'vector' ? components : 1;
      return broadcast(values[at], [rows, width, chains]);
    });
  });
}

/** The first component. */
const first = (x: Tensor3D): Tensor3D => tf.slice(x, [0, 0, 0], [-1, 1, -1]);

/** Both in their common shape. */
function alike(x: Tensor3D, y: Tensor3D): [Tensor3D, Tensor3D] {
  const shape = x.shape.map((length, axis) => (length === 1 ? y.shape[axis] : length)) as unknown as Shape3D;
  return [broadcast(x, shape), broadcast(y, shape)];
}
