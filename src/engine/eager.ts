// A tape as operations of tfjs, one after another; intermediate tensors are freed after their last use.
import type { Tensor3D } from '@tensorflow/tfjs';
import type { Instruction, Tape } from '../expression/index.js';
import { broadcast, maxComponents, pickComponent, placeComponent, sumComponents, type Shape3D } from './axes.js';
import type { Binding } from './bind.js';
import { constantTensors, lastUses } from './plan.js';
import { power, type Multiplication } from '../expression/index.js';
import { gather } from './rows.js';
import { tf } from './tf.js';

export function evaluateByOperations(tape: Tape, { rows, components, chains, inputs }: Binding): Tensor3D[] {
  const { instructions, outputs } = tape;
  const constants = constantTensors(tape);
  const lastUse = lastUses(tape);
  return tf.tidy(() => {
    const values: Tensor3D[] = [];
    instructions.forEach((instruction, at) => {
      const { op, args, name } = instruction;
      if (op === 'input') {
        const { values: tensor, index } = inputs.get(name)!;
        values.push(index ? gather(tensor, index) : tensor.clone());
      } else if (op === 'constant') {
        values.push(constants[at]!.clone());
      } else {
        values.push(tf.tidy(() => apply(instruction, args.map((arg) => values[arg]), components)));
      }
      for (const arg of new Set(args)) if (lastUse[arg] === at) values[arg].dispose();
    });
    return outputs.map((at) => {
      const width = instructions[at].shape === 'vector' ? components : 1;
      return broadcast(values[at], [rows, width, chains]);
    });
  });
}

/** One instruction; the result is always a new tensor. */
function apply({ op, value }: Instruction, [x, y]: readonly Tensor3D[], components: number): Tensor3D {
  const full = (z: Tensor3D): Tensor3D => broadcast(z, [z.shape[0], components, z.shape[2]]);
  switch (op) {
    case 'add': return tf.add(x, y);
    case 'sub': return tf.sub(x, y);
    case 'mul': return tf.mul(x, y);
    case 'div': return tf.div(x, y);
    case 'max': return tf.maximum(...alike(x, y));
    case 'min': return tf.minimum(...alike(x, y));
    case 'less': return tf.step(tf.sub(y, x));
    case 'neg': return tf.neg(x);
    case 'pow': return power(x, value, MULTIPLICATION);
    case 'exp': return tf.exp(x);
    case 'log': return tf.log(x);
    case 'sqrt': return tf.sqrt(x);
    case 'sin': return tf.sin(x);
    case 'cos': return tf.cos(x);
    case 'tanh': return tf.tanh(x);
    case 'abs': return tf.abs(x);
    case 'sign': return tf.sign(x);
    case 'xlogx': return tf.mul(x, tf.log(tf.add(x, isZero(x))));
    case 'sum': return sumComponents(full(x));
    case 'logSumExp': {
      const top = maxComponents(full(x));
      return tf.add(top, tf.log(sumComponents(full(tf.exp(tf.sub(x, top))))));
    }
    case 'component': return x.shape[1] === 1 ? x.clone() : pickComponent(x, value);
    case 'place': return placeComponent(x, value, components);
    case 'spread': return x.clone(); // scalars broadcast
    case 'input': case 'constant': throw new Error(`apply: ${op} is bound, not computed`);
  }
}

const MULTIPLICATION: Multiplication<Tensor3D> = {
  mul: (x, y) => (x === y ? tf.square(x) : tf.mul(x, y)),
  reciprocal: (x) => tf.reciprocal(x),
  sqrt: (x) => tf.sqrt(x),
  power: (x, exponent) => tf.exp(tf.mul(tf.log(x), tf.scalar(exponent))),
};

/** 1 where x is 0, else 0. */
const isZero = (x: Tensor3D): Tensor3D => tf.sub(tf.scalar(1), tf.step(tf.abs(x)));

/** Both in their common shape: on wasm tfjs compares tensors of unlike shapes twenty times more slowly. */
function alike(x: Tensor3D, y: Tensor3D): [Tensor3D, Tensor3D] {
  const shape = x.shape.map((length, axis) => (length === 1 ? y.shape[axis] : length)) as unknown as Shape3D;
  return [broadcast(x, shape), broadcast(y, shape)];
}
