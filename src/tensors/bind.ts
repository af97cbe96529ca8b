// The tensors of a tape's symbols, checked for consistent shapes.
import type { Tensor3D } from '#tfjs';
import { operations, type Expression, type Instruction, type Tape } from '../expressions/index.js';
import type { RowIndex } from './rows.js';

/** Rows of a tensor: all of them, or those that the index names. */
export interface Rows {
  readonly values: Tensor3D;
  readonly index: RowIndex | undefined;
}

/** By symbol: tensors, or rows of one by {@link rowsOf}. */
export type Inputs = ReadonlyMap<Expression, Tensor3D | Rows>;

export interface Binding {
  readonly rows: number;
  readonly components: number;
  readonly chains: number;
  /** In the order of the tape's inputs. */
  readonly inputs: readonly Rows[];
}

/** The rows `gather(values, index)` as an input of `evaluate`, which reads them without a copy. */
export const rowsOf = (values: Tensor3D, index: RowIndex): Rows => ({ values, index });

/** Finds the numbers of rows and chains, and checks every input that the tape uses. */
export function bind(tape: Tape, given: Inputs, components: number): Binding {
  const rowsOfAll = [...given.values()].map(asRows);
  const common = (axis: number): number =>
    rowsOfAll.map((input) => lengths(input)[axis]).find((length) => length !== 1) ?? 1;
  const inputs = tape.inputs.map((symbol) => {
    const input = given.get(symbol);
    if (!input) throw new ReferenceError(`evaluate: no tensor for the symbol "${symbol.name}"`);
    return asRows(input);
  });
  const binding = { rows: common(0), components, chains: common(2), inputs };
  for (const instruction of tape.instructions) check(instruction, tape, binding);
  return binding;
}

const asRows = (input: Tensor3D | Rows): Rows =>
  'values' in input ? input : { values: input, index: undefined };

const lengths = ({ values, index }: Rows): number[] =>
  index ? [index.targets.length, ...values.shape.slice(1)] : values.shape;

function check(
  { op, shape: kind, value }: Instruction,
  tape: Tape,
  { rows, components, chains, inputs }: Binding,
): void {
  if ((op === operations.component || op === operations.place) && value >= components) {
    throw new RangeError(`evaluate: component ${value} is beyond the field's ${components} components`);
  }
  if (op !== 'input') return;
  const [input, { name }] = [inputs[value], tape.inputs[value]];
  const { dtype, isDisposed } = input.values;
  if (isDisposed) throw new Error(`evaluate: the tensor of "${name}" is disposed`);
  if ((dtype as string) !== 'float32')
    throw new TypeError(`evaluate: "${name}" must be float32, got ${dtype}`);
  const shape = lengths(input);
  const width = kind === 'vector' ? components : 1;
  const fits =
    shape.length === 3 && [rows, width, chains].every((length, axis) => [1, length].includes(shape[axis]));
  if (!fits) {
    throw new RangeError(
      `evaluate: ${kind} "${name}" must be [${rows} or 1, ${width}, ${chains} or 1], got [${shape.join(', ')}]`,
    );
  }
  if (input.index && input.values.shape[0] !== input.index.size) {
    throw new RangeError(
      `evaluate: rows of "${name}" are of ${input.index.size} targets, got ${input.values.shape[0]}`,
    );
  }
}
