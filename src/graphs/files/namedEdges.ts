// Edges between named nodes, gathered line by line from a file's text. What no graph can hold is refused with
// its line.
import { got } from '../../numerics/check.js';
import { fromEdges, type GraphOptions } from '../generators/fromEdges.js';
import type { Graph } from '../graph.js';

/** Such as -1.5 or 2e-3, and not 0x10. */
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

export class NamedEdges {
  readonly #nodeOf = new Map<string, number>();
  readonly #edges: [number, number][] = [];
  readonly #couplings: number[] = [];
  /** The line of each edge, by its two nodes in ascending order. */
  readonly #lineOf = new Map<string, number>();

  /** `caller` begins every error. */
  constructor(readonly caller: string) {}

  /** @throws RangeError that names the line */
  refuse(line: number, rule: string, value: string): never {
    throw new RangeError(`${this.caller}: line ${line}: ${rule}, got ${value}`);
  }

  has(name: string): boolean {
    return this.#nodeOf.has(name);
  }

  /** The number of the node of this name, a new one for a new name. */
  node(name: string): number {
    const known = this.#nodeOf.get(name);
    if (known !== undefined) return known;
    this.#nodeOf.set(name, this.#nodeOf.size);
    return this.#nodeOf.size - 1;
  }

  /** `weight` is the text that says J. */
  add(line: number, source: string, target: string, weight?: string): void {
    const shown = `${got(source)} - ${got(target)}`;
    if (source === target) this.refuse(line, 'an edge must join two nodes', shown);
    const [a, b] = [this.node(source), this.node(target)];
    const pair = a < b ? `${a} ${b}` : `${b} ${a}`;
    const earlier = this.#lineOf.get(pair);
    if (earlier !== undefined) this.refuse(line, 'edges must be distinct', `${shown}, as in line ${earlier}`);
    const J = weight === undefined ? 1 : DECIMAL.test(weight.trim()) ? Number(weight) : NaN;
    if (!Number.isFinite(J)) this.refuse(line, 'a weight must be a finite decimal number', got(weight));
    this.#lineOf.set(pair, line);
    this.#edges.push([a, b]);
    this.#couplings.push(J);
  }

  /** @param nodeNames in the place of the names by which edges are given */
  graph(
    { name, connected }: Required<GraphOptions>,
    nodeNames: readonly string[] = [...this.#nodeOf.keys()],
  ): Graph {
    if (nodeNames.length === 0)
      throw new RangeError(`${this.caller}: the text must have at least one node, got none`);
    const graph = fromEdges(nodeNames.length, this.#edges, {
      couplings: this.#couplings,
      name,
      connected: false,
      nodeNames,
    });
    if (!connected || graph.componentCount === 1) return graph;
    const components = `got ${graph.componentCount} components; pass { connected: false } to allow them`;
    throw new RangeError(`${this.caller}: the graph must be connected, ${components}`);
  }
}
