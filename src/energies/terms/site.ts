// Site terms: H = sum over nodes i of f(x_i, h_i), from one arrow function.
import type { Tensor1D, Tensor3D } from '#tfjs';
import { evaluate, total, type Inputs, tf } from '../../tensors/index.js';
import { compile, Expression, gradient, latexSummand, tape, vector } from '../../expressions/index.js';
import { byComponents, declaredTerm, scalarEnergy } from './declare.js';
import { parameterSymbols, type Parameters } from '../parameters.js';
import type { Term, TermOptions } from '../term.js';

/** The energy of one node; parameters follow in the order of their declaration. */
export type SiteEnergy = (x: Expression, ...parameters: Expression[]) => Expression;

/**
 * A term of the energy that is a sum over nodes, sum_i V(x_i). The function is called once, with symbols.
 *
 * @param parameters numbers, or arrays with one value per node
 * @throws TypeError if the function does not return a scalar expression; RangeError for a parameter named
 * like an integer
 * @example
 * const doubleWell = site((x, h) => x.squaredNorm().sub(1).square().mul(h), { h: 0.25 });
 * doubleWell.latex(); // '\sum_i h \, \left(\lVert x_i \rVert^{2} - 1\right)^{2}'
 */
export function site(energy: SiteEnergy, parameters: Parameters = {}, options: TermOptions = {}): Term {
  const x = vector('x_i');
  const symbols = parameterSymbols('site', parameters, energy, 'x');
  const formula = scalarEnergy('site', energy(x, ...symbols), [x, ...symbols]);
  const slope = gradient(formula, [x]);
  const programs = { energy: tape([formula]), gradient: tape(slope) };
  const energyOf = byComponents((d) => compile([formula], [[x], symbols], d));
  const gradientOf = byComponents((d) => compile(slope, [[x], symbols], d));
  return declaredTerm(
    {
      kind: 'site',
      indexedBy: 'node',
      symbols,
      code: (common) => ({ kind: 'site', ...common, formula, own: x }),
      latex: (names) => `\\sum_i ${latexSummand(formula, names)}`,
      on({ nodeCount }, table) {
        const { values: p, stride } = table;
        const inputs = (values: Tensor3D): Inputs => new Map([[x, values], ...table.tensors()]);
        return {
          energy64(state, d) {
            const f = energyOf(d);
            const out = new Float64Array(1);
            let sum = 0;
            for (let i = 0; i < nodeCount; i++) {
              f(out, 0, state, i * d, p, i * stride);
              sum += out[0];
            }
            return sum;
          },
          addGradient64(out, state, d) {
            const f = gradientOf(d);
            const slopes = new Float64Array(d);
            for (let i = 0; i < nodeCount; i++) {
              f(slopes, 0, state, i * d, p, i * stride);
              for (let k = 0; k < d; k++) out[i * d + k] += slopes[k];
            }
          },
          track(state, d) {
            const f = energyOf(d);
            const out = new Float64Array(2);
            return {
              change(node, value) {
                f(out, 0, state, node * d, p, node * stride);
                f(out, 1, value as Float64Array, 0, p, node * stride);
                return out[1] - out[0];
              },
              commit() {},
            };
          },
          energy: (values) =>
            tf.tidy(() => total(evaluate(programs.energy, inputs(values), values.shape[1])[0]) as Tensor1D),
          gradient: (values) =>
            tf.tidy(() => evaluate(programs.gradient, inputs(values), values.shape[1])[0]),
          dispose: () => table.dispose(),
        };
      },
    },
    parameters,
    options,
  );
}
