// A graph and the parameters of an energy's terms as the flat arrays that generated code reads.
import { countName, couplingName, directionName, FAR_GROUP, LANES, parameterName } from '../codegen/index.js';
import type { Graph } from '../graphs/index.js';
import { isOriented, valuesOf } from './parameters.js';
import type { Term } from './term.js';

/** Arrays by the name of the buffer, numbers by the name of the field. */
export interface Tables {
  readonly arrays: Readonly<Record<string, Int32Array | Float32Array>>;
  readonly numbers: Readonly<Record<string, number>>;
}

/** Where the half-edges stand: node by node, or in slots of four nodes each. */
interface HalfEdges {
  readonly arrays: Readonly<Record<string, Int32Array>>;
  readonly places: number;
  /** The place of each half-edge; absent where place h is half-edge h. */
  readonly placeOf: Int32Array | undefined;
}

/**
 * In bytes: a field above the first is larger than a core's own cache; rows closer than the second are found
 * in it.
 */
const [LARGE, CLOSE] = [2 ** 20, 2 ** 18];

/** The neighbours that a step reads in advance, by group of nodes; none while the field is small. */
export function farNeighbours(
  { nodeCount, offsets, neighbours }: Graph,
  width: number,
): Record<'far' | 'farOffsets', Int32Array> {
  const farOffsets = new Int32Array(Math.ceil(nodeCount / FAR_GROUP) + 1);
  if (4 * width * nodeCount <= LARGE) return { far: new Int32Array(), farOffsets };
  const close = CLOSE / (4 * width);
  const far = new Int32Array(neighbours.length);
  let count = 0;
  for (let i = 0; i < nodeCount; i++) {
    for (let h = offsets[i]; h < offsets[i + 1]; h++)
      if (Math.abs(neighbours[h] - i) > close) far[count++] = neighbours[h];
    farOffsets[Math.floor(i / FAR_GROUP) + 1] = count;
  }
  return { far: far.slice(0, count), farOffsets };
}

export function tablesOf(graph: Graph, terms: readonly Term[], chains: number): Tables {
  const halfEdges = chains >= LANES ? byNode(graph) : inSlots(graph);
  const arrays: Record<string, Int32Array | Float32Array> = { ...halfEdges.arrays };
  const numbers: Record<string, number> = {};
  terms.forEach((term, t) => {
    const code = term.code!;
    Object.values(term.parameters).forEach((value, k) => {
      const name = parameterName(t, k);
      const values = valuesOf(value);
      if (typeof values === 'number') numbers[name] = values;
      else if (code.kind !== 'bond') arrays[name] = Float32Array.from(values);
      else
        arrays[name] = alongBonds(graph, halfEdges, values, isOriented(value) && code.isSymmetric ? -1 : 1);
    });
    if (code.kind === 'bond' && !code.isSymmetric)
      arrays[directionName(t)] = alongBonds(graph, halfEdges, undefined, -1);
    if (code.kind === 'global') numbers[countName(t)] = graph.nodeCount;
    if (code.kind === 'star' && code.tapes.bodies.inputs.includes(code.coupling)) {
      arrays[couplingName(t)] = alongBonds(graph, halfEdges, graph.couplings, 1);
    }
  });
  return { arrays, numbers };
}

export function edgesOf(graph: Graph, chains: number): Int32Array {
  if (chains >= LANES) return graph.edgeOf;
  const { places, placeOf } = inSlots(graph);
  const edges = new Int32Array(places);
  graph.edgeOf.forEach((e, h) => (edges[placeOf![h]] = e));
  return edges;
}

const byNode = ({ offsets, neighbours }: Graph): HalfEdges => ({
  arrays: { offsets, neighbours },
  places: neighbours.length,
  placeOf: undefined,
});

const slots = new WeakMap<Graph, HalfEdges>();

/**
 * Slot s of a group holds the s-th neighbours of its four nodes. A node with fewer neighbours stands there
 * itself.
 */
function inSlots(graph: Graph): HalfEdges {
  let known = slots.get(graph);
  if (known) return known;
  const { nodeCount, offsets: rows, neighbours } = graph;
  const groups = Math.ceil(nodeCount / 4);
  const offsets = new Int32Array(groups + 1);
  const degrees = new Int32Array(4 * groups);
  for (let i = 0; i < nodeCount; i++) degrees[i] = rows[i + 1] - rows[i];
  for (let g = 0; g < groups; g++) {
    offsets[g + 1] =
      offsets[g] + Math.max(degrees[4 * g], degrees[4 * g + 1], degrees[4 * g + 2], degrees[4 * g + 3]);
  }
  const slotted = new Int32Array(4 * offsets[groups]);
  const placeOf = new Int32Array(neighbours.length);
  for (let g = 0; g < groups; g++) {
    for (let lane = 0; lane < 4; lane++) {
      const i = 4 * g + lane;
      for (let s = offsets[g], k = 0; s < offsets[g + 1]; s++, k++) {
        const place = 4 * s + lane;
        const isThere = i < nodeCount && k < degrees[i];
        slotted[place] = isThere ? neighbours[rows[i] + k] : Math.min(i, nodeCount - 1);
        if (isThere) placeOf[rows[i] + k] = place;
      }
    }
  }
  known = { arrays: { offsets, degrees, slots: slotted }, places: slotted.length, placeOf };
  slots.set(graph, known);
  return known;
}

/** The value of an edge (1 without) at its half-edges, times `fromSecond` at that of its second end. */
function alongBonds(
  graph: Graph,
  { places, placeOf }: HalfEdges,
  values: ArrayLike<number> | undefined,
  fromSecond: 1 | -1,
): Float32Array {
  const { nodeCount, offsets, edgeOf, endpoints } = graph;
  const out = new Float32Array(places);
  for (let i = 0; i < nodeCount; i++) {
    for (let h = offsets[i]; h < offsets[i + 1]; h++) {
      const e = edgeOf[h];
      const sign = endpoints[2 * e] === i ? 1 : fromSecond;
      out[placeOf ? placeOf[h] : h] = sign * (values ? values[e] : 1);
    }
  }
  return out;
}
