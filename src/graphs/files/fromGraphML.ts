// A graph from GraphML: its nodes, its undirected edges, and one attribute of each. Source: Brandes et al.,
// GraphML, LNCS 2265 (2002) 501, DOI 10.1007/3-540-45848-4_59,
// http://graphml.graphdrawing.org/specification.html; without nested graphs, hyperedges and ports.
//   <key id="d0" for="edge" attr.name="weight" attr.type="double"/>
//   <graph edgedefault="undirected"> <node id="a"/> <node id="b"/> <edge source="a" target="b"> <data
// key="d0">2</data> </edge> </graph>
import { got } from '../../numerics/check.js';
import { type OptionsOf, readOptions } from '../../numerics/options.js';
import { aString } from '../../numerics/rules.js';
import { type GraphOptions, graphOptions } from '../generators/fromEdges.js';
import type { Graph } from '../graph.js';
import { NamedEdges } from './namedEdges.js';
import { type Element, readXml } from './xml.js';

const graphMLOptions = {
  /**
   * The edge attribute (`attr.name`) that holds J_ij; by default `weight`, where the text declares it, else
   * all couplings are 1.
   */
  weight: aString,
  /** The node attribute that holds the names; by default they are the nodes' ids. */
  label: aString,
  ...graphOptions,
};

/** Options of `fromGraphML`. */
export interface GraphMLOptions extends GraphOptions, OptionsOf<typeof graphMLOptions> {}

/** An attribute that the text declares. */
interface Key {
  readonly id: string;
  readonly standard?: string | undefined;
}

/**
 * The graph of a GraphML text, as NetworkX, igraph, Gephi and yEd write it. Nodes are numbered in the order
 * of the text; `graph.nodeNames` has their names.
 *
 * @throws RangeError that names the line, the rule and the value: a text that is not XML or not GraphML, a
 * directed edge, a hyperedge, a nested graph, an edge of a node that is not there, a self loop, an edge that
 * is there already, a weight that is missing or not a decimal number; for a disconnected graph unless
 * `connected` is false; TypeError unless the text is a string
 * @example
 * const graph = graphs.fromGraphML(`<graphml><graph edgedefault="undirected">
 *   <node id="Ann"/><node id="Bob"/><edge source="Ann" target="Bob"/>
 * </graph></graphml>`);
 * graph.nodeNames; // ['Ann', 'Bob']
 */
export function fromGraphML(text: string, options: GraphMLOptions = {}): Graph {
  const { weight: asked, label: named, ...shown } = readOptions('fromGraphML', options, graphMLOptions);
  if (typeof text !== 'string') throw new TypeError(`fromGraphML: text must be a string, got ${got(text)}`);
  const edges = new NamedEdges('fromGraphML');
  const root = readXml(text, (line, fault) => edges.refuse(line, 'the text must be XML', fault));
  if (root.name !== 'graphml')
    edges.refuse(root.line, 'the text must be a graphml element', `<${root.name}>`);
  const [graph, second] = inside(root, 'graph');
  if (!graph) return edges.refuse(root.line, 'there must be a graph', 'none');
  if (second) edges.refuse(second.line, 'there must be one graph', 'a second one');

  const weight = keyOf(edges, root, 'edge', asked ?? 'weight', asked !== undefined);
  const label = named === undefined ? undefined : keyOf(edges, root, 'node', named, true);
  const names = new Set<string>();
  for (const node of inside(graph, 'node')) {
    const id = attribute(edges, node, 'id');
    if (edges.has(id)) edges.refuse(node.line, 'the id of a node must be its own', got(id));
    edges.node(id);
    const name = label ? valueOf(edges, node, label, named!) : id;
    if (names.has(name)) edges.refuse(node.line, 'names must be distinct', got(name));
    names.add(name);
  }
  const directed = graph.attributes['edgedefault'] === 'directed';
  for (const edge of inside(graph, 'edge')) {
    if ((edge.attributes['directed'] ?? String(directed)) === 'true')
      edges.refuse(edge.line, 'edges must be undirected', 'a directed one');
    const [from, to] = ['source', 'target'].map((end) => attribute(edges, edge, end));
    for (const end of [from, to])
      if (!edges.has(end)) edges.refuse(edge.line, 'an edge must join nodes of the graph', got(end));
    edges.add(edge.line, from, to, weight && valueOf(edges, edge, weight, asked ?? 'weight'));
  }
  refuseOthers(edges, graph);
  return edges.graph(shown, [...names]);
}

const inside = ({ children }: Element, name: string): Element[] =>
  children.filter((child) => child.name === name);

function attribute(edges: NamedEdges, { attributes, line }: Element, what: string): string {
  return attributes[what] ?? edges.refuse(line, `the attribute ${what} must be given`, 'none');
}

/** What this lab's graphs do not have. */
function refuseOthers(edges: NamedEdges, graph: Element): void {
  const known = ['node', 'edge', 'data', 'desc'];
  for (const child of graph.children) {
    if (!known.includes(child.name))
      edges.refuse(child.line, `a graph must hold ${known.join(', ')} alone`, `<${child.name}>`);
    const nested = inside(child, 'graph')[0];
    if (nested) edges.refuse(nested.line, 'graphs must not be nested', `one in a ${child.name}`);
  }
}

function keyOf(
  edges: NamedEdges,
  root: Element,
  of: 'node' | 'edge',
  name: string,
  isAsked: boolean,
): Key | undefined {
  const keys = inside(root, 'key').filter(({ attributes }) =>
    [of, 'all', undefined].includes(attributes['for']),
  );
  const key = keys.find(({ attributes }) => attributes['attr.name'] === name);
  if (key) return { id: attribute(edges, key, 'id'), standard: inside(key, 'default')[0]?.text.trim() };
  if (!isAsked) return undefined;
  const known = keys.map(({ attributes }) => got(attributes['attr.name'])).join(', ');
  return edges.refuse(
    root.line,
    `there must be a key of attr.name ${got(name)} for ${of}s`,
    known === '' ? 'no key' : known,
  );
}

function valueOf(edges: NamedEdges, element: Element, { id, standard }: Key, name: string): string {
  const data = inside(element, 'data').find(({ attributes }) => attributes['key'] === id);
  return (
    data?.text.trim() ?? standard ?? edges.refuse(element.line, `the attribute ${name} must be given`, 'none')
  );
}
