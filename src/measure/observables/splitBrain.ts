// The split-brain detector (EMTD section 4.2): are there two large camps with different values? Camps are the
// connected sets of nodes that hold the same value; for the two largest, A and B,
//   cut           edges between A and B, and the sum of their couplings: the interface
//   conductance   couplings that leave A over the smaller of the sums of degrees (by couplings) in A and
// outside
//   overlap       share of the nodes of A and B on which the sign of the Fiedler vector, the graph's own
// bottleneck, agrees with
//                 the camps, from 1/2 (unrelated) to 1
// With an energy 2 J per unlike edge, as in H = - sum J s_i s_j, the interface costs 2 x its couplings.
// Sources: Fiedler, Czech. Math. J. 23 (1973) 298; Chung, Spectral Graph Theory (1997), chapter 2
// (conductance).
import { card, formatNumber, numeral, showAs } from '../../display/index.js';
import { type Graph, laplacianModes, requireUnsigned } from '../../graphs/index.js';
import { byDefault, type OptionsOf, readOptions } from '../../numerics/options.js';
import { each, finite, openFraction } from '../../numerics/rules.js';

/** The two largest camps of agreeing nodes, and the edges between them. */
export interface SplitBrain {
  /** Whether both camps are large. */
  readonly split: boolean;
  /** Nodes of the largest camp, and of the next: empty where all agree. */
  readonly camps: readonly [readonly number[], readonly number[]];
  /** The values that they hold, by component; NaN for no camp. */
  readonly values: readonly [readonly number[], readonly number[]];
  readonly cutEdges: number;
  /** Sum of their couplings. */
  readonly cutCouplings: number;
  /** Conductance of the largest camp; 0 where all agree. */
  readonly conductance: number;
  /**
   * Agreement with the Fiedler cut; NaN without a second camp, where no single mode is the slowest, and above
   * 2048 nodes.
   */
  readonly overlap: number;
}

const MOST_NODES = 2048;
/** Relative: eigenvalues closer than this count as equal, and no single mode is the slowest. */
const SAME = 1e-9;

const splitOptions = {
  /** The fraction of the nodes from which on a camp is large, at most 1/2; 0.25 by default. */
  fraction: byDefault(0.25, openFraction),
};

/**
 * The two largest camps of a discrete state and what lies between them.
 *
 * @param state [nodes, components]
 * @throws RangeError for a state that does not fit the graph or is not finite, or a share outside (0, 1/2]
 * @example
 * measure.splitBrain(ring(8), Float64Array.of(1, 1, 1, 1, -1, -1, -1, -1)).cutEdges; // 2
 */
export function splitBrain(
  graph: Graph,
  state: ArrayLike<number>,
  options: OptionsOf<typeof splitOptions> = {},
): SplitBrain {
  requireUnsigned('splitBrain', graph);
  const { fraction: share } = readOptions('splitBrain', options, splitOptions);
  each(finite)('splitBrain', 'state', state as never);
  const components = state.length / graph.nodeCount;
  if (!Number.isInteger(components) || components < 1) {
    throw new RangeError(
      `splitBrain: the state must be [nodes, components] on ${graph.nodeCount} nodes, got ${state.length} numbers`,
    );
  }
  if (share > 0.5) throw new RangeError(`splitBrain: fraction must be in (0, 1/2], got ${share}`);
  const valueOf = (node: number): number[] =>
    Array.from({ length: components }, (_, k) => state[node * components + k]);
  const camps = campsOf(graph, (a, b) => valueOf(a).every((x, k) => x === state[b * components + k]));
  const [first, second] = [camps[0], camps[1] ?? []];
  const camp = new Int8Array(graph.nodeCount);
  first.forEach((node) => (camp[node] = 1));
  second.forEach((node) => (camp[node] = 2));
  const cut = [...graph.couplings.keys()].filter(
    (edge) => camp[graph.endpoints[2 * edge]] * camp[graph.endpoints[2 * edge + 1]] === 2,
  );
  return showAs<SplitBrain>(
    {
      split: second.length >= share * graph.nodeCount,
      camps: [first, second],
      values: [first, second].map((nodes) =>
        nodes.length > 0 ? valueOf(nodes[0]) : new Array<number>(components).fill(NaN),
      ) as [number[], number[]],
      cutEdges: cut.length,
      cutCouplings: cut.reduce((sum, edge) => sum + graph.coupling(edge), 0),
      conductance: conductanceOf(graph, camp),
      overlap: second.length > 0 && graph.nodeCount <= MOST_NODES ? overlapOf(graph, first, second) : NaN,
    },
    splitBrainCard,
  );
}

/** Connected sets of agreeing nodes, the largest first. */
function campsOf(graph: Graph, agree: (a: number, b: number) => boolean): number[][] {
  const visited = new Uint8Array(graph.nodeCount);
  const camps: number[][] = [];
  for (let start = 0; start < graph.nodeCount; start++) {
    if (visited[start]) continue;
    const camp = [start];
    visited[start] = 1;
    for (let k = 0; k < camp.length; k++) {
      for (const node of graph.neighboursOf(camp[k])) {
        if (visited[node] || !agree(start, node)) continue;
        visited[node] = 1;
        camp.push(node);
      }
    }
    camps.push(camp);
  }
  return camps.sort((a, b) => b.length - a.length);
}

function conductanceOf(graph: Graph, camp: Int8Array): number {
  let [leaving, inside, outside] = [0, 0, 0];
  for (let h = 0; h < graph.endpoints.length; h++) {
    const coupling = graph.coupling(h >> 1);
    const [here, there] = [camp[graph.endpoints[h]] === 1, camp[graph.endpoints[h ^ 1]] === 1];
    if (here) inside += coupling;
    else outside += coupling;
    if (here && !there) leaving += coupling;
  }
  return outside === 0 ? 0 : leaving / Math.min(inside, outside);
}

function overlapOf(graph: Graph, first: readonly number[], second: readonly number[]): number {
  const {
    eigenvalues,
    modes: [, fiedler],
  } = laplacianModes(graph);
  if (graph.nodeCount > 2 && eigenvalues[2] - eigenvalues[1] < SAME * eigenvalues[2]) return NaN;
  const positive =
    first.filter((node) => fiedler[node] > 0).length + second.filter((node) => fiedler[node] <= 0).length;
  const share = positive / (first.length + second.length);
  return Math.max(share, 1 - share);
}

const splitBrainCard = ({ split, camps, cutEdges, cutCouplings, conductance, overlap }: SplitBrain) =>
  card(split ? 'Split in two camps' : 'No split', {
    'nodes of the largest camps': camps.map((camp) => numeral(camp.length)).join(' and '),
    'edges between them': numeral(cutEdges),
    'couplings between them': formatNumber(cutCouplings),
    conductance: formatNumber(conductance),
    'overlap with the Fiedler cut': Number.isNaN(overlap) ? undefined : formatNumber(overlap),
  });
