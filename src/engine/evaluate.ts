// Runs a tape of local expressions on tensors, all rows and chains at once: the float32 twin of `compile`.
// Vectors are [rows, components, chains]; scalars [rows, 1, chains]; an axis that is the same all along may
// have length 1. Intermediate tensors are freed after their last use.
import type { Tensor3D } from '@tensorflow/tfjs';
import type { Instruction, Tape } from '../expression/index.js';
import { broadcast, maxComponents, pickComponent, placeComponent, sumComponents, type Shape3D } from './axes.js';
import { constantTensors, lastUses } from './plan.js';
import { power } from './power.js';
import { tf } from './tf.js';

/**
 * The outputs of the tape: vectors as [rows, components, chains], scalars as [rows, 1, chains].
 *
 * @param inputs the tensor of each symbol, by its name
 * @param components length of every vector
 * @throws ReferenceError for a symbol without a tensor; RangeError for a tensor of the wrong shape or a
 *         component beyond the last
 * @example evaluate(tape([x.squaredNorm()]), { x: tf.ones([5, 2, 3]) }, 2)[0]  // twos, [5, 1, 3]
 */
export function evaluate(tape: Tape, inputs: Readonly<Record<string, Tensor3D>>, components: number): Tensor3D[] {
  const { instructions, outputs } = tape;
  const [rows, chains] = extent(tape, inputs, components);
  const constants = constantTensors(tape);
  const lastUse = lastUses(tape);
  return tf.tidy(() => {
    const values: Tensor3D[] = [];
    instructions.forEach((instruction, at) => {
      const { op, args, name } = instruction;
      if (op === 'input') values.push(inputs[name]);
      else if (op === 'constant') values.push(constants[at]!);
      else values.push(tf.tidy(() => apply(instruction, args.map((arg) => values[arg]), components)));
      for (const arg of new Set(args)) {
        const made = instructions[arg].op !== 'input' && instructions[arg].op !== 'constant';
        if (made && lastUse[arg] === at) values[arg].dispose();
      }
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
    case 'pow': return power(x, value);
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

/** 1 where x is 0, else 0. */
const isZero = (x: Tensor3D): Tensor3D => tf.sub(1, tf.step(tf.abs(x)));

/** Both in their common shape: tfjs compares tensors of unlike shapes twenty times more slowly. */
function alike(x: Tensor3D, y: Tensor3D): [Tensor3D, Tensor3D] {
  const shape = x.shape.map((length, axis) => Math.max(length, y.shape[axis])) as unknown as Shape3D;
  return [broadcast(x, shape), broadcast(y, shape)];
}

/** Number of rows and chains, with every input checked against them. */
function extent(tape: Tape, inputs: Readonly<Record<string, Tensor3D>>, components: number): [number, number] {
  const used = tape.instructions.filter(({ op }) => op === 'input');
  for (const { name } of used) {
    if (!inputs[name]) throw new ReferenceError(`evaluate: no tensor for the symbol "${name}"`);
  }
  const all = Object.values(inputs);
  const longest = (axis: number): number => all.reduce((most, { shape }) => Math.max(most, shape[axis] ?? 1), 1);
  const [rows, chains] = [longest(0), longest(2)];
  for (const { name, shape: kind } of used) {
    const shape: readonly number[] = inputs[name].shape;
    const width = kind === 'vector' ? components : 1;
    const fits = [rows, width, chains].every((length, axis) => shape[axis] === length || shape[axis] === 1);
    if (shape.length === 3 && fits) continue;
    throw new RangeError(
      `evaluate: ${kind} "${name}" must be [${rows} or 1, ${width}, ${chains} or 1], got [${shape.join(', ')}]`,
    );
  }
  for (const { op, value } of tape.instructions) {
    if ((op === 'component' || op === 'place') && value >= components) {
      throw new RangeError(`component: index ${value} is beyond the field's ${components} components`);
    }
  }
  return [rows, chains];
}
