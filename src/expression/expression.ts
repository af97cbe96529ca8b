// The small language of local energies: an arrow function is called once with symbols, and what it
// returns is a graph of the operations below, which can be differentiated, printed and run.
//
// A value is a scalar or a vector over the components of one node; scalars broadcast over vectors.
// Trivial identities (x + 0, 1 x, constants) are folded as the graph is built.
import { inspectText, jupyterDisplay, type MimeBundle } from '../display/index.js';
import { expressionBundle, expressionText } from './display.js';

export type Shape = 'scalar' | 'vector';
export type Operand = Expression | number;

export type Unary = 'neg' | 'exp' | 'log' | 'sqrt' | 'sin' | 'cos' | 'tanh' | 'abs' | 'sign' | 'xlogx';
export type Binary = 'add' | 'sub' | 'mul' | 'div' | 'max' | 'min' | 'less';
/** From vector to scalar: sum and logSumExp contract, component picks one. */
export type Contraction = 'sum' | 'logSumExp' | 'component';
/** From scalar to vector: place puts the scalar at one component, spread at all of them. */
export type Expansion = 'place' | 'spread';
export type Operation = 'input' | 'constant' | 'pow' | Unary | Binary | Contraction | Expansion;

const FOLD_UNARY: Record<Unary, (x: number) => number> = {
  neg: (x) => -x,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  abs: Math.abs,
  sign: Math.sign,
  xlogx: (x) => (x === 0 ? 0 : x * Math.log(x)),
};

const FOLD_BINARY: Record<Binary, (x: number, y: number) => number> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  max: Math.max,
  min: Math.min,
  less: (x, y) => (x < y ? 1 : 0),
};

/** One node of an expression graph. Made by `scalar`, `vector`, `constant` and the methods, never by hand. */
export class Expression {
  constructor(
    readonly op: Operation,
    readonly shape: Shape,
    readonly args: readonly Expression[],
    /** The constant, the exponent of pow, the index of component and place. */
    readonly value: number = 0,
    /** The name of an input. */
    readonly name: string = '',
  ) {}

  // Arithmetic, component by component
  add(y: Operand): Expression { return binary('add', this, y); }
  sub(y: Operand): Expression { return binary('sub', this, y); }
  mul(y: Operand): Expression { return binary('mul', this, y); }
  div(y: Operand): Expression { return binary('div', this, y); }
  max(y: Operand): Expression { return binary('max', this, y); }
  min(y: Operand): Expression { return binary('min', this, y); }
  /** 1 where this < y, else 0; its derivative is taken as zero. */
  less(y: Operand): Expression { return binary('less', this, y); }
  neg(): Expression { return unary('neg', this); }
  pow(exponent: number): Expression { return power(this, exponent); }
  square(): Expression { return power(this, 2); }

  // Elementary functions
  exp(): Expression { return unary('exp', this); }
  log(): Expression { return unary('log', this); }
  sqrt(): Expression { return unary('sqrt', this); }
  sin(): Expression { return unary('sin', this); }
  cos(): Expression { return unary('cos', this); }
  tanh(): Expression { return unary('tanh', this); }
  abs(): Expression { return unary('abs', this); }
  sign(): Expression { return unary('sign', this); }
  /** x ln x, continued by 0 at x = 0. */
  xlogx(): Expression { return unary('xlogx', this); }

  // From a vector to a scalar
  sum(): Expression { return this.shape === 'scalar' ? this : new Expression('sum', 'scalar', [this]); }
  dot(y: Operand): Expression { return this.mul(y).sum(); }
  squaredNorm(): Expression { return this.square().sum(); }
  /** |x|; its gradient is singular at x = 0. */
  norm(): Expression { return this.squaredNorm().sqrt(); }
  /** ln sum_k e^{x_k}, shifted by the largest component. */
  logSumExp(): Expression {
    return this.shape === 'scalar' ? this : new Expression('logSumExp', 'scalar', [this]);
  }
  /** The k-th component, counted from 0. */
  component(k: number): Expression { return component(this, k); }

  // Beliefs on the simplex
  /** e^{x_k} / sum_l e^{x_l}: logits to probabilities. */
  softmax(): Expression { return this.sub(this.logSumExp()).exp(); }
  /** Shannon entropy - sum_k p_k ln p_k in nats. */
  entropy(): Expression { return this.xlogx().sum().neg(); }

  /** The formula in LaTeX. */
  toString(): string { return expressionText(this); }
  [jupyterDisplay](): MimeBundle { return expressionBundle(this); }
  [inspectText](): string { return `Expression { ${this.toString()} }`; }
}

export const constant = (value: number): Expression => new Expression('constant', 'scalar', [], value);
export const scalar = (name: string): Expression => new Expression('input', 'scalar', [], 0, name);
export const vector = (name: string): Expression => new Expression('input', 'vector', [], 0, name);

export const isConstant = (x: Expression, value?: number): boolean =>
  x.op === 'constant' && (value === undefined || x.value === value);

export const asExpression = (x: Operand): Expression => (typeof x === 'number' ? constant(x) : x);

/** A scalar put at component k of an otherwise zero vector: the adjoint of `component`. */
export const place = (x: Expression, k: number): Expression => new Expression('place', 'vector', [x], k);

/** A scalar repeated over all components: the adjoint of `sum`. */
export const spread = (x: Expression): Expression => new Expression('spread', 'vector', [x]);

function component(x: Expression, k: number): Expression {
  if (!Number.isInteger(k) || k < 0) throw new RangeError(`component: index must be an integer >= 0, got ${k}`);
  if (x.op === 'spread') return x.args[0];
  if (x.op === 'place') return x.value === k ? x.args[0] : constant(0);
  if (x.shape === 'scalar') {
    if (x.op === 'constant') return x;
    throw new TypeError(`component: needs a vector, got the scalar ${x.name || x.op}`);
  }
  return new Expression('component', 'scalar', [x], k);
}

function unary(op: Unary, x: Expression): Expression {
  if (isConstant(x)) return constant(FOLD_UNARY[op](x.value));
  if (op === 'neg' && x.op === 'neg') return x.args[0];
  return new Expression(op, x.shape, [x]);
}

function power(x: Expression, exponent: number): Expression {
  if (!Number.isFinite(exponent)) throw new RangeError(`pow: exponent must be a finite number, got ${exponent}`);
  if (exponent === 0) return constant(1);
  if (exponent === 1) return x;
  if (isConstant(x)) return constant(x.value ** exponent);
  return new Expression('pow', x.shape, [x], exponent);
}

function binary(op: Binary, left: Expression, right: Operand): Expression {
  const x = left;
  const y = asExpression(right);
  if (isConstant(x) && isConstant(y)) return constant(FOLD_BINARY[op](x.value, y.value));
  if (op === 'add' && isConstant(x, 0)) return y;
  if ((op === 'add' || op === 'sub') && isConstant(y, 0)) return x;
  if (op === 'sub' && isConstant(x, 0)) return y.neg();
  if (op === 'mul') {
    if (isConstant(x, 0) || isConstant(y, 0)) return constant(0);
    if (isConstant(x, 1)) return y;
    if (isConstant(y, 1)) return x;
    if (isConstant(x, -1)) return y.neg();
    if (isConstant(y, -1)) return x.neg();
  }
  if (op === 'div' && isConstant(y, 1)) return x;
  return new Expression(op, x.shape === 'vector' || y.shape === 'vector' ? 'vector' : 'scalar', [x, y]);
}
