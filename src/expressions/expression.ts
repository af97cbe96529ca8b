// The small language of local energies: an arrow function is called once with symbols, and what it returns is
// a graph of operations, which can be differentiated, printed and run. A value is a scalar or a vector over
// the components of one node; scalars broadcast over vectors. Trivial identities (x + 0, 1 x, constants) are
// folded when the graph is built; the shape stays the same.
import { inspectText, jupyterDisplay, type MimeBundle } from '../display/index.js';
import { got } from '../numerics/check.js';
import { expressionBundle, expressionText } from './latex.js';
import type { Operation } from './operation.js';

export type Shape = 'scalar' | 'vector';
/** What operations on expressions take. */
export type Operand = Expression | number;

/**
 * One node of an expression graph. Use `scalar`, `vector`, `constant` and the methods, not the constructor.
 *
 * @example
 * const [x, y] = [expressions.vector('x'), expressions.vector('y')];
 * String(x.sub(y).squaredNorm().mul(expressions.scalar('J'))); // 'J \, \lVert x - y \rVert^{2}'
 * String(expressions.gradient(x.squaredNorm().square(), [x])[0]); // '2 \, \lVert x \rVert^{2} \, x \, 2'
 */
export class Expression {
  constructor(
    readonly op: Operation | 'input' | 'constant',
    readonly shape: Shape,
    readonly args: readonly Expression[],
    /** The constant, the exponent of pow, the index of component and place. */
    readonly value: number = 0,
    /** The printed name of an input. Two inputs of one name are different. */
    readonly name: string = '',
  ) {}

  // Combinations of operations; the methods of the operations are declared in operations/
  square(): Expression {
    return this.pow(2);
  }
  dot(y: Operand): Expression {
    return this.mul(y).sum();
  }
  squaredNorm(): Expression {
    return this.square().sum();
  }
  /** |x|; its gradient is singular at x = 0. */
  norm(): Expression {
    return this.squaredNorm().sqrt();
  }

  /** e^{x_k} / sum_l e^{x_l}: logits to probabilities. */
  softmax(): Expression {
    return this.sub(this.logSumExp()).exp();
  }
  /** Shannon entropy - sum_k p_k ln p_k in nats. */
  entropy(): Expression {
    return this.xlogx().sum().neg();
  }

  /** The formula in LaTeX. */
  toString(): string {
    return expressionText(this);
  }
  /**
   * A text where JavaScript asks for one.
   * @throws TypeError where it asks for a number, as `x * 2` and `Math.sin(x)` do
   */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === 'string') return this.toString();
    throw new TypeError(
      'an expression is not a number; write x.mul(2) for x * 2, x.add(1) for x + 1, and x.sin() for Math.sin(x)',
    );
  }
  [jupyterDisplay](): MimeBundle {
    return expressionBundle(this);
  }
  [inspectText](): string {
    return `Expression { ${this.toString()} }`;
  }
}

/** A number; of shape vector, the same number in every component. */
export const constant = (value: number, shape: Shape = 'scalar'): Expression =>
  new Expression('constant', shape, [], value);
/**
 * A new input. Inputs are compared by identity; the name is only a label.
 *
 * @example
 * const T = expressions.scalar('T');
 * String(T.mul(2).sqrt()); // '\sqrt{T \, 2}'
 */
export const scalar = (name: string): Expression => new Expression('input', 'scalar', [], 0, name);
/**
 * A new input with one number per component.
 *
 * @example
 * const phi = expressions.vector('phi');
 * String(phi.squaredNorm().sub(1).square()); // '\left(\lVert \phi \rVert^{2} - 1\right)^{2}'
 */
export const vector = (name: string): Expression => new Expression('input', 'vector', [], 0, name);

export const isConstant = (x: Expression, value?: number): boolean =>
  x.op === 'constant' && (value === undefined || x.value === value);

/** @throws RangeError for a number that is not finite, TypeError unless it is an expression or a number */
function asExpression(name: string, x: Operand): Expression {
  if (x instanceof Expression) return x;
  if (typeof x !== 'number') throw new TypeError(`${name}: needs numbers and expressions, got ${got(x)}`);
  if (!Number.isFinite(x)) throw new RangeError(`${name}: a constant must be finite, got ${x}`);
  return constant(x);
}

/** The operation on the arguments, or a simpler expression of the same shape. */
export function apply(op: Operation, operands: readonly Operand[], value = 0): Expression {
  const args = operands.map((x) => asExpression(op.name, x));
  const simpler = op.simplified?.(args, value);
  const shape = op.shape(args);
  if (simpler?.op === 'constant') return constant(simpler.value, shape);
  return simpler?.shape === shape ? simpler : new Expression(op, shape, args, value);
}
