// To and from graphology, a JavaScript library of graphs, for its layouts, metrics and file formats.
import { card, numeral, printAs } from '../display/index.js';
import { UndirectedGraph } from 'graphology';
import { got } from '../numerics/check.js';
import { byDefault, type Options, type OptionsOf, readOptions } from '../numerics/options.js';
import { aString } from '../numerics/rules.js';
import { fromEdges, graphOptions } from './generators/fromEdges.js';
import type { Graph } from './graph.js';
import { requireGraph } from './requireGraph.js';

const graphologyOptions = {
  /** The edge attribute that holds J_ij; all couplings are 1 by default. */
  weight: aString,
  /** What the graph is called where it shows; `graphology` by default. */
  name: byDefault('graphology', aString),
  /** Whether every node must be reachable from every other; true by default. */
  connected: graphOptions.connected,
};

/** Options of `fromGraphology`. */
export interface GraphologyOptions extends Options, OptionsOf<typeof graphologyOptions> {}

/** The part of a graphology graph, of any of its classes, that is read. */
export interface GraphologyGraph {
  readonly order: number;
  readonly directedSize: number;
  nodes(): string[];
  forEachEdge(
    visit: (edge: string, attributes: Record<string, unknown>, source: string, target: string) => void,
  ): void;
}

/**
 * The graph of a graphology graph; its nodes are numbered in graphology's order, `graph.nodes()`. Its keys
 * are their names, unless they are those numbers.
 *
 * @throws RangeError for directed edges, and whatever `fromEdges` refuses
 * @example graphs.fromGraphology(graphs.toGraphology(karateClub())).hash === karateClub().hash; // true
 */
export function fromGraphology(source: GraphologyGraph, options: GraphologyOptions = {}): Graph {
  const { weight, name, connected } = readOptions('fromGraphology', options, graphologyOptions);
  if (typeof source?.forEachEdge !== 'function') {
    throw new TypeError(`fromGraphology: source must be a graph of graphology, got ${got(source)}`);
  }
  if (source.directedSize > 0) {
    throw new RangeError(
      `fromGraphology: edges must be undirected, got ${source.directedSize} directed; use UndirectedGraph`,
    );
  }
  const keys = source.nodes();
  const index = new Map(keys.map((key, node) => [key, node]));
  const nodeNames = keys.every((key, node) => key === String(node)) ? undefined : keys;
  const edges: [number, number][] = [];
  const couplings: number[] = [];
  source.forEachEdge((_, attributes, a, b) => {
    edges.push([index.get(a)!, index.get(b)!]);
    couplings.push(weight === undefined ? 1 : (attributes[weight] as number));
  });
  return fromEdges(source.order, edges, { couplings, name, connected, ...(nodeNames && { nodeNames }) });
}

/**
 * A graphology graph whose nodes have their names as keys, or '0' ... 'N - 1', and J_ij as the edge attribute
 * `weight`.
 *
 * @example graphs.toGraphology(ring(5)).size; // 5
 */
export function toGraphology(graph: Graph): UndirectedGraph {
  requireGraph('toGraphology', graph);
  const target = new UndirectedGraph();
  const key = (node: number): string => graph.nodeNames?.[node] ?? String(node);
  for (let node = 0; node < graph.nodeCount; node++) target.addNode(key(node));
  graph.couplings.forEach((weight, edge) => {
    target.addEdge(key(graph.endpoints[2 * edge]), key(graph.endpoints[2 * edge + 1]), { weight });
  });
  return printAs(target, graphologyCard);
}

const graphologyCard = ({ order, size }: { readonly order: number; readonly size: number }) =>
  card('graphology graph', { nodes: numeral(order), edges: numeral(size) });
