// A tape of local expressions in the vector language, vectors unrolled over the components: in float32, the
// twin of `compile` in the room of expressions, and in float64, two chains of four at a time.
import { all, operations, type Expression, type Tape } from '../../expressions/index.js';
import type { Code, Value } from './code.js';

/**
 * The outputs of the tape, component by component.
 *
 * @param read component k of an input symbol
 * @throws RangeError for a component beyond the last
 */
export function lower(
  code: Code,
  { inputs, instructions, outputs }: Tape,
  components: number,
  read: (symbol: Expression, k: number) => Value,
  constant = (value: number): Value => code.float(value),
): Value[][] {
  const width = (at: number): number => (instructions[at].shape === 'vector' ? components : 1);
  const values: (readonly Value[])[] = [];
  instructions.forEach(({ op, args, value }, at) =>
    values.push(
      op === 'input'
        ? Array.from({ length: width(at) }, (_, k) => read(inputs[value], k))
        : op === 'constant'
          ? [constant(value)]
          : op.float32(
              args.map((arg) => values[arg]),
              components,
              value,
            ),
    ),
  );
  return outputs.map((at) => all(values[at], width(at)));
}

/**
 * The first output of a tape of scalars in float64. Only arithmetic has such a text: e^x, for one, uses the
 * bits of a float32.
 */
export const lower64 = (code: Code, tape: Tape, read: (symbol: Expression) => Value): Value =>
  lower(code, tape, 1, read, (value) => code.double(value))[0][0];

const { abs, add, component, div, less, max, min, mul, neg, pow, sign, spread, sqrt, sub, sum } = operations;
const ARITHMETIC = new Set<unknown>([
  'input',
  'constant',
  abs,
  add,
  component,
  div,
  less,
  max,
  min,
  mul,
  neg,
  sign,
  spread,
  sqrt,
  sub,
  sum,
]);

/**
 * Whether the first output is made of sums, products, quotients, roots, whole and half powers, |x| and
 * comparisons.
 */
export function isArithmetic({ instructions, outputs }: Tape): boolean {
  const isUsed = new Set([outputs[0]]);
  for (let at = outputs[0]; at >= 0; at--) {
    // arguments come before
    if (!isUsed.has(at)) continue;
    const { op, args, value } = instructions[at];
    if (!(ARITHMETIC.has(op) || (op === pow && Number.isInteger(2 * value)))) return false;
    for (const arg of args) isUsed.add(arg);
  }
  return true;
}
