// The conformance suite of a term: whether its gradient, local change, lower bound and tensors belong to
// its energy, and whether it treats nodes and edge directions alike. Public, so that it runs on every variant.
//
// gradient        |dH/dx - (H(x+h) - H(x-h)) / 2h|        central differences, float64
// local change    |dH(i, x') - (H(x with x' at i) - H(x))|
// lower bound     H(x) >= declared bound, on random states of three amplitudes
// relabelling     H(P x on P G) = H(x on G)
// edge direction  H does not depend on which end of an edge is named first
// compiled        gradient, and of bonds and sites the energy, by generated code against float64: with nodes in the lanes, and chains
// tensors         energy and gradient by operations of tfjs, in float32, against float64
import { tensor3d, type Tensor3D, tidy } from '@tensorflow/tfjs';
import { LANES } from '../codegen/index.js';
import { htmlTable, inspectText, jupyterDisplay, type MimeBundle } from '../display/index.js';
import { tf } from '../tensors/index.js';
import { fromEdges, type Graph, permuteNodes, smallWorld } from '../graph/index.js';
import { normals, Purpose, randomKey, type Seed, shuffle, uniformGenerator } from '../random/index.js';
import { Hamiltonian } from './hamiltonian.js';
import { EnergyInPlace } from './energyOnTensors.js';
import { notLocal } from './localTerms.js';
import { isOriented, type Parameter, type Parameters } from './parameters.js';
import type { Term } from './term.js';

export interface TermCheck {
  readonly rule: 'gradient' | 'local change' | 'lower bound' | 'relabelling' | 'edge direction' | 'compiled' | 'tensors';
  readonly passed: boolean;
  /** Largest deviation found, relative to the size of what is compared. */
  readonly deviation: number;
  readonly tolerance: number;
}

/** What the suite found; shows itself as one line a rule. */
export class TermReport {
  constructor(readonly term: string, readonly checks: readonly TermCheck[]) {}

  get passed(): boolean {
    return this.checks.every(({ passed }) => passed);
  }

  /** The rules that do not hold. */
  get failures(): TermCheck['rule'][] {
    return this.checks.filter(({ passed }) => !passed).map(({ rule }) => rule);
  }

  toString(): string {
    const lines = this.checks.map(({ rule, passed, deviation, tolerance }) =>
      `  ${rule.padEnd(14)} ${passed ? 'holds ' : 'BROKEN'}  deviation ${deviation.toExponential(1)}, allowed ${tolerance.toExponential(0)}`,
    );
    return [`${this.term}: ${this.passed ? 'passes' : 'fails'}`, ...lines].join('\n');
  }

  [jupyterDisplay](): MimeBundle {
    return { 'text/html': reportTable(this), 'text/plain': this.toString() };
  }

  [inspectText](): string {
    return this.toString();
  }
}

export interface CheckTermOptions {
  /** The graph to check on; array-valued parameters must fit it. Default: a small world of 12 nodes. */
  readonly graph?: Graph;
  /** Components of the field. */
  readonly components?: number;
  readonly seed?: Seed;
}

/** Relative deviations allowed: rounding of the difference quotients, and of float32. */
const TOLERANCE = { gradient: 1e-6, exact: 1e-9, float32: 1e-4, directional: 2e-2 };
const AMPLITUDES = [0.1, 1, 3];

/**
 * Checks one term on random states, on every engine that answers at once: float64, generated code where the backend is wasm,
 * and operations of tfjs. (WebGPU answers later; its code is made from the same text.)
 *
 * @returns one entry a rule; a `custom` term is checked on tensors only, by directional differences
 * @example checkTerm(bond((a, b) => a.sub(b).squaredNorm())).passed  // true
 */
export function checkTerm(term: Term, options: CheckTermOptions = {}): TermReport {
  const { graph = smallWorld(12, 4, 0.3, { seed: 12 }), components = 2, seed = 1 } = options;
  const energy = new Hamiltonian(graph, [term]);
  const states = AMPLITUDES.map((amplitude, step) => randomState(graph.nodeCount * components, seed, step, amplitude));
  const checks = runsInFloat64(energy, states[0])
    ? [
        gradientCheck(energy, states),
        localChangeCheck(energy, states, components, seed),
        boundCheck(term, energy, states),
        relabellingCheck(term, energy, states, seed),
        directionCheck(term, energy, states),
        ...compiledCheck(term, energy, states, components),
        tensorCheck(energy, states, components),
      ]
    : [directionalCheck(energy, states, components, seed)];
  energy.dispose();
  return new TermReport(term.name, checks);
}

const check = (rule: TermCheck['rule'], deviation: number, tolerance: number): TermCheck =>
  // a NaN deviation must fail
  ({ rule, deviation, tolerance, passed: deviation <= tolerance });

const relative = (x: number, y: number, scale = 1): number => Math.abs(x - y) / Math.max(scale, Math.abs(x), Math.abs(y));

const largest = (deviations: Iterable<number>): number => {
  let most = 0;
  for (const deviation of deviations) if (!(deviation <= most)) most = deviation;
  return most;
};

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

function gradientCheck(energy: Hamiltonian, states: readonly Float64Array[]): TermCheck {
  const deviations = states.flatMap((state) => {
    const gradient = energy.gradient64(state);
    const scale = Math.max(1, Math.max(...gradient.map(Math.abs)));
    return Array.from(gradient, (slope, k) => {
      const width = 1e-5 * Math.max(1, Math.abs(state[k]));
      const shifted = (step: number): number => energy.energy64(state.with(k, state[k] + step));
      return relative(slope, (shifted(width) - shifted(-width)) / (2 * width), scale);
    });
  });
  return check('gradient', largest(deviations), TOLERANCE.gradient);
}

function localChangeCheck(
  energy: Hamiltonian,
  states: readonly Float64Array[],
  components: number,
  seed: Seed,
): TermCheck {
  const deviations = states.map((start, step) => {
    const state = start.slice();
    const moves = energy.track(state);
    const proposals = randomState(state.length, seed, 100 + step, 1);
    return largest(
      // commits between the changes: terms that carry sums along must keep them right
      Array.from({ length: energy.graph.nodeCount }, (_, node) => {
        const value = proposals.slice(node * components, (node + 1) * components);
        const before = energy.energy64(state);
        const change = moves.change(node, value);
        moves.commit(node, value);
        return relative(change, energy.energy64(state) - before, Math.max(1, Math.abs(before)));
      }),
    );
  });
  return check('local change', largest(deviations), TOLERANCE.exact);
}

function boundCheck(term: Term, energy: Hamiltonian, states: readonly Float64Array[]): TermCheck {
  const below = states.map((state) => {
    const value = energy.energy64(state);
    return Math.max(0, term.lowerBound - value) / Math.max(1, Math.abs(value));
  });
  return check('lower bound', largest(below), TOLERANCE.exact);
}

function relabellingCheck(term: Term, energy: Hamiltonian, states: readonly Float64Array[], seed: Seed): TermCheck {
  const { graph } = energy;
  const label = shuffle(Uint32Array.from({ length: graph.nodeCount }, (_, i) => i), uniformGenerator(seed, 'relabelling'));
  const renamed = new Hamiltonian(permuteNodes(graph, label), [
    term.indexedBy === 'node' ? term.with(relabelled(term.parameters, label)) : term,
  ]);
  const deviations = states.map((state) => {
    const components = state.length / graph.nodeCount;
    const moved = new Float64Array(state.length);
    label.forEach((to, from) => moved.set(state.subarray(from * components, (from + 1) * components), to * components));
    return relative(energy.energy64(state), renamed.energy64(moved));
  });
  return check('relabelling', largest(deviations), TOLERANCE.exact);
}

function directionCheck(term: Term, energy: Hamiltonian, states: readonly Float64Array[]): TermCheck {
  const reversed = new Hamiltonian(turnedEdges(energy.graph), [term.with(turned(term.parameters))]);
  const deviations = states.map((state) => relative(energy.energy64(state), reversed.energy64(state)));
  return check('edge direction', largest(deviations), TOLERANCE.exact);
}

function tensorCheck(energy: Hamiltonian, states: readonly Float64Array[], components: number): TermCheck {
  const deviations = states.map((state) => fromFloat64(energy, state, ...onTensors(energy, state, components)));
  return check('tensors', largest(deviations), TOLERANCE.float32);
}

/** Generated code, where the term has it and the backend runs it. */
function compiledCheck(term: Term, energy: Hamiltonian, states: readonly Float64Array[], components: number): TermCheck[] {
  if (!term.code || tf.getBackend() !== 'wasm') return [];
  const code = new EnergyInPlace(energy.graph, [term]);
  const deviations = states.flatMap((state) => [1, LANES].map((chains) => tidy(() => {
    const values: Tensor3D = tensor3d(Float32Array.from(state), [energy.graph.nodeCount, components, 1]).tile([1, 1, chains]);
    const slopes = code.gradient(values)?.slice([0, 0, chains - 1]).dataSync<'float32'>();
    const value = notLocal([term]) ? undefined : code.energy(values)?.dataSync()[chains - 1];
    return slopes ? [fromFloat64(energy, state, value, slopes)] : []; // none where the memory ends too soon
  }))).flat();
  code.dispose();
  return deviations.length === 0 ? [] : [check('compiled', largest(deviations), TOLERANCE.float32)];
}

function fromFloat64(energy: Hamiltonian, state: Float64Array, value: number | undefined, slopes: Float32Array): number {
  const exact = energy.gradient64(state);
  const scale = Math.max(1, Math.max(...exact.map(Math.abs)));
  return largest([
    ...(value === undefined ? [] : [relative(value, energy.energy64(state))]),
    ...exact.map((slope, k) => relative(slope, slopes[k], scale)),
  ]);
}

/** For custom terms: (H(x + e v) - H(x - e v)) / 2e against grad H . v, in float32. */
function directionalCheck(
  energy: Hamiltonian,
  states: readonly Float64Array[],
  components: number,
  seed: Seed,
): TermCheck {
  const deviations = states.map((state, step) => {
    const direction = randomState(state.length, seed, 200 + step, 1);
    const width = 1e-2;
    const shifted = (sign: number): number =>
      onTensors(energy, state.map((x, k) => x + sign * width * direction[k]), components)[0];
    const [, gradient] = onTensors(energy, state, components);
    const slope = gradient.reduce((sum, g, k) => sum + g * direction[k], 0);
    return relative((shifted(1) - shifted(-1)) / (2 * width), slope);
  });
  return check('gradient', largest(deviations), TOLERANCE.directional);
}

function onTensors(energy: Hamiltonian, state: Float64Array, components: number): [number, Float32Array] {
  return tidy(() => {
    const values: Tensor3D = tensor3d(Float32Array.from(state), [energy.graph.nodeCount, components, 1]);
    const [value, slopes] = [energy.energy(values, { engine: 'tensors' }), energy.gradient(values, { engine: 'tensors' })];
    return [value.dataSync()[0], slopes.dataSync() as Float32Array];
  });
}

/** The graph with every other edge turned round; edge order kept. */
function turnedEdges({ nodeCount, edgeCount, endpoints, couplings }: Graph): Graph {
  const edges = Array.from({ length: edgeCount }, (_, e): [number, number] =>
    e % 2 === 0 ? [endpoints[2 * e + 1], endpoints[2 * e]] : [endpoints[2 * e], endpoints[2 * e + 1]]);
  return fromEdges(nodeCount, edges, { couplings: couplings, connected: false });
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

function reportTable({ term, passed, checks }: TermReport): string {
  return htmlTable({
    caption: `${term}: ${passed ? 'passes' : 'fails'}`,
    head: ['rule', 'found', 'deviation', 'allowed'],
    rows: checks.map(({ rule, passed: holds, deviation, tolerance }) =>
      [rule, holds ? 'holds' : 'BROKEN', deviation.toExponential(1), tolerance.toExponential(0)]),
    align: ['left', 'left', 'right', 'right'],
  });
}
