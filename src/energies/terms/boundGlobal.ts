// A term of global sums on a graph: its energy and gradient in float64 and on tensors, and its moves.
import type { Tensor1D, Tensor3D } from '#tfjs';
import { evaluate, total, type Inputs, tf } from '../../tensors/index.js';
import { compile, Expression } from '../../expressions/index.js';
import type { Graph } from '../../graphs/index.js';
import { byComponents } from './declare.js';
import { ParameterTable } from '../parameters.js';
import { RunningSums } from './runningSums.js';
import { chainRule, type Sum } from './sums.js';
import type { BoundTerm } from '../term.js';

type GlobalParts = ReturnType<typeof compileGlobal>;

/** dH/dx_i = sum_k g_k' f_k'(x_i), with g_k' = dg/dS_k the same for all nodes. */
export function compileGlobal(
  formula: Expression,
  sums: readonly Sum[],
  [own, count]: readonly Expression[],
  parameters: readonly Expression[],
) {
  const { bodies, outer, pull, energy, code } = chainRule(formula, sums, [], [own]);
  return {
    code: { own, count, ...code },
    energy,
    bodies: byComponents((d) => compile(bodies, [[own], parameters], d)),
    outer: compile(outer, [code.totals, [count], parameters], 1),
    pull: byComponents((d) => compile(pull, [[own], parameters, code.lambdas], d)),
  };
}

export function bindGlobal(graph: Graph, table: ParameterTable, parts: GlobalParts): BoundTerm {
  return { ...globalInFloat64(graph, table, parts), ...globalOnTensors(graph, table, parts) };
}

function globalInFloat64(
  { nodeCount }: Graph,
  { values: p }: ParameterTable,
  parts: GlobalParts,
): Pick<BoundTerm, 'energy64' | 'addGradient64' | 'track'> {
  const width = parts.code.totals.length;
  const count = Float64Array.of(nodeCount);
  const out = new Float64Array(1 + width);

  /** g and its derivatives, in `out`. */
  const at = (sums: Float64Array): Float64Array => {
    parts.outer(out, 0, sums, 0, count, 0, p, 0);
    return out;
  };
  const sumsOf = (state: Float64Array, d: number): Float64Array => {
    const f = parts.bodies(d);
    const [one, sums] = [new Float64Array(width), new Float64Array(width)];
    for (let i = 0; i < nodeCount; i++) {
      f(one, 0, state, i * d, p, 0);
      for (let k = 0; k < width; k++) sums[k] += one[k];
    }
    return sums;
  };
  return {
    energy64: (state, d) => at(sumsOf(state, d))[0],
    addGradient64(gradient64, state, d) {
      const f = parts.pull(d);
      const slopes = at(sumsOf(state, d));
      const one = new Float64Array(d);
      for (let i = 0; i < nodeCount; i++) {
        f(one, 0, state, i * d, p, 0, slopes, 1);
        for (let k = 0; k < d; k++) gradient64[i * d + k] += one[k];
      }
    },
    track(state, d) {
      const f = parts.bodies(d);
      const now = new Float64Array(width);
      const { sums, moved } = movingSums(state, d, nodeCount, width, (one, x, from) =>
        f(one, 0, x, from, p, 0),
      );
      return {
        change: (node, value) => {
          const before = at(sums.into(now))[0];
          return at(moved(node, value).into(now))[0] - before;
        },
        commit: (node, value) => sums.set(moved(node, value)),
      };
    },
  };
}

/** The sums of a state, and as they would be with another value at a node: one summand leaves, one comes. */
function movingSums(
  state: Float64Array,
  d: number,
  nodeCount: number,
  width: number,
  summand: (one: Float64Array, x: Float64Array, from: number) => void,
) {
  const one = new Float64Array(width);
  const [sums, trial] = [new RunningSums(width), new RunningSums(width)];
  for (let i = 0; i < nodeCount; i++) {
    summand(one, state, i * d);
    sums.add(one);
  }
  const moved = (node: number, value: ArrayLike<number>): RunningSums => {
    trial.set(sums);
    summand(one, state, node * d);
    trial.add(one, -1);
    summand(one, value as Float64Array, 0);
    trial.add(one);
    return trial;
  };
  return { sums, moved };
}

function globalOnTensors(
  { nodeCount }: Graph,
  table: ParameterTable,
  { code: { own, count, totals, lambdas, tapes }, energy }: GlobalParts,
): Pick<BoundTerm, 'energy' | 'gradient' | 'dispose'> {
  const size = new ParameterTable('globalSum', [count], [nodeCount], 0, 'graph');

  /** S_k and N as tensors [1, 1, chains], and the parameters. */
  const sumsOn = (values: Tensor3D): Inputs => {
    const sums = evaluate(tapes.bodies, new Map([[own, values], ...table.tensors()]), values.shape[1]);
    const known = new Map([...table.tensors(), ...size.tensors()]);
    sums.forEach((sum, k) => known.set(totals[k], total(sum).reshape([1, 1, values.shape[2]])));
    return known;
  };
  return {
    energy: (values) => tf.tidy(() => evaluate(energy, sumsOn(values), 1)[0].flatten() as Tensor1D),
    gradient: (values) =>
      tf.tidy(() => {
        const [, ...multipliers] = evaluate(tapes.outer, sumsOn(values), 1);
        const known = new Map([[own, values], ...table.tensors()]);
        multipliers.forEach((lambda, k) => known.set(lambdas[k], lambda));
        return evaluate(tapes.pull, known, values.shape[1])[0];
      }),
    dispose: () => [table, size].forEach((each) => each.dispose()),
  };
}
