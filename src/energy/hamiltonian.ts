// H(x) = sum of terms on a graph: energy and gradient of every chain as tfjs tensors, the same in
// float64, local changes for single-site moves, and the formula.
// EMTD section 1.1, Definition 1.2, without the factor 1/2: H = sum over edges of J_ij |T_i - T_j|^2.
import type { Tensor, Tensor1D, Tensor3D } from '@tensorflow/tfjs';
import { gpuPhases, type LangevinMethod, langevinUpdate, wasmProgram } from '../codegen/index.js';
import { inspectText, jupyterDisplay, latexTable, latexText, type MimeBundle } from '../display/index.js';
import { byOperations, tf } from '../tensors/index.js';
import type { Graph } from '../graph/index.js';
import { parameterLines, parameterRows, titled } from './shownTerm.js';
import { EnergyInPlace } from './energyOnTensors.js';
import { notLocal, stepTerms } from './localTerms.js';
import type { Parameters } from './parameters.js';
import type { BoundTerm, Moves, Term } from './term.js';

/** Width of the second difference of `laplacian64`: error about 1e-7 of the fourth derivative. */
const SECOND_DIFFERENCE = 1e-3;

export interface SourceOptions {
  /** Of the field: 1 unless given. */
  readonly components?: number;
  /** From 4 on they stand in the lanes, below that nodes do: 1 unless given. */
  readonly chains?: number;
  readonly method?: LangevinMethod;
}

/** `tensors` are plain operations of tfjs, which are the reference; `auto` is generated code wherever it can be. */
export interface EvaluateOptions {
  readonly engine?: 'auto' | 'tensors';
}

export interface GradientOptions extends EvaluateOptions {
  /** [edges, 1, chains]: each edge's part of the bonds is multiplied by its weight; on tensors, for energies of bonds and sites. */
  readonly edgeWeights?: Tensor3D;
}

/** States are Float64Array [nodes, components]; tensors are float32 [nodes, components, chains]. */
export class Hamiltonian {
  readonly #bound: readonly BoundTerm[];
  #inPlace: EnergyInPlace | undefined;

  constructor(readonly graph: Graph, readonly terms: readonly Term[]) {
    if (terms.length === 0) throw new RangeError('hamiltonian: needs at least one term, got none');
    this.#bound = terms.map((term) => term.on(graph));
  }

  /** H of each chain, shape [chains]. Its gradient in tfjs is `gradient`. */
  energy(values: Tensor3D, { engine = 'auto' }: EvaluateOptions = {}): Tensor1D {
    this.#checkTensor('energy', values);
    const onTensors = (): Tensor1D => tf.tidy(() => tf.addN(this.#bound.map((term) => term.energy(values))) as Tensor1D);
    const code = this.#generated('energy', engine);
    if (engine === 'tensors') return byOperations(onTensors);
    if (!code) return onTensors();
    if (!tf.engine().isTapeOn()) return code.energy(values) ?? onTensors();
    return tf.customGrad((x, save) => {
      (save as (saved: Tensor[]) => void)([x as Tensor]);
      const gradFunc = (slope: Tensor, saved: Tensor[]): Tensor => tf.mul(this.gradient(saved[0] as Tensor3D), slope);
      return { value: code.energy(values) ?? onTensors(), gradFunc };
    })(values) as Tensor1D;
  }

  /**
   * dH/dx, shaped as the values. While tfjs records for a second derivative it is made of operations of tfjs.
   * @throws TypeError for weights of edges where a term is neither a bond nor a site
   */
  gradient(values: Tensor3D, { engine = 'auto', edgeWeights }: GradientOptions = {}): Tensor3D {
    this.#checkTensor('gradient', values);
    if (edgeWeights && notLocal(this.terms)) throw new TypeError(`gradient: ${notLocal(this.terms)}, and its edges have no parts of their own`);
    const code = this.#generated('gradient', edgeWeights ? 'tensors' : engine);
    const onTensors = (): Tensor3D => tf.tidy(() => tf.addN(this.#bound.map((term) => term.gradient(values, edgeWeights))) as Tensor3D);
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
  laplacian64(state: Float64Array): number {
    const components = this.#components('laplacian64', state);
    const moves = this.track(state);
    let trace = 0;
    for (let i = 0; i < this.graph.nodeCount; i++) {
      const value = state.slice(i * components, (i + 1) * components);
      for (let k = 0; k < components; k++) {
        const x = value[k];
        const width = SECOND_DIFFERENCE * Math.max(1, Math.abs(x));
        for (const step of [width, -width]) {
          value[k] = x + step;
          trace += moves.change(i, value) / width ** 2;
        }
        value[k] = x;
      }
    }
    return trace;
  }

  /** H(state with `value` at `node`) - H(state). */
  localChange(state: Float64Array, node: number, value: ArrayLike<number>): number {
    return this.track(state).change(node, value);
  }

  /** Local changes of a state that is then changed move by move: sums over all nodes are carried along. */
  track(state: Float64Array): Moves {
    const components = this.#components('track', state);
    const moves = this.#bound.map((term) => term.track(state, components));
    return {
      change: (node, value) => {
        let change = 0;
        for (const term of moves) change += term.change(node, value);
        return change;
      },
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
    if (unknown.length > 0) {
      throw new RangeError(`with: no term has a parameter ${unknown.join(', ')}; known: ${[...known].join(', ')}`);
    }
    return new Hamiltonian(this.graph, this.terms.map((term) => term.with(parameters)));
  }

  /**
   * The code that is generated for a Langevin step of this energy, to be read: in WebAssembly's text format or in WGSL.
   *
   * @throws TypeError for a term that generated code cannot hold
   * @example energy.source('wasm', { components: 2 })
   */
  source(target: 'wasm' | 'wgsl', options: SourceOptions = {}): string {
    if (target !== 'wasm' && target !== 'wgsl') throw new RangeError(`source: target must be wasm or wgsl, got ${String(target)}`);
    const { components = 1, chains = 1, method = 'leimkuhler-matthews' } = options;
    const [terms, update, shape] = [stepTerms('source', this.terms), langevinUpdate[method], { components, chains }];
    if (target === 'wasm') return wasmProgram(terms, update, shape, 'free').text;
    return gpuPhases(terms, update, shape, 'free').map(({ program }) => program.code).join('\n');
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
    return hamiltonianBundle(this);
  }

  [inspectText](): string {
    return `Hamiltonian { ${this.toString()} }`;
  }

  /** What runs generated code, if every term has it and the tensors lie where it reaches them. */
  #generated(method: string, engine: string): EnergyInPlace | undefined {
    if (engine !== 'auto' && engine !== 'tensors') throw new RangeError(`${method}: engine must be auto or tensors, got ${engine}`);
    if (engine === 'tensors' || tf.getBackend() !== 'wasm') return undefined;
    return (this.#inPlace ??= notLocal(this.terms) ? undefined : new EnergyInPlace(this.graph, this.terms));
  }

  #components(method: string, state: Float64Array): number {
    const components = state.length / this.graph.nodeCount;
    if (!Number.isInteger(components) || components === 0) {
      throw new RangeError(
        `${method}: the state must be [nodes, components] on ${this.graph.nodeCount} nodes, got ${state.length} numbers`,
      );
    }
    return components;
  }

  #checkTensor(method: string, values: Tensor3D): void {
    if (values.shape.length !== 3 || values.shape[0] !== this.graph.nodeCount) {
      throw new RangeError(
        `${method}: values must be [nodes, components, chains] on ${this.graph.nodeCount} nodes, ` +
          `got [${values.shape.join(', ')}]`,
      );
    }
  }
}

/**
 * The energy of a field on a graph as a sum of terms.
 *
 * @throws RangeError for no terms or parameters of the wrong length, TypeError for parameters not finite
 * @example
 * const energy = hamiltonian(ring(10), [
 *   bond((a, b, J) => a.sub(b).squaredNorm().mul(J), { J: 1 }),
 *   site((x, h) => x.squaredNorm().sub(1).square().mul(h), { h: 0.25 }),
 * ]);
 */
export const hamiltonian = (graph: Graph, terms: readonly Term[]): Hamiltonian => new Hamiltonian(graph, terms);

function hamiltonianBundle(energy: Hamiltonian): MimeBundle {
  const table = latexTable([
    ...titled(['parameter', 'value', 'term'], energy.terms.flatMap(parameterRows)), [[latexText('graph'), latexText(energy.graph.name), '']],
  ]);
  return {
    'text/latex': `$$${energy.latex()}$$\n\n$$${table}$$`,
    'text/plain': [energy.toString(), ...energy.terms.flatMap(parameterLines)].join('\n'),
  };
}
