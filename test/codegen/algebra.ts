// Random formulas that can be read in two ways: as expressions of the lab, and as numbers by the definition
// of each operation. A formula is a function over an algebra, so that neither reading knows of the other.
import { fc } from '../property.js';
import { constant, type Expression } from '../../src/expressions/index.js';

export const UNARY = ['neg', 'exp', 'log', 'sqrt', 'sin', 'cos', 'tanh', 'abs', 'sign', 'xlogx'] as const;
export const BINARY = ['add', 'sub', 'mul', 'div', 'max', 'min', 'less'] as const;
export const CONTRACTIONS = ['sum', 'logSumExp', 'squaredNorm', 'entropyOfSoftmax'] as const;

/** What a formula is made of. */
export interface Algebra<T> {
  readonly components: number;
  number(value: number): T;
  unary(op: (typeof UNARY)[number], x: T): T;
  binary(op: (typeof BINARY)[number], x: T, y: T): T;
  pow(x: T, exponent: number): T;
  /** From a vector, or from a scalar, which stays as it is. */
  contract(op: (typeof CONTRACTIONS)[number], x: T): T;
  /** Of a vector; a scalar stays as it is. */
  component(x: T, k: number): T;
}

export type Formula = <T>(on: Algebra<T>, symbols: readonly T[]) => T;

export const expressions = (components: number): Algebra<Expression> => ({
  components,
  number: constant,
  unary: (op, x) => x[op](),
  binary: (op, x, y) => x[op](y),
  pow: (x, exponent) => x.pow(exponent),
  contract: (op, x) =>
    x.shape === 'scalar' ? x : op === 'entropyOfSoftmax' ? x.softmax().entropy() : x[op](),
  component: (x, k) => (x.shape === 'scalar' ? x : x.component(k)),
});

/** Compositions in which float32 can follow float64: no overflow, no division by nearly nothing. */
type Step = <T>(on: Algebra<T>, x: T, y: T) => T;
const plus = <T>(on: Algebra<T>, x: T, value: number): T => on.binary('add', x, on.number(value));
const STEPS: readonly Step[] = [
  (on, x) => on.unary('neg', x),
  (on, x) => on.pow(on.unary('tanh', x), 2),
  (on, x) => on.pow(on.unary('tanh', x), 3),
  (on, x) => on.pow(plus(on, on.pow(x, 2), 0.5), -0.5),
  (on, x) => on.pow(plus(on, on.pow(on.unary('sin', x), 2), 0.5), 0.37),
  (on, x) => on.unary('sqrt', plus(on, on.pow(x, 2), 0.3)),
  (on, x) => on.unary('exp', on.unary('tanh', x)),
  (on, x) => on.unary('log', plus(on, on.pow(x, 2), 0.5)),
  (on, x) => on.unary('sin', x),
  (on, x) => on.unary('cos', x),
  (on, x) => on.unary('tanh', x),
  (on, x) => on.unary('abs', x),
  (on, x) => on.binary('mul', on.unary('sign', x), on.number(0.5)),
  (on, x) => on.unary('xlogx', plus(on, on.pow(on.unary('sin', x), 2), 0.01)),
  (on, x, y) => on.binary('add', x, y),
  (on, x, y) => on.binary('sub', x, y),
  (on, x, y) => on.binary('mul', on.unary('tanh', x), y),
  (on, x, y) => on.binary('div', x, plus(on, on.pow(y, 2), 1)),
  (on, x, y) => on.binary('max', x, y),
  (on, x, y) => on.binary('min', x, y),
  (on, x, y) => on.binary('mul', on.binary('less', x, y), on.unary('tanh', y)),
  (on, x) => on.contract('sum', x),
  (on, x) => on.contract('squaredNorm', on.unary('tanh', x)),
  (on, x) => on.contract('logSumExp', on.unary('sin', x)),
  (on, x) => on.contract('entropyOfSoftmax', on.unary('sin', x)),
  (on, x) => on.component(x, 0),
  (on, x) => on.component(x, on.components - 1),
  // what folds, and must keep its components
  (on, x) => on.pow(x, 0),
  (on, x) => on.binary('mul', x, on.number(0)),
  (on, x, y) => on.binary('add', on.binary('mul', x, on.number(0)), y),
  (on, x, y) => on.binary('mul', on.pow(x, 0), y),
];

const { formula } = fc.letrec<{ formula: Formula; leaf: Formula }>((tie) => ({
  leaf: fc.oneof(
    {
      weight: 5,
      arbitrary: fc.nat(30).map(
        (k): Formula =>
          (_, symbols) =>
            symbols[k % symbols.length],
      ),
    },
    {
      weight: 1,
      arbitrary: fc.double({ min: -2, max: 2, noNaN: true }).map(
        (value): Formula =>
          (on) =>
            on.number(Math.fround(value)),
      ),
    },
  ),
  formula: fc.oneof(
    { maxDepth: 3, depthSize: 'max' },
    { weight: 2, arbitrary: tie('leaf') },
    {
      weight: 5,
      arbitrary: fc.tuple(fc.constantFrom(...STEPS), tie('formula'), tie('formula')).map(
        ([step, f, g]): Formula =>
          (on, symbols) =>
            step(on, f(on, symbols), g(on, symbols)),
      ),
    },
  ),
}));

/** In which every symbol plays a part: f (1 + sum_k sin(s_k) / 4) + sum_k tanh(s_k) cos(s_(k+1)) / 8. */
const lively =
  (f: Formula): Formula =>
  (on, symbols) => {
    const sum = symbols.map((s) => on.unary('sin', s)).reduce((left, right) => on.binary('add', left, right));
    const chain = symbols
      .map((s, k) =>
        on.binary('mul', on.unary('tanh', s), on.unary('cos', symbols[(k + 1) % symbols.length])),
      )
      .reduce((left, right) => on.binary('add', left, right));
    const scaled = on.binary('mul', f(on, symbols), plus(on, on.binary('mul', sum, on.number(0.25)), 1));
    return on.binary('add', scaled, on.binary('mul', chain, on.number(0.125)));
  };

/** Scalars or vectors. */
export const formulas: fc.Arbitrary<Formula> = fc.oneof(formula, formula.map(lively));

/** Scalars that depend on all symbols. */
export const energies: fc.Arbitrary<Formula> = formula.map(lively).map(
  (f): Formula =>
    (on, symbols) =>
      on.contract('sum', f(on, symbols)),
);

/** The same for a bond: as it comes, symmetric in its ends, or so where its first parameter is oriented. */
export const bondEnergies: fc.Arbitrary<Formula> = fc.tuple(energies, fc.nat(2)).map(
  ([f, form]): Formula =>
    (on, symbols) => {
      const [a, b, theta, ...rest] = symbols;
      if (form === 0) return f(on, symbols);
      const difference = on.binary('sub', a, b);
      const turned = form === 1 || theta === undefined ? difference : on.binary('sub', difference, theta);
      return f(on, [
        on.unary('cos', turned),
        on.binary('add', a, b),
        on.binary('mul', a, b),
        ...(form === 1 && theta !== undefined ? [theta] : []),
        ...rest,
      ]);
    },
);
