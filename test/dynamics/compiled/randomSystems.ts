// Random graphs, parameters, energies and fields on which engines must agree, and what agreement is.
import assert from 'node:assert/strict';
import { fc } from '../../property.js';
import {
  bond,
  oriented,
  site,
  type BondEnergy,
  Hamiltonian,
  type SiteEnergy,
} from '../../../src/energies/index.js';
import { fromEdges, ring, type Graph } from '../../../src/graphs/index.js';
import { normals, randomKey, uniformGenerator } from '../../../src/randomness/index.js';
import { bondEnergies, siteEnergies, symmetricBonds } from '../../codegen/randomExpressions.js';

/** A tree with some more edges, of any shape, some nodes with none of them. */
export const graphs = (most: { readonly nodes: number; readonly extra: number }): fc.Arbitrary<Graph> =>
  fc
    .record({ nodes: fc.integer({ min: 2, max: most.nodes }), seed: fc.nat(1000), extra: fc.nat(most.extra) })
    .map(({ nodes, seed, extra }) => {
      const random = uniformGenerator(seed, 'graph');
      const edges = new Map<string, [number, number]>();
      const join = (a: number, b: number): void =>
        void (a !== b && !edges.has(`${b}-${a}`) && edges.set(`${a}-${b}`, [a, b]));
      for (let i = 1; i < nodes; i++) if (random() < 0.9) join(i, Math.floor(random() * i));
      for (let e = 0; e < extra; e++) join(Math.floor(random() * nodes), Math.floor(random() * nodes));
      return edges.size > 0 ? fromEdges(nodes, [...edges.values()], { connected: false }) : ring(3);
    });

/** Uniform in [-1, 1). */
export const column = (length: number, seed: number): Float64Array => {
  const random = uniformGenerator(seed, 'column');
  return Float64Array.from({ length }, () => 2 * random() - 1);
};

export const randomField = (length: number, seed: number, scale = 1.5): Float32Array =>
  normals(new Float32Array(length), randomKey(seed), { step: 0, purpose: 1, nodes: length, lanes: 1 }).map(
    (x) => scale * x,
  );

/** What a random energy is made of. */
export interface Recipe {
  readonly siteEnergy: SiteEnergy;
  readonly bondEnergy: BondEnergy;
  readonly otherBond: BondEnergy;
  /** Of the parameters. */
  readonly kind: 'number' | 'array' | 'oriented';
  readonly seed: number;
}

export const recipe = {
  siteEnergy: siteEnergies,
  bondEnergy: fc.oneof(bondEnergies, symmetricBonds),
  otherBond: symmetricBonds,
  kind: fc.constantFrom('number' as const, 'array' as const, 'oriented' as const),
  seed: fc.nat(10_000),
};

export function randomEnergy(
  graph: Graph,
  { siteEnergy, bondEnergy, otherBond, kind, seed }: Recipe,
): Hamiltonian {
  const edges = column(graph.edgeCount, seed);
  const J = kind === 'number' ? 0.7 : kind === 'array' ? edges : oriented(edges);
  const h = kind === 'number' ? -0.4 : column(graph.nodeCount, seed + 1);
  return new Hamiltonian(graph, [
    bond(bondEnergy, { J, K: 0.3 }),
    site(siteEnergy, { h }),
    bond(otherBond, { J: 0.2 }),
  ]);
}

/** To so much of the largest number, or of 1. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  assert.equal(actual.length, expected.length, what);
  const size = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  for (let at = 0; at < expected.length; at++) {
    const difference = Math.abs(actual[at] - expected[at]);
    assert.ok(
      difference <= tolerance * size,
      `${what}: at ${at} got ${actual[at]}, expected ${expected[at]}`,
    );
  }
}
