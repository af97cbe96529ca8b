// Damaged networks: counts of parts and broken pairs against a search from every node, exact shares of
// losses, and replacement that uses local knowledge alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import {
  brokenPairs,
  complete,
  disjointUnion,
  distancesFrom,
  fromEdges,
  type Graph,
  percolate,
  replaceLostPeers,
  ring,
  smallWorld,
  survivors,
} from '../../src/graphs/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';

const setting = fc.record({
  N: fc.integer({ min: 5, max: 40 }),
  seed: fc.integer({ min: 0, max: 1e6 }),
  keep: fc.double({ min: 0.1, max: 1, noNaN: true }),
});
const worldOf = (N: number, seed: number): Graph => smallWorld(N, 4, 0.3, { seed, connected: false });

/** By search from every node. */
function searched(graph: Graph): number {
  const N = graph.nodeCount;
  let broken = 0;
  for (let i = 0; i < N; i++) broken += distancesFrom(graph, i).filter((d) => d < 0).length;
  return N < 2 ? 0 : broken / (N * (N - 1));
}

test('what is left are the surviving nodes and the links between them; parts and broken pairs are those of a search', () => {
  fc.assert(
    fc.property(setting, ({ N, seed, keep }) => {
      const graph = worldOf(N, seed);
      const { graph: rest, nodes, alive, largest, brokenPairs: broken } = percolate(graph, { keep, seed });
      assert.equal(nodes.length, Math.round(keep * N));
      assert.deepEqual(
        [...nodes],
        [...alive.keys()].filter((node) => alive[node] === 1),
      );
      const pairs = (g: Graph, name: (k: number) => number): string[] =>
        Array.from({ length: g.edgeCount }, (_, e) =>
          [name(g.endpoints[2 * e]), name(g.endpoints[2 * e + 1])].sort((a, b) => a - b).join(),
        ).sort();
      const inner = pairs(graph, (k) => k).filter((pair) =>
        pair.split(',').every((node) => alive[Number(node)]),
      );
      assert.deepEqual(
        pairs(rest, (k) => nodes[k]),
        inner,
      );
      assert.ok(Math.abs(broken - searched(rest)) < 1e-12);
      const reached = Math.max(
        ...Array.from(nodes.keys(), (k) => distancesFrom(rest, k).filter((d) => d >= 0).length),
      );
      assert.ok(Math.abs(largest - reached / nodes.length) < 1e-12);
    }),
    { numRuns: 60 },
  );
});

test('links lost: exactly the share, all nodes stay; every node and link is as likely to go as another', () => {
  const graph = worldOf(20, 3);
  const [nodes, edges] = [new Float64Array(20), new Float64Array(graph.edgeCount)];
  const runs = 1000;
  for (let seed = 0; seed < runs; seed++) {
    percolate(graph, { keep: 0.3, seed }).alive.forEach((word, i) => (nodes[i] += word));
    const rest = percolate(graph, { keep: 0.25, of: 'edges', seed });
    assert.equal(rest.graph.edgeCount, 10);
    assert.equal(rest.nodes.length, 20);
    for (let e = 0; e < graph.edgeCount; e++) {
      if (rest.graph.neighboursOf(graph.endpoints[2 * e]).includes(graph.endpoints[2 * e + 1])) edges[e]++;
    }
  }
  for (const [counts, p] of [
    [nodes, 0.3],
    [edges, 0.25],
  ] as const) {
    counts.forEach((count, k) =>
      assert.ok(Math.abs(count - p * runs) < 5 * Math.sqrt(runs * p * (1 - p)), `${k}: ${count}`),
    );
  }
});

test('by hand: two rings, one node, a weighted path cut in the middle', () => {
  assert.ok(Math.abs(brokenPairs(disjointUnion([ring(5), ring(5)])) - 25 / 45) < 1e-15);
  assert.equal(brokenPairs(fromEdges(1, [])), 0);
  const cut = survivors(
    fromEdges(
      5,
      [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
      ],
      { couplings: [1, 2, 3, 4] },
    ),
    [1, 1, 0, 1, 1],
  );
  assert.deepEqual([...cut.graph.couplings], [1, 4]);
  assert.ok(Math.abs(cut.brokenPairs - 4 / 6) < 1e-15 && cut.largest === 0.5);
});

test('a lost hub: its peers join up among themselves, with the couplings they had to it', () => {
  const star = fromEdges(
    6,
    [1, 2, 3, 4, 5].map((leaf): [number, number] => [0, leaf]),
    { couplings: [1, 2, 3, 4, 5] },
  );
  for (let seed = 0; seed < 20; seed++) {
    const { graph } = replaceLostPeers(star, [0, 1, 1, 1, 1, 1], { seed });
    assert.ok(graph.edgeCount >= 3 && graph.edgeCount <= 4, `${graph.edgeCount} links`); // the first serves two
    for (let node = 0; node < 5; node++) assert.ok(graph.degree(node) >= 1, 'one without a peer');
    graph.couplings.forEach((J, e) =>
      assert.ok([graph.endpoints[2 * e], graph.endpoints[2 * e + 1]].some((k) => k + 1 === J)),
    );
  }
});

test('replacement: nobody loses a peer, no link twice, none across what was never joined, and never worse', () => {
  fc.assert(
    fc.property(setting, ({ N, seed, keep }) => {
      const graph = worldOf(N, seed);
      const damaged = percolate(graph, { keep, seed });
      const mended = replaceLostPeers(graph, damaged.alive, { seed });
      assert.deepEqual([...mended.nodes], [...damaged.nodes]);
      assert.ok(mended.brokenPairs <= damaged.brokenPairs + 1e-12);
      const { components } = graph; // no link across what was never joined
      for (let e = 0; e < mended.graph.edgeCount; e++) {
        const [i, j] = [
          mended.nodes[mended.graph.endpoints[2 * e]],
          mended.nodes[mended.graph.endpoints[2 * e + 1]],
        ];
        assert.notEqual(i, j);
        assert.equal(components[i], components[j]);
        if (e < damaged.graph.edgeCount) assert.ok(graph.neighboursOf(i).includes(j));
      }
      mended.nodes.forEach((node, k) =>
        assert.ok(mended.graph.degree(k) >= damaged.graph.degree(k), `node ${node}`),
      );
      const edges = new Set(
        Array.from({ length: mended.graph.edgeCount }, (_, e) =>
          [...mended.graph.endpoints.subarray(2 * e, 2 * e + 2)].sort((a, b) => a - b).join(),
        ),
      );
      assert.equal(edges.size, mended.graph.edgeCount, 'a link twice');
    }),
    { numRuns: 80 },
  );
});

test('a ring with gaps of up to three is whole again, a gap of four is not', () => {
  const gaps = (length: number): number[] =>
    Array.from(
      { length: 40 },
      (_, i) => Number(i < 10 || i >= 10 + length) && Number(i < 30 || i >= 30 + length),
    );
  for (const length of [1, 2, 3]) {
    for (let seed = 0; seed < 10; seed++)
      assert.equal(replaceLostPeers(ring(40, 4), gaps(length), { seed }).graph.componentCount, 1);
  }
  assert.equal(replaceLostPeers(ring(40, 4), gaps(4), { seed: 1 }).graph.componentCount, 2);
});

test('nobody lost, nothing changes; the same seed gives the same network', () => {
  const graph = worldOf(30, 1);
  const whole = replaceLostPeers(graph, new Uint8Array(30).fill(1), { seed: 1 });
  assert.equal(whole.graph.hash, graph.hash);
  const alive = Array.from({ length: 30 }, uniformGenerator(2)).map((u) => u < 0.5);
  assert.equal(
    replaceLostPeers(graph, alive, { seed: 4 }).graph.hash,
    replaceLostPeers(graph, alive, { seed: 4 }).graph.hash,
  );
});

test('what is wrong is named', () => {
  const graph = complete(4);
  assert.throws(() => percolate(graph, { keep: 2, seed: 1 }), /percolate: keep must be in \[0, 1\], got 2/);
  assert.throws(
    () => percolate(graph, { keep: 0.5, of: 'planets' as never, seed: 1 }),
    /percolate: of must be one of nodes, edges, got "planets"/,
  );
  assert.throws(
    // @ts-expect-error
    () => percolate(graph, { keep: 0.5 }),
    /percolate: needs \{ seed \} or \{ random \}, got neither/,
  );
  assert.throws(
    () => percolate(graph, { keep: 0, seed: 1 }),
    /survivors: surviving nodes must be an integer in \[1, .* got 0/,
  );
  assert.throws(() => survivors(graph, [1, 1]), /survivors: alive must have one value per node \(4\), got 2/);
  assert.throws(
    () => replaceLostPeers(graph, [1], { seed: 1 }),
    /replaceLostPeers: alive must have one value per node \(4\), got 1/,
  );
});
