// What a term of a Hamiltonian is: a name, units, a declared lower bound and parameters. On a graph it gives
// energies, gradients and local changes in float64, and energies and gradients as tfjs tensors.
import type { Tensor1D, Tensor3D } from '#tfjs';
import type { StepTerm } from '../codegen/index.js';
import { CODOMAINS } from '../fields/index.js';
import type { Graph } from '../graphs/index.js';
import { byDefault, type Options, type OptionsOf } from '../numerics/options.js';
import { aNumber, aString, oneOf } from '../numerics/rules.js';
import type { Parameters } from './parameters.js';

export const termOptions = {
  /** Shown in reports and errors; by default the kind of the term. */
  name: aString,
  /** Units of the energy; T is measured in the same; `energy` by default. */
  units: byDefault('energy', aString),
  /** A number that the term's energy never goes below, on any state; -Infinity by default. */
  lowerBound: byDefault(-Infinity, aNumber),
  /**
   * The fields on which the term is an energy. Samplers of continuous fields, of spins and of labels
   * ('potts') refuse a term of other fields. Where none is declared, samplers of spins accept only a polynomial of the
   * values or a function of s_i s_j, such as a cosine of a difference.
   */
  codomain: oneOf(...CODOMAINS),
};

/** Options of a term. */
export interface TermOptions extends Options, OptionsOf<typeof termOptions> {}

/** One term of an energy: a sum over edges, nodes, stars or all nodes, with its parameters. */
export interface Term extends Required<Omit<TermOptions, 'codomain'>>, Pick<TermOptions, 'codomain'> {
  readonly parameters: Parameters;
  /** What an array-valued parameter is indexed by. */
  readonly indexedBy: 'edge' | 'node' | 'none';
  /**
   * What generated code is made from; absent for terms that are not made of expressions: they run on tensors.
   */
  readonly code?: StepTerm | undefined;
  /** The text of the function of a term without `code`: its hash is made of it. */
  readonly source?: string;
  /** The term as a sum in LaTeX. */
  latex(): string;
  /** The same term with some parameters replaced; unknown names are ignored. */
  with(parameters: Parameters): Term;
  /**
   * The term with the parameters that it takes from a graph, where it takes any: `hamiltonian` holds this
   * one.
   */
  resolved?(graph: Graph): Term;
  /** The term on a graph. Throws RangeError where an array-valued parameter has the wrong length. */
  on(graph: Graph): BoundTerm;
}

/** States are Float64Array [nodes, components]; tensors float32 [nodes, components, chains]. */
export interface BoundTerm {
  energy64(state: Float64Array, components: number): number;
  addGradient64(out: Float64Array, state: Float64Array, components: number): void;
  /** Local changes of this state. The caller announces every later change of the state by `commit`. */
  track(state: Float64Array, components: number): Moves;
  /** Energy of each chain, shape [chains]. */
  energy(values: Tensor3D): Tensor1D;
  /** Gradient, shaped as the values. Weights [edges, 1, chains] multiply each edge's part of a bond. */
  gradient(values: Tensor3D, edgeWeights?: Tensor3D): Tensor3D;
  /** Frees the parameter tensors held on the backend. */
  dispose(): void;
}

/** The energy changes of moves at single nodes, from a state that the caller keeps. */
export interface Moves {
  /** H(state with `value` at `node`) - H(state). */
  change(node: number, value: ArrayLike<number>): number;
  /** To be called just before the caller writes `value` at `node`. */
  commit(node: number, value: ArrayLike<number>): void;
}
