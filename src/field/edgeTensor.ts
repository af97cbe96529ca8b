// Edge tensors T_ij, one per peer connection, with the Hermitian symmetry that makes the network undirected:
//   T_ij = conj(T_ji)        no self term; conj is the identity on reals and reverses the sign of an angle
// An edge field therefore stores T_ab for a < b, in whichever order the graph names the ends; T_ba follows
// by conjugation. A directed protocol has two tensors per edge: one per half-edge i -> j, in the graph's
// CSR order, and max |T_ij - conj T_ji| says how far from Hermitian it is. Source: EMTD Definition 1.1, T_ij
// = chi(D_ij) (x) phi_ij; EMTD-1.2. Dimensionless.
import { card, counted, type MimeBundle, rangeText, summarised } from '../display/index.js';
import type { Graph } from '../graph/index.js';
import { Field } from './field.js';
import type { Codomain } from './declaration.js';
import { requireField } from './requireField.js';

/** One tensor per half-edge: row h belongs to i -> neighbours[h] for offsets[i] <= h < offsets[i + 1]. */
export interface DirectedTensors {
  readonly codomain: Codomain;
  readonly components: number;
  readonly chains: number;
  /** [2 edges, components, chains] row-major. */
  readonly values: Float32Array;
}

/**
 * T_ij of an edge field, in float64: the stored tensor if i < j, else its conjugate.
 *
 * @throws RangeError unless {i, j} is an edge of the graph and the field lives on its edges
 * @example
 * edgeTensor(graph, field, 1, 0); // [1, -2] where edgeTensor(graph, field, 0, 1) is [1, 2], complex
 */
export function edgeTensor(graph: Graph, field: Field, i: number, j: number, chain = 0): Float64Array {
  requireEdgeField('edgeTensor', graph, field);
  for (let h = graph.offsets[i]; h < graph.offsets[i + 1]; h++) {
    if (graph.neighbours[h] !== j) continue;
    const edge = graph.edgeOf[h];
    return Float64Array.from({ length: field.components }, (_, k) =>
      (i < j ? 1 : conjugateSign(field.codomain, k)) * field.at(edge, k, chain));
  }
  throw new RangeError(`edgeTensor: {${i}, ${j}} is not an edge of ${graph.name}`);
}

/** Both orientations of an edge field: T_ij and T_ji = conj(T_ij). */
export function directedTensors(graph: Graph, field: Field): DirectedTensors {
  requireEdgeField('directedTensors', graph, field);
  const { codomain, components, chains } = field;
  const values = new Float32Array(2 * field.values.length);
  eachEntry(graph, field, (stored, forward, backward, sign) => {
    values[forward] = field.values[stored];
    values[backward] = sign * field.values[stored];
  });
  return summarised({ codomain, components, chains, values }, directedCard);
}

/**
 * max |T_ij - conj T_ji| over edges and chains, |.| the norm over the components: 0 for an undirected
 * protocol. Angles are compared by the chord |e^{i x} - e^{i y}|.
 */
export function hermitianDefect(graph: Graph, tensors: DirectedTensors): number {
  const { values, codomain, components, chains } = tensors;
  requireTensors('hermitianDefect', graph, tensors);
  const squares = new Float64Array(graph.edgeCount * chains);
  eachEntry(graph, tensors, (stored, forward, backward, sign) => {
    const difference = values[forward] - sign * values[backward];
    const distance = codomain === 'angle' ? 2 * Math.sin(difference / 2) : difference;
    squares[Math.floor(stored / (components * chains)) * chains + stored % chains] += distance ** 2;
  });
  return Math.sqrt(squares.reduce((most, square) => Math.max(most, square), 0));
}

/**
 * The Hermitian part (T_ij + conj T_ji) / 2 as an edge field: the nearest undirected protocol.
 *
 * @throws RangeError unless the tensors are real or complex
 */
export function hermitianPart(graph: Graph, tensors: DirectedTensors): Field {
  const { codomain, components, chains, values } = tensors;
  requireTensors('hermitianPart', graph, tensors);
  if (codomain !== 'real' && codomain !== 'complex') {
    throw new RangeError(`hermitianPart: tensors must be real or complex, got ${codomain}`);
  }
  const part = new Float32Array(values.length / 2);
  eachEntry(graph, tensors, (stored, forward, backward, sign) => {
    part[stored] = (values[forward] + sign * values[backward]) / 2;
  });
  return new Field(part, { support: 'edge', codomain, sites: graph.edgeCount, components, chains });
}

/** The sign that conjugation gives to component k. */
export const conjugateSign = (codomain: Codomain, k: number): 1 | -1 =>
  codomain === 'angle' || (codomain === 'complex' && k % 2 === 1) ? -1 : 1;

export const requireEdgeField = (caller: string, graph: Graph, field: Field): void =>
  requireField(caller, field, { support: 'edge', sites: graph.edgeCount });

/** Visits every entry of an edge field: its index, and those of T_ab and T_ba (a < b) by half-edges. */
export function eachEntry(
  graph: Graph, { codomain, components, chains }: Pick<DirectedTensors, 'codomain' | 'components' | 'chains'>,
  visit: (index: number, forward: number, backward: number, sign: 1 | -1) => void,
): void {
  const halves = halfEdges(graph);
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    for (let k = 0; k < components; k++) {
      const sign = conjugateSign(codomain, k);
      for (let chain = 0; chain < chains; chain++) {
        const at = (row: number): number => (row * components + k) * chains + chain;
        visit(at(edge), at(halves[2 * edge]), at(halves[2 * edge + 1]), sign);
      }
    }
  }
}

/** [2 edges]: for each edge, the half-edge from its lower end and the one from its higher end. */
function halfEdges({ nodeCount, edgeCount, offsets, neighbours, edgeOf }: Graph): Int32Array {
  const halves = new Int32Array(2 * edgeCount);
  for (let i = 0; i < nodeCount; i++) {
    for (let h = offsets[i]; h < offsets[i + 1]; h++) halves[2 * edgeOf[h] + (i < neighbours[h] ? 0 : 1)] = h;
  }
  return halves;
}

export function requireTensors(
  caller: string, graph: Graph, { components, chains, values }: DirectedTensors,
): void {
  const needed = 2 * graph.edgeCount * components * chains;
  if (values.length === needed) return;
  throw new RangeError(`${caller}: ${graph.edgeCount} edges need ${needed} values, got ${values.length}`);
}

export function directedCard({ codomain, components, chains, values }: DirectedTensors): MimeBundle {
  const halfEdges = values.length / (components * chains);
  return card(`${codomain} tensors on ${counted(halfEdges, 'half-edge')}`, {
    shape: `[${halfEdges}, ${components}, ${chains}] = [half-edges, components, chains]`,
    values: rangeText(values),
  });
}
