// A tape as operations of tfjs, one after another. Intermediate tensors are freed after their last use.
import type { Tensor3D } from '#tfjs';
import type { Tape, Tensors } from '../expressions/index.js';
import { broadcast, type Shape3D } from './axes.js';
import type { Binding, Rows } from './bind.js';
import { gather } from './rows.js';
import { tf } from './tf.js';

export function evaluateByOperations(tape: Tape, { rows, components, chains, inputs }: Binding): Tensor3D[] {
  const { instructions, outputs } = tape;
  const { lastUse, constants } = planOf(tape);
  const on: Tensors = {
    tf,
    components,
    alike,
    // tfjs on wasm cannot add up the components of no rows
    sum: (x) =>
      x.shape[1] !== components
        ? tf.mul(x, tf.scalar(components))
        : x.size > 0
          ? tf.sum(x, 1, true)
          : first(x),
    most: (x) => (x.size > 0 ? tf.max(x, 1, true) : first(x)),
  };
  return tf.tidy(() => {
    const values: Tensor3D[] = [];
    instructions.forEach(({ op, args, value }, at) => {
      if (op === 'input') values.push(rowsAt(inputs[value]));
      else if (op === 'constant') values.push(constants[at]!.clone());
      else
        values.push(
          tf.tidy(() =>
            op.tensors(
              on,
              args.map((arg) => values[arg]),
              value,
            ),
          ),
        );
      for (const arg of new Set(args)) if (lastUse[arg] === at) values[arg].dispose();
    });
    return outputs.map((at) => {
      const width = instructions[at].shape === 'vector' ? components : 1;
      return broadcast(values[at], [rows, width, chains]);
    });
  });
}

const rowsAt = ({ values, index }: Rows): Tensor3D => (index ? gather(values, index) : values.clone());

/** The first component. */
const first = (x: Tensor3D): Tensor3D => tf.slice(x, [0, 0, 0], [-1, 1, -1]);

function alike(x: Tensor3D, y: Tensor3D): [Tensor3D, Tensor3D] {
  const shape = x.shape.map((length, axis) => (length === 1 ? y.shape[axis] : length)) as unknown as Shape3D;
  return [broadcast(x, shape), broadcast(y, shape)];
}

interface Plan {
  /** For each instruction the last one that uses its value; Infinity for outputs. */
  readonly lastUse: readonly number[];
  /** The constants as tensors [1, 1, 1], kept as long as the tape. */
  readonly constants: readonly (Tensor3D | undefined)[];
}

const plans = new WeakMap<Tape, Plan>();
const abandoned = new FinalizationRegistry<Plan['constants']>((tensors) =>
  tensors.forEach((tensor) => tensor?.dispose()),
);

function planOf(tape: Tape): Plan {
  const known = plans.get(tape);
  if (known) return known;
  const lastUse = tape.instructions.map(() => -1);
  tape.instructions.forEach(({ args }, at) => args.forEach((arg) => (lastUse[arg] = at)));
  for (const at of tape.outputs) lastUse[at] = Infinity;
  const constants = tape.instructions.map(({ op, value }) =>
    op === 'constant' ? tf.keep(tf.tensor3d([value], [1, 1, 1])) : undefined,
  );
  abandoned.register(tape, constants);
  plans.set(tape, { lastUse, constants });
  return { lastUse, constants };
}
