// Formulas and sums of them by definition, in float64 and with the derivative along one direction (dual
// numbers). Nothing of the lab's own arithmetic is used here: this is what its engines are held against.
import type { Graph } from '../../src/graphs/index.js';
import { type Algebra, type Formula } from './algebra.js';

/** A number and its derivative. */
interface Dual {
  readonly x: number;
  readonly dx: number;
}
type Value = Dual | readonly Dual[];

const isVector = (value: Value): value is readonly Dual[] => Array.isArray(value);
const dual = (x: number, dx = 0): Dual => ({ x, dx });

const F: Record<string, (x: number) => number> = {
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
const DF: Record<string, (x: number) => number> = {
  neg: () => -1,
  exp: Math.exp,
  log: (x) => 1 / x,
  sqrt: (x) => 0.5 / Math.sqrt(x),
  sin: Math.cos,
  cos: (x) => -Math.sin(x),
  tanh: (x) => 1 / Math.cosh(x) ** 2,
  abs: Math.sign,
  sign: () => 0,
  xlogx: (x) => Math.log(x) + 1,
};
/** Where one number decides by a hair, rounding decides: such places say nothing of an engine. */
let hairs = 0;
const near = (p: number, q: number): void =>
  void (Math.abs(p - q) <= 1e-5 * Math.max(1, Math.abs(p)) && (p !== q || p !== 0) && hairs++);

const BINARY: Record<string, (p: Dual, q: Dual) => Dual> = {
  add: (p, q) => dual(p.x + q.x, p.dx + q.dx),
  sub: (p, q) => dual(p.x - q.x, p.dx - q.dx),
  mul: (p, q) => dual(p.x * q.x, p.dx * q.x + p.x * q.dx),
  div: (p, q) => dual(p.x / q.x, p.dx / q.x - (p.x * q.dx) / q.x ** 2),
  max: (p, q) => (near(p.x, q.x), q.x < p.x ? p : q),
  min: (p, q) => (near(p.x, q.x), p.x < q.x ? p : q),
  less: (p, q) => (near(p.x, q.x), dual(p.x < q.x ? 1 : 0)),
};
const total = (terms: readonly Dual[]): Dual =>
  dual(
    terms.reduce((sum, { x }) => sum + x, 0),
    terms.reduce((sum, { dx }) => sum + dx, 0),
  );
function unary(op: string, { x, dx }: Dual): Dual {
  if (op === 'abs' || op === 'sign') near(x, 0);
  return dual(F[op](x), DF[op](x) * dx);
}

function contracted(op: string, terms: readonly Dual[]): Dual {
  if (op === 'sum') return total(terms);
  if (op === 'squaredNorm') return total(terms.map((term) => BINARY['mul'](term, term)));
  const top = dual(Math.max(...terms.map(({ x }) => x))); // any shift cancels
  const weights = terms.map((term) => unary('exp', BINARY['sub'](term, top)));
  if (op === 'logSumExp') return BINARY['add'](top, unary('log', total(weights)));
  return unary('neg', total(weights.map((weight) => unary('xlogx', BINARY['div'](weight, total(weights))))));
}

export const numbers = (components: number): Algebra<Value> => ({
  components,
  number: (value) => dual(value),
  unary: (op, value) => (isVector(value) ? value.map((each) => unary(op, each)) : unary(op, value)),
  binary: (op, p, q) => {
    if (!isVector(p) && !isVector(q)) return BINARY[op](p, q);
    return Array.from({ length: components }, (_, k) =>
      BINARY[op](isVector(p) ? p[k] : p, isVector(q) ? q[k] : q),
    );
  },
  pow: (value, n) => {
    const one = ({ x, dx }: Dual): Dual => dual(x ** n, n === 0 ? 0 : n * x ** (n - 1) * dx);
    return isVector(value) ? value.map(one) : one(value);
  },
  contract: (op, value) => (isVector(value) ? contracted(op, value) : value),
  component: (value, k) => (isVector(value) ? value[k] : value),
});

/** A term: its formulas, and its parameters, one number or one a node or an edge. */
export type TermOf =
  | {
      readonly kind: 'bond' | 'site' | 'flow';
      readonly formula: Formula;
      readonly parameters: readonly (number | ArrayLike<number>)[];
    }
  /**
   * Of x, the sums over neighbours of `inner` (x, y, w, ...), the degree and the parameters; of the sums over
   * all nodes, N and the parameters.
   */
  | {
      readonly kind: 'star' | 'globalSum';
      readonly formula: Formula;
      readonly inner: readonly Formula[];
      readonly parameters: readonly (number | ArrayLike<number>)[];
    };

/**
 * H and its derivative along a direction of the field, [nodes, components]; of flows the work against them.
 */
export function byDefinition(
  graph: Graph,
  terms: readonly TermOf[],
  components: number,
  state: ArrayLike<number>,
  direction: ArrayLike<number>,
): Dual & { readonly isSteady: boolean } {
  hairs = 0;
  const on = numbers(components);
  const { nodeCount, edgeCount, endpoints, couplings } = graph;
  const at = (i: number): Value =>
    Array.from({ length: components }, (_, k) =>
      dual(state[i * components + k], direction[i * components + k]),
    );
  const all = (count: number): number[] => Array.from({ length: count }, (_, k) => k);
  const scalar = (value: Value): Dual => {
    if (isVector(value)) throw new Error('a scalar is needed');
    return value;
  };
  const sumOf = (values: readonly Value[]): Value =>
    isVector(values[0] ?? dual(0))
      ? all(components).map((k) => total(values.map((value) => (value as readonly Dual[])[k])))
      : total(values as readonly Dual[]);
  const energyOf = (term: TermOf): Dual => {
    const p = (row: number): Dual[] =>
      term.parameters.map((value) => dual(typeof value === 'number' ? value : value[row]));
    switch (term.kind) {
      case 'site':
        return total(all(nodeCount).map((i) => scalar(term.formula(on, [at(i), ...p(i)]))));
      case 'bond':
        return total(
          all(edgeCount).map((e) =>
            scalar(term.formula(on, [at(endpoints[2 * e]), at(endpoints[2 * e + 1]), ...p(e)])),
          ),
        );
      case 'flow':
        return total(
          all(edgeCount).flatMap((e) => {
            const [i, j] = [endpoints[2 * e], endpoints[2 * e + 1]];
            const current = term.formula(on, [at(i), at(j), ...p(e)]);
            return all(components).map((k) =>
              dual(
                0,
                (isVector(current) ? current[k] : current).x *
                  (direction[i * components + k] - direction[j * components + k]),
              ),
            );
          }),
        );
      case 'star':
        return total(
          all(nodeCount).map((i) => {
            const around = all(edgeCount).flatMap((e) => {
              const [a, b] = [endpoints[2 * e], endpoints[2 * e + 1]];
              return a === i ? [[b, e]] : b === i ? [[a, e]] : [];
            });
            const shapes = term.inner.map((f) => f(on, [at(i), at(i), dual(1), ...p(i)])); // of a node without neighbours
            const sums = term.inner.map((f, k) =>
              around.length > 0
                ? sumOf(around.map(([j, e]) => f(on, [at(i), at(j), dual(couplings[e]), ...p(i)])))
                : isVector(shapes[k])
                  ? all(components).map(() => dual(0))
                  : dual(0),
            );
            return scalar(term.formula(on, [at(i), ...sums, dual(around.length), ...p(i)]));
          }),
        );
      case 'globalSum': {
        const sums = term.inner.map((f) => total(all(nodeCount).map((i) => scalar(f(on, [at(i), ...p(0)])))));
        return scalar(term.formula(on, [...sums, dual(nodeCount), ...p(0)]));
      }
    }
  };
  const { x, dx } = total(terms.map(energyOf));
  return { x, dx, isSteady: hairs === 0 };
}
