// H(x) = sum of terms on a graph: energy and gradient of every chain as tfjs tensors, the same in float64,
// local changes for single-site moves, and the formula. EMTD section 1.1, Definition 1.2, without the factor
// 1/2: H = sum over edges of J_ij |T_i - T_j|^2.
import type { Tensor, Tensor1D, Tensor3D } from '#tfjs';
import { gpuPhases, type LangevinMethod, langevinUpdate, wasmProgram } from '../codegen/index.js';
import { inspectText, jupyterDisplay, latexTable, latexText, type MimeBundle } from '../display/index.js';
import { byOperations, tf } from '../tensors/index.js';
import { type Graph, requireGraph } from '../graphs/index.js';
import { got, requireInteger } from '../numerics/check.js';
import { byDefault, type Options, type OptionsOf, readOptions } from '../numerics/options.js';
import { integer, oneOf } from '../numerics/rules.js';
import { parameterLines, parameterRows, titled } from './shownTerm.js';
import { energyHash } from './energyHash.js';
import { EnergyInPlace } from './energyOnTensors.js';
import { MOST_COMPONENTS, notLocal, stepTerms } from './localTerms.js';
import type { Parameters } from './parameters.js';
import type { BoundTerm, Moves, Term } from './term.js';
import { requireUndirected } from './terms/undirected.js';

const sourceOptions = {
  /** Components of the field; 1 by default. */
  components: byDefault(1, integer(1)),
  /** Chains of the field; 1 by default. Four and more stand in the lanes; with fewer, nodes stand there. */
  chains: byDefault(1, integer(1)),
  /** The scheme of the step; `leimkuhler-matthews` by default. */
  method: byDefault<LangevinMethod>('leimkuhler-matthews', oneOf('leimkuhler-matthews', 'euler-maruyama')),
};

/** Options of an energy's `source`. */
export interface SourceOptions extends Options, OptionsOf<typeof sourceOptions> {}

/**
 * `tensors` are plain operations of tfjs, which are the reference; `auto` is generated code wherever
 * possible.
 */
export interface EvaluateOptions {
  /** `auto` by default. */
  readonly engine?: 'auto' | 'tensors';
}

/** Options of an energy's `gradient`. */
export interface GradientOptions extends EvaluateOptions {
  /**
   * `[edges, 1, chains]`: a weight multiplies the edge's part of the bonds; on tensors, for energies of bonds
   * and sites.
   */
  readonly edgeWeights?: Tensor3D;
}

/**
 * An energy H of a field on a graph, as `hamiltonian` makes it. States are Float64Array [nodes, components];
 * tensors are float32 [nodes, components, chains].
 *
 * @example
 * const energy = hamiltonian(ring(4), [interaction({ J: 2 })]);
 * energy.energy64(Float64Array.of(1, 0, 0, 0)); // 4
 * energy.localChange(Float64Array.of(1, 0, 0, 0), 0, [0]); // -4
 * energy.gradient64(Float64Array.of(1, 0, 0, 0)); // [8, -4, 0, -4]
 * energy.with({ J: 1 }).latex(); // 'H = \sum_{\langle i,j \rangle} J \, \lVert x_i - x_j \rVert^{2}'
 */
export class Hamiltonian {
  readonly #bound: readonly BoundTerm[];
  #inPlace: EnergyInPlace | undefined;
  #hash: string | undefined;

  readonly terms: readonly Term[];

  constructor(
    readonly graph: Graph,
    terms: readonly Term[],
  ) {
    requireGraph('hamiltonian', graph);
    if (!Array.isArray(terms))
      throw new TypeError(
        `hamiltonian: terms must be a list, as in hamiltonian(graph, [term]), got ${got(terms)}`,
      );
    if (terms.length === 0) throw new RangeError('hamiltonian: needs at least one term, got none');
    terms.forEach((term: Term, k) => {
      if (typeof term?.on !== 'function')
        throw new TypeError(`hamiltonian: terms[${k}] must be a term, such as bond(...), got ${got(term)}`);
    });
    this.terms = terms.map((term) => term.resolved?.(graph) ?? term);
    this.#bound = this.terms.map((term) => term.on(graph));
  }

  /** H of each chain, shape [chains]. Its gradient in tfjs is `gradient`. */
  energy(values: Tensor3D, { engine = 'auto' }: EvaluateOptions = {}): Tensor1D {
    this.#checkTensor('energy', values);
    const onTensors = (): Tensor1D =>
      tf.tidy(() => tf.addN(this.#bound.map((term) => term.energy(values))) as Tensor1D);
    const code = this.#generated('energy', values, engine);
    if (engine === 'tensors') return byOperations(onTensors);
    if (!code) return onTensors();
    if (!tf.engine().isTapeOn()) return code.energy(values) ?? onTensors();
    return tf.customGrad((x, save) => {
      (save as (saved: Tensor[]) => void)([x as Tensor]);
      const gradFunc = (slope: Tensor, saved: Tensor[]): Tensor =>
        tf.mul(this.gradient(saved[0] as Tensor3D), slope);
      return { value: code.energy(values) ?? onTensors(), gradFunc };
    })(values) as Tensor1D;
  }

  /**
   * dH/dx, shaped as the values. While tfjs records for a second derivative it is made of operations of tfjs.
   * @throws TypeError for weights of edges where a term is neither a bond nor a site
   */
  gradient(values: Tensor3D, { engine = 'auto', edgeWeights }: GradientOptions = {}): Tensor3D {
    this.#checkTensor('gradient', values);
    if (edgeWeights && notLocal(this.terms))
      throw new TypeError(`gradient: ${notLocal(this.terms)}, and its edges have no parts of their own`);
    const code = this.#generated('gradient', values, edgeWeights ? 'tensors' : engine);
    const onTensors = (): Tensor3D =>
      tf.tidy(() => tf.addN(this.#bound.map((term) => term.gradient(values, edgeWeights))) as Tensor3D);
    if (engine === 'tensors') return byOperations(onTensors);
    const inPlace = tf.engine().isTapeOn() ? undefined : code?.gradient(values);
    return inPlace ?? onTensors();
  }

  /** H of one state in float64. */
  energy64(state: Float64Array): number {
    const components = this.#components('energy64', state);
    return this.#bound.reduce((sum, term) => sum + term.energy64(state, components), 0);
  }

  /** dH/dx of one state in float64, [nodes, components]. */
  gradient64(state: Float64Array): Float64Array {
    const components = this.#components('gradient64', state);
    const out = new Float64Array(state.length);
    for (const term of this.#bound) term.addGradient64(out, state, components);
    return out;
  }

  /** Trace of the Hessian, sum over i, k of d^2 H / dx_ik^2, by second differences of local changes. */
  hessianTrace64(state: Float64Array): number {
    const components = this.#components('hessianTrace64', state);
    const moves = this.track(state);
    let trace = 0;
    state.forEach((x, at) => {
      const i = Math.floor(at / components);
      const value = state.slice(i * components, (i + 1) * components);
      const width = 1e-3 * Math.max(1, Math.abs(x)); // error about 1e-7 of the fourth derivative
      for (const shifted of [x + width, x - width]) {
        value[at % components] = shifted;
        trace += moves.change(i, value) / width ** 2;
      }
    });
    return trace;
  }

  /**
   * H(state with `value` at `node`) - H(state).
   * @throws RangeError for a node that the graph does not have, or a value of other components
   */
  localChange(state: Float64Array, node: number, value: ArrayLike<number>): number {
    const components = this.#components('localChange', state);
    requireInteger('localChange', 'node', node, 0, this.graph.nodeCount - 1);
    if (value?.length !== components) {
      throw new RangeError(
        `localChange: value must be a list of ${components}, one number per component, got ${got(value)}`,
      );
    }
    return this.track(state).change(node, value);
  }

  /** Local changes of a state that `commit` changes move by move: sums over all nodes are carried along. */
  track(state: Float64Array): Moves {
    const components = this.#components('track', state);
    const moves = this.#bound.map((term) => term.track(state, components));
    return {
      change: (node, value) => moves.reduce((sum, term) => sum + term.change(node, value), 0),
      commit: (node, value) => {
        for (const term of moves) term.commit(node, value);
        for (let k = 0; k < components; k++) state[node * components + k] = value[k];
      },
    };
  }

  /** The sum of the declared lower bounds: H never goes below. */
  get lowerBound(): number {
    return this.terms.reduce((sum, term) => sum + term.lowerBound, 0);
  }

  /**
   * SHA-256 (hex) of the graph, the formulas and the parameters, whatever the order and orientation of the
   * edges.
   */
  get hash(): string {
    return (this.#hash ??= energyHash(this.graph, this.terms));
  }

  latex(): string {
    return `H = ${this.terms.map((term) => term.latex()).join(' + ')}`;
  }

  /**
   * The same Hamiltonian with some parameters changed, in every term that has them.
   * @throws RangeError for a parameter that no term has
   */
  with(parameters: Parameters): Hamiltonian {
    const known = new Set(this.terms.flatMap((term) => Object.keys(term.parameters)));
    const unknown = Object.keys(parameters).filter((name) => !known.has(name));
    if (unknown.length > 0)
      throw new RangeError(
        `with: no term has a parameter ${unknown.join(', ')}; known: ${[...known].join(', ')}`,
      );
    return new Hamiltonian(
      this.graph,
      this.terms.map((term) => term.with(parameters)),
    );
  }

  /**
   * The generated code of a Langevin step of this energy, as text: in WebAssembly's text format or in WGSL.
   *
   * @throws TypeError for a term that generated code cannot hold
   * @example hamiltonian(ring(10), [interaction()]).source('wgsl', { components: 2 }).includes('@compute'); // true
   */
  source(target: 'wasm' | 'wgsl', options: SourceOptions = {}): string {
    if (target !== 'wasm' && target !== 'wgsl')
      throw new RangeError(`source: target must be wasm or wgsl, got ${String(target)}`);
    const { method, ...shape } = readOptions('source', options, sourceOptions);
    const [terms, update] = [stepTerms('source', this.terms), langevinUpdate[method]];
    if (target === 'wasm') return wasmProgram(terms, update, shape, 'free').text;
    return gpuPhases(terms, update, shape, 'free')
      .map(({ program }) => program.code)
      .join('\n');
  }

  /** Frees the parameter tensors held on the backend; the Hamiltonian stays usable. */
  dispose(): void {
    for (const term of this.#bound) term.dispose();
    this.#inPlace?.dispose();
  }

  toString(): string {
    return `${this.latex()}  on ${this.graph.name}`;
  }

  [jupyterDisplay](): MimeBundle {
    const rows = titled(['parameter', 'value', 'term'], this.terms.flatMap(parameterRows));
    const table = latexTable([...rows, [[latexText('graph'), latexText(this.graph.name), '']]]);
    return {
      'text/latex': `$$${this.latex()}$$\n\n$$${table}$$`,
      'text/plain': [this.toString(), ...this.terms.flatMap(parameterLines)].join('\n'),
    };
  }

  [inspectText](): string {
    return `Hamiltonian { ${this.toString()} }`;
  }

  /** What runs generated code, if every term has it and the backend is wasm. */
  #generated(method: string, values: Tensor3D, engine: string): EnergyInPlace | undefined {
    if (engine !== 'auto' && engine !== 'tensors')
      throw new RangeError(`${method}: engine must be auto or tensors, got ${engine}`);
    if (engine === 'tensors' || tf.getBackend() !== 'wasm' || values.shape[1] > MOST_COMPONENTS)
      return undefined;
    return (this.#inPlace ??= notLocal(this.terms) ? undefined : new EnergyInPlace(this.graph, this.terms));
  }

  #components(method: string, state: Float64Array): number {
    const components = state.length / this.graph.nodeCount;
    if (Number.isInteger(components) && components > 0) return components;
    throw new RangeError(
      `${method}: the state must be [nodes, components] on ${this.graph.nodeCount} nodes, got ${state.length} numbers`,
    );
  }

  #checkTensor(method: string, values: Tensor3D): void {
    const {
      graph: { nodeCount },
    } = this;
    if (values.shape.length === 3 && values.shape[0] === nodeCount) return;
    throw new RangeError(
      `${method}: values must be [nodes, components, chains] on ${nodeCount} nodes, got [${values.shape.join(', ')}]`,
    );
  }
}

/**
 * The energy of a field on a graph as a sum of terms.
 *
 * @throws RangeError for no terms or parameters of the wrong length, TypeError for parameters not finite, for
 * a wrong graph or term, and for a bond that differs from its two ends and has no oriented parameter
 * @example
 * const energy = hamiltonian(ring(10), [
 *   bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 1 }),
 *   site((x, h) => x.squaredNorm().sub(1).square().mul(h), { h: 0.25 }),
 * ]);
 * energy.energy64(new Float64Array(10)); // 2.5 = 10 h
 */
export function hamiltonian(graph: Graph, terms: readonly Term[]): Hamiltonian {
  const energy = new Hamiltonian(graph, terms);
  for (const term of terms) requireUndirected('hamiltonian', term);
  return energy;
}
