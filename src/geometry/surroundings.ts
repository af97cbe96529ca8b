// The nodes at most two edges from a node u, and distances to all of them: between the ends of an edge (u, v)
// and their neighbours Ollivier's curvature needs no others.
import type { Graph } from '../graphs/index.js';
import { nearDistances, type NearDistances } from './nearDistances.js';

export class Surroundings {
  /** `[N]`: the place of each node around u in what `distancesFrom` returns. */
  readonly place: Int32Array;
  readonly #graph: Graph;
  readonly #lengths: Float64Array;
  readonly #near: NearDistances;
  /** `[N]`: the length of the shortest path from u of at most two edges. */
  readonly #through: Float64Array;
  #around: number[] = [];
  readonly #rows = new Map<number, Float64Array>();

  constructor(graph: Graph, lengths: Float64Array) {
    this.#graph = graph;
    this.#lengths = lengths;
    this.#near = nearDistances(graph, lengths);
    this.#through = new Float64Array(graph.nodeCount).fill(Infinity);
    this.place = new Int32Array(graph.nodeCount);
  }

  moveTo(u: number): void {
    const { offsets, neighbours, edgeOf } = this.#graph;
    const lengths = this.#lengths;
    for (const y of this.#around) this.#through[y] = Infinity;
    this.#rows.clear();
    this.#around = [];
    this.#reach(u, 0);
    for (let h = offsets[u]; h < offsets[u + 1]; h++) {
      const [x, toX] = [neighbours[h], lengths[edgeOf[h]]];
      this.#reach(x, toX);
      for (let k = offsets[x]; k < offsets[x + 1]; k++) this.#reach(neighbours[k], toX + lengths[edgeOf[k]]);
    }
  }

  #reach(y: number, distance: number): void {
    if (this.#through[y] === Infinity) this.place[y] = this.#around.push(y) - 1;
    if (distance < this.#through[y]) this.#through[y] = distance;
  }

  /** Distances to all nodes around u; `toU` is the length of some path from the source to u. */
  distancesFrom(source: number, toU: number): Float64Array {
    const known = this.#rows.get(source);
    if (known !== undefined) return known;
    const row = this.#near(source, this.#around, (y) => toU + this.#through[y]);
    this.#rows.set(source, row);
    return row;
  }
}
