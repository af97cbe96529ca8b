// Oracles and graphs that several tests share.
import { readFileSync } from 'node:fs';
import { fc } from '../property.js';
import { fromEdges, type Graph } from '../../src/graphs/index.js';

export interface SmallGraph {
  readonly graph: string;
  readonly gff: {
    readonly mu2: number;
    readonly muMax: number;
    readonly traceLplusOverN: number;
    readonly logSpanningTrees: number;
    readonly effectiveResistance: readonly number[];
    readonly edges: readonly [number, number][];
  };
  readonly ising: readonly IsingOracle[] | null;
}

export interface IsingOracle {
  readonly T: number;
  readonly meanEnergy: number;
  readonly energyVariance: number;
  readonly meanAbsMagnetisation: number;
  readonly freeEnergy: number;
  readonly groundProbability: number;
}

export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../test/fixtures/${name}`, import.meta.url), 'utf8')) as T;
}

/** The graphs of exact-small-graphs.json, with their numbers. */
export const smallGraphs = readFixture<SmallGraph[]>('exact-small-graphs.json').map((oracle) => ({
  oracle,
  graph: fromEdges(1 + Math.max(...oracle.gff.edges.flat()), oracle.gff.edges, { name: oracle.graph }),
}));

export const path = (n: number): Graph =>
  fromEdges(
    n,
    Array.from({ length: n - 1 }, (_, i) => [i, i + 1]),
  );
export const star = (n: number): Graph =>
  fromEdges(
    n,
    Array.from({ length: n - 1 }, (_, i) => [0, i + 1]),
  );

export interface Edges {
  readonly nodeCount: number;
  readonly edges: [number, number][];
  readonly couplings: number[];
}

/** Connected weighted graphs of up to 12 nodes: a random tree, and some more edges. */
export const connectedEdges: fc.Arbitrary<Edges> = fc
  .record({
    parents: fc.array(fc.nat(), { maxLength: 11 }),
    extra: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 20 }),
    couplings: fc.infiniteStream(fc.double({ min: 0.1, max: 10, noNaN: true })),
  })
  .map(({ parents, extra, couplings }) => {
    const nodeCount = parents.length + 1;
    const edges = new Map<string, [number, number]>();
    const add = (a: number, b: number, turned: boolean): void => {
      const pair = `${Math.min(a, b)} ${Math.max(a, b)}`;
      if (a !== b && !edges.has(pair)) edges.set(pair, turned ? [b, a] : [a, b]);
    };
    parents.forEach((parent, i) => add(i + 1, parent % (i + 1), i % 2 === 0));
    for (const [a, b, turned] of extra) add(a % nodeCount, b % nodeCount, turned);
    return {
      nodeCount,
      edges: [...edges.values()],
      couplings: Array.from({ length: edges.size }, () => couplings.next().value),
    };
  });

export const graphOf = ({ nodeCount, edges, couplings }: Edges): Graph =>
  fromEdges(nodeCount, edges, { couplings });

export function assertClose(actual: number, expected: number, tolerance: number, message = ''): void {
  if (Math.abs(actual - expected) <= tolerance) return;
  throw new Error(`${message} expected ${expected} within ${tolerance}, got ${actual}`);
}
