// The conformance suite of a term: whether its gradient, local change, lower bound and tensors belong to its
// energy, and whether it treats nodes and edge directions alike. Public, so that it runs on every variant.
//
// gradient        |dH/dx - (H(x+h) - H(x-h)) / 2h|        central differences, float64
// local change    |dH(i, x') - (H(x with x' at i) - H(x))|
// lower bound     H(x) >= declared bound, on random states of three amplitudes
// relabelling     H(P x on P G) = H(x on G)
// edge direction  H does not depend on which end of an edge is named first
// compiled        gradient, and of bonds and sites the energy, by generated code against float64: with nodes
// in the lanes, and chains tensors         energy and gradient by operations of tfjs, in float32, against
// float64
import type { Tensor3D } from '#tfjs';
import { LANES } from '../codegen/index.js';
import { htmlTable, inspectText, jupyterDisplay, type MimeBundle } from '../display/index.js';
import { tf } from '../tensors/index.js';
import { fromEdges, type Graph, permuteNodes, smallWorld, requireGraph } from '../graphs/index.js';
import {
  normals,
  Purpose,
  randomKey,
  type Seed,
  shuffle,
  uniformGenerator,
  aSeed,
} from '../randomness/index.js';
import { byDefault, type Options, type OptionsOf, readOptions, type Rule } from '../numerics/options.js';
import { integer } from '../numerics/rules.js';
import { Hamiltonian } from './hamiltonian.js';
import { EnergyInPlace } from './energyOnTensors.js';
import { notLocal } from './localTerms.js';
import { isOriented, type Parameter, type Parameters } from './parameters.js';
import type { Term } from './term.js';

/** One rule of `checkTerm`, and how far the term is from it. */
export interface TermCheck {
  readonly rule:
    | 'gradient'
    | 'local change'
    | 'lower bound'
    | 'relabelling'
    | 'edge direction'
    | 'compiled'
    | 'tensors';
  readonly passed: boolean;
  /** Largest deviation found, relative to the size of what is compared. */
  readonly deviation: number;
  readonly tolerance: number;
}

/**
 * What `checkTerm` found; shows itself as one line per rule.
 *
 * @example
 * const report = checkTerm(interaction({ J: 2 }));
 * report.checks.map(({ rule }) => rule); // ['gradient', 'local change', 'lower bound', 'relabelling', 'edge direction', 'compiled', ...]
 */
export class TermReport {
  constructor(
    readonly term: string,
    readonly checks: readonly TermCheck[],
  ) {}

  get passed(): boolean {
    return this.checks.every(({ passed }) => passed);
  }

  /** The rules that do not hold. */
  get failures(): TermCheck['rule'][] {
    return this.checks.filter(({ passed }) => !passed).map(({ rule }) => rule);
  }

  get #heading(): string {
    return `${this.term}: ${this.passed ? 'passes' : 'fails'}`;
  }

  get #rows(): [rule: string, found: string, deviation: string, allowed: string][] {
    return this.checks.map(({ rule, passed, deviation, tolerance }) => [
      rule,
      passed ? 'holds' : 'BROKEN',
      deviation.toExponential(1),
      tolerance.toExponential(0),
    ]);
  }

  toString(): string {
    const lines = this.#rows.map(
      ([rule, found, deviation, allowed]) =>
        `  ${rule.padEnd(14)} ${found.padEnd(6)}  deviation ${deviation}, allowed ${allowed}`,
    );
    return [this.#heading, ...lines].join('\n');
  }

  [jupyterDisplay](): MimeBundle {
    const head = ['rule', 'found', 'deviation', 'allowed'];
    const html = htmlTable({
      caption: this.#heading,
      head,
      rows: this.#rows,
      align: ['left', 'left', 'right', 'right'],
    });
    return { 'text/html': html, 'text/plain': this.toString() };
  }

  [inspectText](): string {
    return this.toString();
  }
}

const aGraph: Rule<Graph> = (caller: string, _name: string, value: Graph) => requireGraph(caller, value);

const checkTermOptions = {
  /** The graph to check on, which array-valued parameters must fit; by default a small world of 12 nodes. */
  graph: aGraph,
  /** Components of the random states; 2 by default. */
  components: byDefault(2, integer(1)),
  /** Seed of the random states; 1 by default. */
  seed: byDefault<Seed>(1, aSeed),
};

/** Options of `checkTerm`. */
export interface CheckTermOptions extends Options, OptionsOf<typeof checkTermOptions> {}

/** A term on a graph, and the random states on which it is checked. */
interface Trial {
  readonly term: Term;
  readonly energy: Hamiltonian;
  readonly states: readonly Float64Array[];
  readonly components: number;
  readonly seed: Seed;
}

/** Relative deviations allowed: rounding of the difference quotients, and of float32. */
const TOLERANCE = { gradient: 1e-6, exact: 1e-9, float32: 1e-4, directional: 2e-2 };
const AMPLITUDES = [0.1, 1, 3];

/**
 * Checks one term on random states, on every engine that answers at once: float64, generated code where the
 * backend is wasm, and operations of tfjs. (WebGPU answers later; its code is made from the same text.)
 *
 * @returns one entry per rule; a `custom` term is checked on tensors only, by directional differences
 * @throws RangeError for a term with lists of another graph than the one that it is checked on
 * @example
 * checkTerm(bond((a, b) => a.sub(b).squaredNorm())).passed; // true
 * checkTerm(bond((a, b) => a.sub(b).sum())).failures; // ['edge direction']
 */
export function checkTerm(term: Term, options: CheckTermOptions = {}): TermReport {
  const { components, seed, ...given } = readOptions('checkTerm', options, checkTermOptions);
  const graph = given.graph ?? smallWorld(12, 4, 0.3, { seed: 12 });
  const energy = onGraph(graph, term, given.graph !== undefined);
  const states = AMPLITUDES.map((amplitude, step) =>
    randomState(graph.nodeCount * components, seed, step, amplitude),
  );
  const trial: Trial = { term: energy.terms[0], energy, states, components, seed };
  const checks = runsInFloat64(energy, states[0])
    ? [
        check('gradient', gradientDeviations(trial), TOLERANCE.gradient),
        check('local change', changeDeviations(trial), TOLERANCE.exact),
        check('lower bound', boundDeviations(trial), TOLERANCE.exact),
        check('relabelling', relabellingDeviations(trial), TOLERANCE.exact),
        check('edge direction', directionDeviations(trial), TOLERANCE.exact),
        ...compiledCheck(trial),
        check(
          'tensors',
          states.map((state) => fromFloat64(energy, state, ...onTensors(trial, state))),
          TOLERANCE.float32,
        ),
      ]
    : [check('gradient', directionalDeviations(trial), TOLERANCE.directional)];
  energy.dispose();
  return new TermReport(term.name, checks);
}

/** @throws RangeError for lists that are of another graph, with the way out where none was given */
function onGraph(graph: Graph, term: Term, isGiven: boolean): Hamiltonian {
  try {
    return new Hamiltonian(graph, [term]);
  } catch (error) {
    if (isGiven || !(error instanceof RangeError)) throw error;
    const way = `by default terms are checked on ${graph.nodeCount} nodes; give the term's own graph, checkTerm(term, { graph })`;
    throw new RangeError(`checkTerm: ${error.message}; ${way}`, { cause: error });
  }
}

function check(rule: TermCheck['rule'], deviations: readonly number[], tolerance: number): TermCheck {
  const deviation = largest(deviations);
  return { rule, deviation, tolerance, passed: deviation <= tolerance }; // NaN must fail
}

/** The largest number, or NaN if there is one. */
const largest = (numbers: readonly number[]): number => numbers.reduce((most, x) => Math.max(most, x), 0);

const relative = (x: number, y: number, scale = 1): number =>
  Math.abs(x - y) / Math.max(scale, Math.abs(x), Math.abs(y));

function randomState(length: number, seed: Seed, step: number, amplitude: number): Float64Array {
  const state = new Float64Array(length);
  normals(state, randomKey(seed, 'checkTerm'), { step, purpose: Purpose.initial, nodes: length, lanes: 1 });
  return state.map((x) => amplitude * x);
}

function runsInFloat64(energy: Hamiltonian, state: Float64Array): boolean {
  try {
    energy.energy64(state);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

const gradientDeviations = ({ energy, states }: Trial): number[] =>
  states.flatMap((state) => {
    const gradient = energy.gradient64(state);
    const scale = Math.max(1, ...gradient.map(Math.abs));
    return Array.from(gradient, (slope, k) => {
      const width = 1e-5 * Math.max(1, Math.abs(state[k]));
      const shifted = (step: number): number => energy.energy64(state.with(k, state[k] + step));
      return relative(slope, (shifted(width) - shifted(-width)) / (2 * width), scale);
    });
  });

const changeDeviations = ({ energy, states, components, seed }: Trial): number[] =>
  states.flatMap((start, step) => {
    const state = start.slice();
    const moves = energy.track(state);
    const proposals = randomState(state.length, seed, 100 + step, 1);
    // commits between the changes: terms that carry sums along must keep them right
    return Array.from({ length: energy.graph.nodeCount }, (_, node) => {
      const value = proposals.slice(node * components, (node + 1) * components);
      const before = energy.energy64(state);
      const change = moves.change(node, value);
      moves.commit(node, value);
      return relative(change, energy.energy64(state) - before, Math.max(1, Math.abs(before)));
    });
  });

const boundDeviations = ({ term, energy, states }: Trial): number[] =>
  states.map((state) => {
    const value = energy.energy64(state);
    return Math.max(0, term.lowerBound - value) / Math.max(1, Math.abs(value));
  });

function relabellingDeviations({ term, energy, states, components, seed }: Trial): number[] {
  const { graph } = energy;
  const label = shuffle(
    Uint32Array.from({ length: graph.nodeCount }, (_, i) => i),
    uniformGenerator(seed, 'relabelling'),
  );
  const moving = term.indexedBy === 'node' ? term.with(relabelled(term.parameters, label)) : term;
  const renamed = new Hamiltonian(permuteNodes(graph, label), [moving]);
  return states.map((state) => {
    const moved = new Float64Array(state.length);
    label.forEach((to, from) =>
      moved.set(state.subarray(from * components, (from + 1) * components), to * components),
    );
    return relative(energy.energy64(state), renamed.energy64(moved));
  });
}

function directionDeviations({ term, energy, states }: Trial): number[] {
  const reversed = new Hamiltonian(turnedEdges(energy.graph), [term.with(turned(term.parameters))]);
  return states.map((state) => relative(energy.energy64(state), reversed.energy64(state)));
}

/** Generated code, where the term has it and the backend runs it. */
function compiledCheck({ term, energy, states, components }: Trial): TermCheck[] {
  if (!term.code || tf.getBackend() !== 'wasm') return [];
  const code = new EnergyInPlace(energy.graph, [term]);
  const deviations = states.flatMap((state) =>
    [1, LANES].flatMap((chains) =>
      tf.tidy(() => {
        const values: Tensor3D = tf
          .tensor3d(Float32Array.from(state), [energy.graph.nodeCount, components, 1])
          .tile([1, 1, chains]);
        const slopes = code
          .gradient(values)
          ?.slice([0, 0, chains - 1])
          .dataSync<'float32'>();
        const value = notLocal([term]) ? undefined : code.energy(values)?.dataSync()[chains - 1];
        return slopes ? [fromFloat64(energy, state, value, slopes)] : []; // none where the memory ends too soon
      }),
    ),
  );
  code.dispose();
  return deviations.length === 0 ? [] : [check('compiled', deviations, TOLERANCE.float32)];
}

function fromFloat64(
  energy: Hamiltonian,
  state: Float64Array,
  value: number | undefined,
  slopes: Float32Array,
): number {
  const exact = energy.gradient64(state);
  const scale = Math.max(1, ...exact.map(Math.abs));
  return largest([
    ...(value === undefined ? [] : [relative(value, energy.energy64(state))]),
    ...exact.map((slope, k) => relative(slope, slopes[k], scale)),
  ]);
}

/** For custom terms: (H(x + e v) - H(x - e v)) / 2e against grad H . v, in float32. */
const directionalDeviations = (trial: Trial): number[] =>
  trial.states.map((state, step) => {
    const direction = randomState(state.length, trial.seed, 200 + step, 1);
    const width = 1e-2;
    const shifted = (sign: number): number =>
      onTensors(
        trial,
        state.map((x, k) => x + sign * width * direction[k]),
      )[0];
    const [, gradient] = onTensors(trial, state);
    const slope = gradient.reduce((sum, g, k) => sum + g * direction[k], 0);
    return relative((shifted(1) - shifted(-1)) / (2 * width), slope);
  });

const onTensors = ({ energy, components }: Trial, state: Float64Array): [number, Float32Array] =>
  tf.tidy(() => {
    const values: Tensor3D = tf.tensor3d(Float32Array.from(state), [energy.graph.nodeCount, components, 1]);
    const [value, slopes] = [
      energy.energy(values, { engine: 'tensors' }),
      energy.gradient(values, { engine: 'tensors' }),
    ];
    return [value.dataSync()[0], slopes.dataSync() as Float32Array];
  });

/** The graph with every other edge turned round; edge order kept. */
function turnedEdges({ nodeCount, edgeCount, endpoints, couplings }: Graph): Graph {
  const edges = Array.from({ length: edgeCount }, (_, e): [number, number] =>
    e % 2 === 0 ? [endpoints[2 * e + 1], endpoints[2 * e]] : [endpoints[2 * e], endpoints[2 * e + 1]],
  );
  return fromEdges(nodeCount, edges, { couplings, connected: false });
}

/** Oriented parameters of the edges that `turnedEdges` turns round. */
const turned = (parameters: Parameters): Parameters =>
  mapped(parameters, (value) =>
    isOriented(value)
      ? { oriented: true, values: Array.from(value.values, (theta, e) => (e % 2 === 0 ? -theta : theta)) }
      : value,
  );

const relabelled = (parameters: Parameters, label: Uint32Array): Parameters =>
  mapped(parameters, (value) => {
    if (typeof value === 'number' || isOriented(value)) return value;
    const moved = new Float64Array(value.length);
    label.forEach((to, from) => (moved[to] = value[from]));
    return moved;
  });

const mapped = (parameters: Parameters, f: (value: Parameter) => Parameter): Parameters =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, f(value)]));
