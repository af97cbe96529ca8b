// A tape of local expressions in the vector language, vectors unrolled over the components: the float32 twin of `compile` in the
// room of expressions.
import { all, type Expression, type Tape } from '../../expression/index.js';
import type { Code, Value } from './code.js';

/**
 * The outputs of the tape, component by component.
 *
 * @param read component k of an input symbol
 * @throws RangeError for a component beyond the last
 */
export function lower(
  code: Code, { inputs, instructions, outputs }: Tape, components: number, read: (symbol: Expression, k: number) => Value,
): Value[][] {
  const width = (at: number): number => (instructions[at].shape === 'vector' ? components : 1);
  const values: (readonly Value[])[] = [];
  instructions.forEach(({ op, args, value }, at) => values.push(
    op === 'input' ? Array.from({ length: width(at) }, (_, k) => read(inputs[value], k))
      : op === 'constant' ? [code.float(value)]
        : op.float32(args.map((arg) => values[arg]), components, value),
  ));
  return outputs.map((at) => all(values[at], width(at)));
}
