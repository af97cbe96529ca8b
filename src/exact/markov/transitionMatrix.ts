// The exact transition matrix of single-site moves on a system small enough to list its q^N states:
//   one attempted move, the node drawn at random   P = (1/N) sum over nodes of P_i
//   a sweep through the nodes in an order          P = P_i1 P_i2 ... P_iN
// where P_i gives node i a new value by its rule and leaves the others. With dH the change of energy:
//   metropolis   one of the other q - 1 values, accepted with min(1, e^(-dH/T))
//   glauber      the same, accepted with 1 / (1 + e^(dH/T))
//   heat bath    the value v with probability e^(-H(v)/T) / sum over w of e^(-H(w)/T)
//   or a function of the state and the node: the probabilities of its next values.
// The three keep detailed balance with exp(-H/T); sweeps keep that law, but not detailed balance. With one T
// per node P_i has T_i; if these differ no exp(-H/T) is stationary, and the law is the stationary law of the
// matrix. State s has the value values[d_i] at node i, d_i its digits in base q, node 0 the lowest.
// Sources: Levin, Peres, Markov Chains and Mixing Times (2017), section 3.2; EMTD section 3.2, proof, step 4.
import { Matrix } from 'ml-matrix';
import { card, numeral, printAs, rangeText } from '../../display/index.js';
import { requireInteger, requireOnePer } from '../../numerics/check.js';
import {
  byDefault,
  needed,
  type Options,
  type OptionsOf,
  readOptions,
  typed,
} from '../../numerics/options.js';
import {
  aFunction,
  each,
  finite,
  functionOr,
  integer,
  listOr,
  oneOf,
  oneOrEach,
  positive,
} from '../../numerics/rules.js';
import { boltzmannLaw } from './boltzmann.js';
import { stationaryLaw } from './stationaryLaw.js';

/** The probability of each value as the next of `node`; the sum is 1. */
export type SiteProbabilities = (state: Float64Array, node: number) => ArrayLike<number>;

const siteKernelOptions = {
  /** N: there are (number of values)^N states. */
  nodes: needed(integer(1)),
  /** The values of a node: [-1, 1] for spins, [0, 1, ...] for labels. */
  values: needed(each(finite)),
  /** H of one state: `(x) => hamiltonian.energy64(x)`. */
  energy: needed(typed<(state: Float64Array) => number>(aFunction)),
  /** T, in units of energy, k_B = 1: one for all nodes, or one per node. */
  temperature: needed(typed<number | ArrayLike<number>>(oneOrEach(positive))),
  /** By name, or the probabilities of a rule of your own. */
  rule: needed(
    typed<'metropolis' | 'glauber' | 'heat bath' | SiteProbabilities>(
      functionOr(oneOf('metropolis', 'glauber', 'heat bath')),
    ),
  ),
  /**
   * 'random', one attempt at a random node; 'sequential', a sweep 0 ... N - 1; or a sweep through these
   * nodes; 'random' by default.
   */
  order: byDefault<'random' | 'sequential' | readonly number[]>(
    'random',
    typed(listOr(oneOf('random', 'sequential'))),
  ),
};

/** Parameters of `transitionMatrix`. */
export interface TransitionParameters extends Options, OptionsOf<typeof siteKernelOptions> {}

/** The transition matrix of a single-site rule on a small system. */
export interface TransitionMatrix {
  /** `[states, states]`: P_st, the probability of t after s. */
  readonly matrix: Matrix;
  /**
   * exp(-H/T) / Z, stationary or not under a rule of one's own; with one temperature per node, the stationary
   * law of the matrix.
   */
  readonly law: Float64Array;
  /** The values of every state. */
  readonly states: readonly Float64Array[];
}

/** A dense matrix of this many rows takes 32 MB. */
const MOST_STATES = 2048;

/**
 * The transition matrix of a rule, with the Boltzmann law if there is one temperature. It holds all that can
 * happen in one step, so that a sampler's law, gap and mixing time follow without a run.
 *
 * @throws RangeError above 2048 states, for fewer than two values or equal ones, a temperature that is not
 * positive or not one per node, nodes out of range, or probabilities of a rule that do not sum to 1
 * @example
 * const one = { nodes: 1, values: [-1, 1], energy: ([s]: Float64Array) => -s, temperature: 1 };
 * const spin = exact.transitionMatrix({ ...one, rule: 'heat bath' });
 * spin.matrix.get(0, 1); // 0.8808 = 1 / (1 + e^-2)
 * spin.law; // [0.1192, 0.8808]
 */
export function transitionMatrix(parameters: TransitionParameters): TransitionMatrix {
  const read = readOptions('transitionMatrix', parameters, siteKernelOptions);
  const { nodes, values, energy, temperature, rule, order } = read;
  requireInteger('transitionMatrix', 'number of values', values.length, 2);
  if (new Set(values).size < values.length)
    throw new RangeError(`transitionMatrix: values must differ, got ${values.join(', ')}`);
  const T =
    typeof temperature === 'number'
      ? new Float64Array(nodes).fill(temperature)
      : Float64Array.from(temperature);
  requireOnePer('transitionMatrix', 'temperature', T, nodes);
  const q = values.length;
  const count = q ** nodes;
  requireInteger('transitionMatrix', 'number of states', count, 2, MOST_STATES);
  const digit = (s: number, node: number): number => Math.floor(s / q ** node) % q;
  const states = Array.from({ length: count }, (_, s) =>
    Float64Array.from({ length: nodes }, (_node, i) => values[digit(s, i)]),
  );
  const energies = states.map((state) => energy(state));
  const probabilities = (s: number, node: number): ArrayLike<number> => {
    const first = s - digit(s, node) * q ** node;
    if (typeof rule === 'function') return checkedRow(rule(states[s].slice(), node), q);
    return byRule(
      rule,
      values.map((_, v) => energies[first + v * q ** node]),
      digit(s, node),
      T[node],
    );
  };
  const move = (node: number): Matrix => {
    const P = Matrix.zeros(count, count);
    for (let s = 0; s < count; s++) {
      const first = s - digit(s, node) * q ** node;
      const row = probabilities(s, node);
      for (let v = 0; v < q; v++) P.set(s, first + v * q ** node, row[v]);
    }
    return P;
  };
  const all = [...Array(nodes).keys()];
  if (typeof order !== 'string')
    for (const node of order) requireInteger('transitionMatrix', 'a node of the order', node, 0, nodes - 1);
  const matrix: Matrix =
    order === 'random'
      ? all.reduce<Matrix>((sum, node) => Matrix.add(sum, move(node)), Matrix.zeros(count, count)).div(nodes)
      : (order === 'sequential' ? all : order).reduce<Matrix>(
          (product, node) => product.mmul(move(node)),
          Matrix.eye(count),
        );
  const [lawName, law] =
    typeof temperature === 'number'
      ? (['Boltzmann law', boltzmannLaw(energies, temperature).probabilities] as const)
      : (['stationary law', stationaryLaw(matrix)] as const);
  return printAs<TransitionMatrix>({ matrix, law, states }, siteKernelCard(lawName));
}

/** The next values of a node whose values have the energies E, from value `now`. */
function byRule(
  rule: 'metropolis' | 'glauber' | 'heat bath',
  E: readonly number[],
  now: number,
  T: number,
): number[] {
  if (rule === 'heat bath') {
    const least = Math.min(...E);
    const weights = E.map((e) => Math.exp((least - e) / T));
    const sum = weights.reduce((total, w) => total + w);
    return weights.map((w) => w / sum);
  }
  const acceptance = (dH: number): number =>
    rule === 'metropolis' ? Math.min(1, Math.exp(-dH / T)) : 1 / (1 + Math.exp(dH / T));
  const row = E.map((e, v) => (v === now ? 0 : acceptance(e - E[now]) / (E.length - 1)));
  row[now] = 1 - row.reduce((total, p) => total + p);
  return row;
}

function checkedRow(row: ArrayLike<number>, q: number): ArrayLike<number> {
  const sum = Array.from(row).reduce((total, p) => total + p, 0);
  if (row.length === q && Array.from(row).every((p) => p >= 0) && Math.abs(sum - 1) < 1e-9) return row;
  throw new RangeError(
    `transitionMatrix: a rule must give ${q} probabilities that sum to 1, got ${Array.from(row).join(', ')}`,
  );
}

const siteKernelCard =
  (lawName: string) =>
  ({ matrix, law, states }: TransitionMatrix) =>
    card(`Transition matrix of ${numeral(states.length)} states`, {
      nodes: states[0].length,
      'transitions that can happen': numeral(matrix.to1DArray().filter((p) => p > 0).length),
      [lawName]: rangeText(law),
    });
