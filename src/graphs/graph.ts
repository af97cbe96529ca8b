// An undirected simple graph with an edge coupling J_ij, which may be negative: its rows (compressedRows.ts),
// components, hash and display. Source: EMTD section 1.1 (G = (V, E): nodes compute, edges connect).
import {
  addCaption,
  bars,
  binCounts,
  imageCard,
  countText,
  inspectText,
  jupyterDisplay,
  type MimeBundle,
  numeral,
  type Picture,
  rangeText,
  summaryOf,
} from '../display/index.js';
import { componentsOf } from './structure/components.js';
import { CompressedRows } from './compressedRows.js';
import { degrees, degreeText, drawing } from './graphPicture.js';
import { hashOf } from './graphHash.js';

/**
 * A graph; `fromEdges` and the generators make and check it. Its arrays must not be written to. It holds 16
 * bytes per edge and 4 per node; `edgeOf` and equal `couplings` are made when they are first read, 8 bytes
 * per edge each.
 *
 * @example
 * const club = karateClub();
 * club.degree(0); // 16
 * club.edges[0]; // [0, 1]
 * club.hash; // '0694161692950dda2ccb11cd377e7b6962bf02db84ebba4a0100671062a62926'
 */
export class Graph extends CompressedRows {
  #components: Int32Array | undefined;
  #componentCount: number | undefined;
  #hash: string | undefined;

  /**
   * `[N]`: a name for each node, no two the same; undefined where nodes have numbers alone. Names follow
   * their nodes through `permuteNodes`, `percolate`, `survivors` and `replaceLostPeers`, and to graphology
   * and back. What makes other nodes (`disjointUnion`, `splitNode`, `flowCouplings`) drops them, and `hash`
   * does not see them.
   */
  readonly nodeNames: readonly string[] | undefined;

  constructor(
    nodeCount: number,
    endpoints: Int32Array,
    couplings: Float64Array | number,
    readonly name: string,
    nodeNames?: readonly string[],
  ) {
    super(nodeCount, endpoints, couplings);
    this.nodeNames = nodeNames;
  }

  /** `[N]`: the connected component of each node, numbered by lowest node. Zero couplings do not connect. */
  get components(): Int32Array {
    return (this.#components ??= componentsOf(this));
  }

  get componentCount(): number {
    return (this.#componentCount ??= 1 + summaryOf(this.components).greatest);
  }

  /** SHA-256 (hex) of nodes, edges and couplings, whatever the order and orientation of the edges. */
  get hash(): string {
    return (this.#hash ??= hashOf(this));
  }

  /** @example String(ring(5)); // 'ring(5, 2): 5 nodes, 5 edges, degree 2' */
  override toString(): string {
    return `${this.name}: ${countText(this.nodeCount, 'node')}, ${countText(this.edgeCount, 'edge')}, degree ${degreeText(this)}`;
  }

  [jupyterDisplay](): MimeBundle {
    return graphCard(this);
  }

  [inspectText](): string {
    return `Graph ${this.toString()}`;
  }
}

const degreeBars = 30;
const namesShown = 6;

/** Hashing more edges than this takes a while; `graph.hash` still does it. */
const mostHashedEdges = 100_000;

function graphCard(graph: Graph) {
  const { nodeCount, edgeCount, componentCount, equalCoupling, name, nodeNames } = graph;
  return imageCard(
    name,
    {
      nodes: numeral(nodeCount),
      'named nodes':
        nodeNames &&
        (nodeCount > namesShown ? `${nodeNames.slice(0, namesShown).join(', ')}, ...` : nodeNames.join(', ')),
      edges: numeral(edgeCount),
      components: componentCount === 1 ? undefined : numeral(componentCount),
      degree: degreeText(graph),
      couplings:
        equalCoupling === 1
          ? undefined
          : rangeText(equalCoupling === undefined ? graph.couplings : [equalCoupling]),
      hash: edgeCount <= mostHashedEdges ? graph.hash.slice(0, 12) : undefined,
    },
    drawing(graph) ?? degreeHistogram(graph),
  );
}

/** Nodes by degree, where degrees differ. */
function degreeHistogram(graph: Graph): Picture | undefined {
  const list = degrees(graph);
  const { least, greatest } = summaryOf(list);
  if (least === greatest) return undefined;
  const bins = Math.min(degreeBars, greatest - least + 1);
  const counts = binCounts(list, least, greatest + 1, bins);
  return addCaption(bars(counts, { width: 220, height: 72, ends: [String(least), String(greatest)] }), [
    'nodes by degree',
  ]);
}
