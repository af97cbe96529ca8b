// The first output of a tape of scalars in float64, four chains as two pairs. Only arithmetic has such a text: what is made of
// polynomials and of the bits of a float32, as e^x is, has none.
import { operations, type Expression, type Tape } from '../../expression/index.js';
import type { Code, Value } from './code.js';

const { abs, add, component, div, less, max, min, mul, neg, pow, sign, spread, sqrt, sub, sum } = operations;
const ARITHMETIC = new Set<unknown>(['input', 'constant', abs, add, component, div, less, max, min, mul, neg, sign, spread, sqrt, sub, sum]);

/** Whether the first output is made of sums, products, quotients, roots, whole and half powers, sizes and comparisons. */
export function isArithmetic({ instructions, outputs }: Tape): boolean {
  const isKnown = (at: number): boolean => {
    const { op, args, value } = instructions[at];
    return (ARITHMETIC.has(op) || (op === pow && Number.isInteger(2 * value))) && args.every(isKnown);
  };
  return isKnown(outputs[0]);
}

export function lower64(code: Code, { inputs, instructions, outputs }: Tape, read: (symbol: Expression) => Value): Value {
  const known = new Map<number, Value>();
  const make = (at: number): Value => {
    const { op, args, value } = instructions[at];
    if (op === 'input') return read(inputs[value]);
    return op === 'constant' ? code.double(value) : op.float32(args.map((arg) => [valueAt(arg)]), 1, value)[0];
  };
  const valueAt = (at: number): Value => {
    let value = known.get(at);
    if (!value) known.set(at, (value = make(at)));
    return value;
  };
  return valueAt(outputs[0]);
}
