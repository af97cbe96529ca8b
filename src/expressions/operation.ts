// What the engines know of an operation: one record each, see operations/. The float32 text is what
// WebAssembly and WGSL are made of. The float64 text and plain tfjs are its independent oracles and share
// nothing with it.
import type { Tensor3D } from '#tfjs';
import { apply, constant, Expression, isConstant, type Operand, type Shape } from './expression.js';
import type { Lanes } from './lanes.js';
import type { Print, Printed } from './printed.js';

/** The components of a vector, or one component if all are equal. */
export type Components<T> = readonly T[];

/** Tensors are [rows, components, chains]; an axis along which all numbers are equal may have length 1. */
export interface Tensors {
  readonly tf: typeof import('#tfjs');
  /** Length of every vector. */
  readonly components: number;
  /** Sum and maximum over the components, [rows, 1, chains]. */
  sum(x: Tensor3D): Tensor3D;
  most(x: Tensor3D): Tensor3D;
  /**
   * Both in their common shape: tfjs on wasm compares tensors of different shapes twenty times more slowly.
   */
  alike(x: Tensor3D, y: Tensor3D): [Tensor3D, Tensor3D];
}

/**
 * The largest error of the float32 text for arguments in a range, where sums, products, quotients and roots
 * are rounded correctly (WebAssembly; WGSL allows quotients 2.5 ulp).
 */
export interface Accuracy {
  /** In units in the last place of the exact result; 0.5 is the best rounding. */
  readonly ulp: number;
  /** The range of each argument; the last range holds for all further arguments. */
  readonly over: readonly (readonly [from: number, to: number])[];
  /** Where the exact result is smaller than this, ulp is that of this: near a zero that is not at 0. */
  readonly floor?: number;
  /** The exponent, or the index. */
  readonly value?: number;
}

export interface OperationRecord {
  /** Also the name of its method. */
  readonly name: string;
  readonly shape: (args: readonly Expression[]) => Shape;
  /** Whether a component of it depends on that component of its arguments alone. */
  readonly byComponent?: boolean;
  /**
   * A simpler expression of the same value, if there is one.
   * @throws for arguments that the operation does not take
   */
  readonly simplified?: (args: readonly Expression[], value: number) => Expression | undefined;
  /** f(-x) = f(x); f(-x) = -f(x); f(x, y) = f(y, x); f(x + y) = f(x) + f(y) and f(c x) = c f(x). */
  readonly symmetry?: 'even' | 'odd' | 'commutative' | 'linear';
  /** The adjoints of the arguments of z from that of z, g = dE/dz; an empty list if they are zero. */
  readonly derivative: (g: Expression, z: Expression) => readonly Expression[];
  readonly latex: (print: Print, z: Expression) => Printed;
  /** JavaScript, from the texts of the arguments. */
  readonly float64: (
    args: readonly Components<string>[],
    components: number,
    value: number,
  ) => Components<string>;
  /** Plain tfjs; always a new tensor. */
  readonly tensors: (on: Tensors, args: readonly Tensor3D[], value: number) => Tensor3D;
  /** The text that is compiled to WebAssembly and WGSL. */
  readonly float32: <V extends Lanes<V>>(
    args: readonly Components<V>[],
    components: number,
    value: number,
  ) => Components<V>;
  readonly accuracy: readonly Accuracy[];
}

/** toJSON is the operation in the keys of programs: two operations of one name are different. */
export type Operation = OperationRecord & { toJSON(): string };

let count = 0;

export function operation(record: OperationRecord): Operation {
  const key = `${record.name}#${count++}`;
  return { ...record, toJSON: () => key };
}

/** A function of numbers, f(x) or f(x, y), that acts on vectors component by component; scalars broadcast. */
export interface Elementwise
  extends Pick<OperationRecord, 'name' | 'simplified' | 'symmetry' | 'derivative' | 'latex' | 'accuracy'> {
  readonly float64: (x: string, y: string) => string;
  readonly tensors: (on: Tensors, x: Tensor3D, y: Tensor3D) => Tensor3D;
  readonly float32: <V extends Lanes<V>>(x: V, y: V) => V;
}

/**
 * An operation of numbers as a method of expressions: declare the method, with its docstring, in the file
 * that defines it.
 *
 * @example see operations/tanh.ts
 */
export function elementwise({ float64, tensors, float32, simplified, ...rest }: Elementwise): Operation {
  const exact = new Function(...['x', 'y'].slice(0, float64.length), `return ${float64('x', 'y')}`) as (
    x: number,
    y?: number,
  ) => number;
  const made: Operation = operation({
    ...rest,
    byComponent: true,
    shape: (args) => (args.some(({ shape }) => shape === 'vector') ? 'vector' : 'scalar'),
    simplified(args, value) {
      if (args.length !== exact.length)
        throw new TypeError(`${rest.name}: takes ${exact.length} arguments, got ${args.length}`);
      return args.every((x) => isConstant(x))
        ? constant(exact(args[0].value, args[1]?.value))
        : simplified?.(args, value);
    },
    float64: (args) => each(args, float64),
    tensors: (on, [x, y]) => tensors(on, x, y),
    float32: (args) => each(args, float32),
  });
  const method = {
    [rest.name](this: Expression, ...others: Operand[]): Expression {
      return apply(made, [this, ...others]);
    },
  };
  Object.defineProperty(Expression.prototype, rest.name, {
    value: method[rest.name],
    writable: true,
    configurable: true,
  });
  return made;
}

function each<T>(args: readonly Components<T>[], f: (x: T, y: T) => T): T[] {
  const [x, y] = args.map((arg) => all(arg, Math.max(...args.map(({ length }) => length))));
  return x.map((part, k) => f(part, y?.[k]));
}

/** All components, where one may stand for all. */
export const all = <T>(x: Components<T>, components: number): T[] =>
  Array.from({ length: components }, (_, k) => x[x.length === 1 ? 0 : k]);
