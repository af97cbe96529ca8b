// Edge tensors T_ij, one per peer connection, with the Hermitian symmetry that makes the network undirected:
//   T_ij = conj(T_ji)        no self term; conj is the identity on reals and reverses the sign of an angle
// An edge field therefore stores T_ab for a < b, in whichever order the graph names the ends; T_ba follows by
// conjugation. A directed protocol has two tensors per edge: one per half-edge i -> j, in the graph's CSR
// order. Rules of motion are made of
//   adjoint       (T^+)_ij = conj T_ji        T is Hermitian when T^+ = T; max |T_ij - conj T_ji| is the
// distance from that
//   fromSources   A_ij = a_i                  a node's tensor on every half-edge that leaves it
// `fromSources(nodeTensors(T))` is the information of the near end, and its adjoint that of the far end. A
// rule that commutes with the adjoint keeps T Hermitian. Source: EMTD Definition 1.1, T_ij = chi(D_ij) (x)
// phi_ij; EMTD-1.2. Dimensionless.
import { card, countText, printAs, rangeText } from '../display/index.js';
import type { Graph } from '../graphs/index.js';
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
 * const graph = complete(2);
 * const A = fieldFrom([[1, 2]], { support: 'edge', codomain: 'complex' }); // 1 + 2 i on the one edge
 * fields.edgeTensor(graph, A, 0, 1); // [1, 2]
 * fields.edgeTensor(graph, A, 1, 0); // [1, -2]
 */
export function edgeTensor(graph: Graph, field: Field, i: number, j: number, chain = 0): Float64Array {
  requireEdgeField('edgeTensor', graph, field);
  const end = graph.offsets[i + 1];
  const half = graph.neighbours.indexOf(j, graph.offsets[i]);
  if (!(half >= 0 && half < end))
    throw new RangeError(`edgeTensor: {${i}, ${j}} is not an edge of ${graph.name}`);
  return Float64Array.from(
    { length: field.components },
    (_, k) => (i < j ? 1 : conjugateSign(field.codomain, k)) * field.at(graph.edgeOf[half], k, chain),
  );
}

/**
 * Both orientations of an edge field: T_ij and T_ji = conj(T_ij).
 *
 * @example
 * const graph = complete(2);
 * fields.directedTensors(graph, fieldFrom([[1, 2]], { support: 'edge', codomain: 'complex' })).values; // [1, 2, 1, -2]
 */
export function directedTensors(graph: Graph, field: Field): DirectedTensors {
  requireEdgeField('directedTensors', graph, field);
  const values = new Float32Array(2 * field.values.length);
  eachEntry(graph, field, (stored, forward, backward, sign) => {
    values[forward] = field.values[stored];
    values[backward] = sign * field.values[stored];
  });
  return shownTensors(field, values);
}

/**
 * The adjoint of directed tensors, (T^+)_ij = conj T_ji.
 *
 * @throws RangeError unless there is one tensor for each half-edge of the graph
 * @example
 * const graph = ring(3);
 * const A = fields.directedTensors(graph, fieldFrom([[1, 2], [3, 4], [5, 6]], { support: 'edge', codomain: 'complex' }));
 * fields.adjoint(graph, A).values.join() === A.values.join(); // true: an edge field is its own adjoint
 */
export function adjoint(graph: Graph, tensors: DirectedTensors): DirectedTensors {
  requireTensors('adjoint', graph, tensors);
  const values = new Float32Array(tensors.values.length);
  eachEntry(graph, tensors, (_, forward, backward, sign) => {
    values[forward] = sign * tensors.values[backward];
    values[backward] = sign * tensors.values[forward];
  });
  return shownTensors(tensors, values);
}

/**
 * Directed tensors from a field on nodes, A_ij = a_i: a node's own tensor, on every half-edge that leaves it.
 *
 * @throws RangeError unless the field lives on the graph's nodes
 * @example
 * const graph = ring(3);
 * fields.fromSources(graph, fieldFrom([10, 20, 30])).values; // [10, 10, 20, 20, 30, 30]: two half-edges leave each node
 */
export function fromSources(graph: Graph, field: Field): DirectedTensors {
  requireField('fromSources', field, { support: 'node', sites: graph.nodeCount });
  const lanes = field.components * field.chains;
  const values = new Float32Array(graph.neighbours.length * lanes);
  for (let i = 0; i < graph.nodeCount; i++) {
    const row = field.values.subarray(i * lanes, (i + 1) * lanes);
    for (let h = graph.offsets[i]; h < graph.offsets[i + 1]; h++) values.set(row, h * lanes);
  }
  return shownTensors(field, values);
}

/**
 * max |T_ij - conj T_ji| over edges and chains, |.| the norm over the components: 0 for an undirected
 * protocol. Angles are compared by the chord |e^{i x} - e^{i y}|.
 *
 * @example
 * const graph = complete(2);
 * fields.hermitianDefect(graph, fields.fromSources(graph, fieldFrom([1, 4]))); // 3
 */
export function hermitianDefect(graph: Graph, tensors: DirectedTensors): number {
  const { values, codomain, components, chains } = tensors;
  requireTensors('hermitianDefect', graph, tensors);
  const squares = new Float64Array(graph.edgeCount * chains);
  eachEntry(graph, tensors, (stored, forward, backward, sign) => {
    const difference = values[forward] - sign * values[backward];
    const distance = codomain === 'angle' ? 2 * Math.sin(difference / 2) : difference;
    squares[Math.floor(stored / (components * chains)) * chains + (stored % chains)] += distance ** 2;
  });
  return Math.sqrt(squares.reduce((most, square) => Math.max(most, square), 0));
}

/**
 * The Hermitian part (T_ij + conj T_ji) / 2 as an edge field: the nearest undirected protocol.
 *
 * @throws RangeError unless the tensors are real or complex
 * @example
 * const graph = complete(2);
 * fields.hermitianPart(graph, fields.fromSources(graph, fieldFrom([1, 4]))).values; // [2.5]
 */
export function hermitianPart(graph: Graph, tensors: DirectedTensors): Field {
  const { codomain, components, chains, values } = tensors;
  requireTensors('hermitianPart', graph, tensors);
  if (codomain !== 'real' && codomain !== 'complex') {
    throw new RangeError(`hermitianPart: tensors must be real or complex, got ${codomain}`);
  }
  const part = new Float32Array(values.length / 2);
  eachEntry(
    graph,
    tensors,
    (stored, forward, backward, sign) => (part[stored] = (values[forward] + sign * values[backward]) / 2),
  );
  return new Field(part, { support: 'edge', codomain, sites: graph.edgeCount, components, chains });
}

/** The sign that conjugation gives to component k. */
export const conjugateSign = (codomain: Codomain, k: number): 1 | -1 =>
  codomain === 'angle' || (codomain === 'complex' && k % 2 === 1) ? -1 : 1;

export const requireEdgeField = (caller: string, graph: Graph, field: Field): void =>
  requireField(caller, field, { support: 'edge', sites: graph.edgeCount });

type Kind = Pick<DirectedTensors, 'codomain' | 'components' | 'chains'>;

/** Visits every entry of an edge field: its index, and those of T_ab and T_ba (a < b) by half-edges. */
function eachEntry(
  { nodeCount, offsets, neighbours, edgeOf }: Graph,
  { codomain, components, chains }: Kind,
  visit: (index: number, forward: number, backward: number, sign: 1 | -1) => void,
): void {
  const back = new Int32Array(neighbours.length / 2); // by edge: the half-edge from its higher end
  const forth = new Int32Array(neighbours.length / 2);
  for (let i = 0; i < nodeCount; i++) {
    for (let h = offsets[i]; h < offsets[i + 1]; h++) (i < neighbours[h] ? forth : back)[edgeOf[h]] = h;
  }
  forth.forEach((half, edge) => {
    for (let k = 0; k < components; k++) {
      const sign = conjugateSign(codomain, k);
      for (let chain = 0; chain < chains; chain++) {
        const at = (row: number): number => (row * components + k) * chains + chain;
        visit(at(edge), at(half), at(back[edge]), sign);
      }
    }
  });
}

export function requireTensors(
  caller: string,
  graph: Graph,
  { components, chains, values }: DirectedTensors,
): void {
  const needed = 2 * graph.edgeCount * components * chains;
  if (values.length === needed) return;
  throw new RangeError(`${caller}: ${graph.edgeCount} edges need ${needed} values, got ${values.length}`);
}

const shownTensors = ({ codomain, components, chains }: Kind, values: Float32Array): DirectedTensors =>
  printAs({ codomain, components, chains, values }, directedCard);

function directedCard({ codomain, components, chains, values }: DirectedTensors) {
  const halfEdges = values.length / (components * chains);
  return card(`${codomain} tensors on ${countText(halfEdges, 'half-edge')}`, {
    shape: `[${halfEdges}, ${components}, ${chains}] = [half-edges, components, chains]`,
    values: rangeText(values),
  });
}
