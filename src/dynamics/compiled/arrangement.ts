// A system as the rows of sweeps of single-site moves: the classes of a colouring one after another, and at the end the nodes
// that are held, which no sweep reaches. Where nodes stand in the lanes, rows without neighbours fill each class to whole vectors.
import type { MoveOrder } from '../../codegen/index.js';
import type { Term } from '../../energy/index.js';
import { isOriented } from '../../energy/parameters.js';
import { colouring } from '../../graph/structure/colouring.js';
import { Graph } from '../../graph/index.js';

export interface Arrangement {
  /** [N]: the row of each node. */
  readonly rowOf: Int32Array;
  /** The node of each row, or -1. */
  readonly nodeOf: Int32Array;
  /** The ranges of rows that are swept one after another. */
  readonly classes: readonly { readonly from: number; readonly size: number }[];
  /** Nodes that are swept: without a colouring, the first rows. */
  readonly free: number;
  readonly graph: Graph;
}

/** @param lanes of nodes: each class fills a multiple of them @param reach the most bonds between nodes that interact */
export function arrange(graph: Graph, order: MoveOrder, pinned: readonly number[], lanes: number, reach: 1 | 2): Arrangement {
  const { nodeCount } = graph;
  const isHeld = new Uint8Array(nodeCount);
  for (const node of pinned) isHeld[node] = 1;
  const free = nodeCount - isHeld.reduce((sum, held) => sum + held, 0);
  const { colours, count } = order === 'colouring' ? colouring(graph, reach) : { colours: new Int32Array(nodeCount), count: 1 };
  const sizes = new Int32Array(count);
  for (let i = 0; i < nodeCount; i++) sizes[colours[i]] += 1 - isHeld[i];
  let top = 0;
  const classes = Array.from(sizes, (nodes) => {
    const size = lanes * Math.ceil(nodes / lanes);
    return { from: (top += size) - size, size };
  });
  const next = classes.map(({ from }) => from);
  const rowOf = new Int32Array(nodeCount);
  const nodeOf = new Int32Array(top + lanes * Math.ceil((nodeCount - free) / lanes)).fill(-1);
  let held = top;
  for (let i = 0; i < nodeCount; i++) {
    const row = isHeld[i] ? held++ : next[colours[i]]++;
    rowOf[i] = row;
    nodeOf[row] = i;
  }
  const endpoints = graph.endpoints.map((node) => rowOf[node]);
  return { rowOf, nodeOf, classes, free, graph: new Graph(nodeOf.length, endpoints, graph.equalCoupling ?? graph.couplings, graph.name) };
}

/** The term with its values by node in the order of the rows. */
export function arrangedTerm(term: Term, { nodeOf }: Arrangement): Term {
  if (term.indexedBy !== 'node') return term;
  return term.with(Object.fromEntries(Object.entries(term.parameters).map(([name, value]) => {
    if (typeof value === 'number' || isOriented(value)) return [name, value];
    return [name, Float64Array.from(nodeOf, (node) => (node < 0 ? 0 : value[node]))];
  })));
}
