// Graphs without an object per edge: the same as by plain lists, small in memory, and refused when they
// cannot fit.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { fc } from '../property.js';
import {
  complete,
  fromEdges,
  type Graph,
  randomRegular,
  ring,
  smallWorld,
  torus,
} from '../../src/graphs/index.js';
import { requireMemory } from '../../src/graphs/memory.js';
import { type RandomSource, uniformGenerator } from '../../src/randomness/index.js';
import {
  type Pairs,
  plainComplete,
  plainRandomRegular,
  plainRing,
  plainSmallWorld,
  plainTorus,
} from './plainGenerators.js';

const pairsOf = ({ endpoints, edgeCount }: Graph): number[][] =>
  Array.from({ length: edgeCount }, (_, e) => [endpoints[2 * e], endpoints[2 * e + 1]]);

/** A source of uniforms that counts what is drawn from it. */
function counting(seed: number): { random: RandomSource; drawn(): number } {
  const source = uniformGenerator(seed);
  let drawn = 0;
  return { random: () => (drawn++, source()), drawn: () => drawn };
}

function assertSameDraws(
  seed: number,
  fast: (random: RandomSource) => Graph,
  plain: (random: RandomSource) => Pairs,
): void {
  const [one, other] = [counting(seed), counting(seed)];
  assert.deepEqual(pairsOf(fast(one.random)), plain(other.random));
  assert.equal(one.drawn(), other.drawn());
}

test('small worlds are those of the plain algorithm, draw for draw and edge for edge', () => {
  const share = fc.oneof(fc.constantFrom(0, 0.1, 1), fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 24 }), fc.nat(), share, fc.nat(), (n, k, p, seed) => {
      const degree = k % (n + 1);
      assertSameDraws(
        seed,
        (random) => smallWorld(n, degree, p, { random, connected: false }),
        (random) => plainSmallWorld(n, degree, p, random),
      );
    }),
    { seed: 1, numRuns: 1000 },
  );
  assertSameDraws(
    1,
    (random) => smallWorld(2000, 7, 0.5, { random, connected: false }),
    (random) => plainSmallWorld(2000, 7, 0.5, random),
  );
});

test('random regular graphs are those of the plain algorithm', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(), fc.nat(), (n, k, seed) => {
      const degree = k % n;
      fc.pre((n * degree) % 2 === 0);
      assertSameDraws(
        seed,
        (random) => randomRegular(n, degree, { random, connected: false }),
        (random) => plainRandomRegular(n, degree, random),
      );
    }),
    { seed: 2, numRuns: 500 },
  );
});

test('ring, torus and complete graph are those of their definitions, edge for edge', () => {
  const side = fc.integer({ min: 3, max: 12 });
  fc.assert(
    fc.property(side, side, (rows, columns) => {
      assert.deepEqual(pairsOf(torus(rows, columns)), plainTorus(rows, columns));
      for (let degree = 2; degree < columns; degree += 2)
        assert.deepEqual(pairsOf(ring(columns, degree)), plainRing(columns, degree));
      assert.deepEqual(pairsOf(complete(rows)), plainComplete(rows));
    }),
    { seed: 3 },
  );
});

/** Any simple graph on up to 120 nodes, with hubs, some couplings zero or all of them equal. */
const anyEdges = fc
  .record({
    nodeCount: fc.integer({ min: 1, max: 120 }),
    hubs: fc.integer({ min: 0, max: 3 }),
    filling: fc.double({ min: 0, max: 0.1, noNaN: true }),
    equal: fc.boolean(),
    seed: fc.nat(),
  })
  .map(({ nodeCount, hubs, filling, equal, seed }) => {
    const random = uniformGenerator(seed);
    const edges = plainComplete(nodeCount)
      .filter(([a]) => random() < (a < hubs ? 0.8 : filling))
      .map(([a, b]): [number, number] => (random() < 0.5 ? [a, b] : [b, a]))
      .map((pair) => ({ pair, at: random() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ pair }) => pair);
    return { nodeCount, edges, couplings: edges.map(() => (equal ? 0.5 : Math.floor(3 * random()))) };
  });

test('rows, edges of rows, couplings and hash, against plain lists', () => {
  fc.assert(
    fc.property(anyEdges, ({ nodeCount, edges, couplings }) => {
      const graph = fromEdges(nodeCount, edges, { couplings, connected: false });
      const rows: { far: number; edge: number }[][] = Array.from({ length: nodeCount }, () => []);
      edges.forEach(([a, b], edge) => {
        rows[a].push({ far: b, edge });
        rows[b].push({ far: a, edge });
      });
      for (const row of rows) row.sort((p, q) => p.far - q.far);
      assert.deepEqual(
        [...graph.neighbours],
        rows.flat().map(({ far }) => far),
      );
      assert.deepEqual(
        [...graph.edgeOf],
        rows.flat().map(({ edge }) => edge),
      );
      assert.deepEqual(
        rows.map((row) => row.length),
        rows.map((_, node) => graph.degree(node)),
      );
      assert.deepEqual([...graph.couplings], couplings);
      assert.deepEqual(
        couplings.map((_, edge) => graph.coupling(edge)),
        couplings,
      );
      const equal = new Set(couplings).size === 1;
      assert.equal(graph.equalCoupling, equal ? couplings[0] : edges.length === 0 ? 1 : undefined);

      const sorted = edges
        .map(([a, b], e) => ({ a: Math.min(a, b), b: Math.max(a, b), J: couplings[e] }))
        .toSorted((p, q) => p.a - q.a || p.b - q.b);
      const bytes = Buffer.alloc(16 * sorted.length);
      sorted.forEach(({ a, b, J }, e) =>
        bytes.writeDoubleLE(J, bytes.writeUInt32LE(b, bytes.writeUInt32LE(a, 16 * e))),
      );
      const hash = createHash('sha256')
        .update(`graph ${nodeCount} ${edges.length}\n`)
        .update(bytes)
        .digest('hex');
      assert.equal(graph.hash, hash);
    }),
    { seed: 4 },
  );
});

test('the hash of more edges than are hashed at once', () => {
  const edges = plainComplete(150); // 11175
  const bytes = Buffer.alloc(16 * edges.length);
  edges.forEach(([a, b], e) =>
    bytes.writeDoubleLE(1, bytes.writeUInt32LE(b, bytes.writeUInt32LE(a, 16 * e))),
  );
  const hash = createHash('sha256').update('graph 150 11175\n').update(bytes).digest('hex');
  assert.equal(complete(150).hash, hash);
  assert.equal(fromEdges(150, edges.toReversed()).hash, hash);
});

test('components are those of spreading labels, whatever is joined and whatever has coupling zero', () => {
  fc.assert(
    fc.property(anyEdges, ({ nodeCount, edges, couplings }) => {
      const graph = fromEdges(nodeCount, edges, { couplings, connected: false });
      const lowest = Array.from({ length: nodeCount }, (_, node) => node);
      for (let changed = true; changed; ) {
        changed = false;
        edges.forEach(([a, b], e) => {
          if (couplings[e] === 0 || lowest[a] === lowest[b]) return;
          lowest[a] = lowest[b] = Math.min(lowest[a], lowest[b]);
          changed = true;
        });
      }
      const roots = [...new Set(lowest)].sort((a, b) => a - b);
      assert.deepEqual(
        [...graph.components],
        lowest.map((node) => roots.indexOf(node)),
      );
      assert.equal(graph.componentCount, roots.length);
    }),
    { seed: 5 },
  );
});

test('a million nodes are built within 32 MB of JavaScript objects', () => {
  const script = `
    import { fromEdges, permuteNodes, randomRegular, ring, smallWorld, torus } from ${JSON.stringify(new URL('../../src/graphs/index.js', import.meta.url).href)};
    const n = 1e6;
    const lattice = ring(n, 4);
    const shown = [lattice, smallWorld(n, 4, 0.1, { seed: 1 }), torus(1000, 1000), randomRegular(n / 4, 4, { seed: 1 })].map(String);
    const other = fromEdges(n, lattice.endpoints, { couplings: new Float64Array(2 * n).fill(0.5) });
    const turned = permuteNodes(other, new Int32Array(n).map((_, i) => n - 1 - i));
    for (const graph of [lattice, turned]) graph[Symbol.for('Jupyter.display')]();
    shown.push(String(other.hash === turned.hash), String(turned.edgeOf.length));
    console.log(JSON.stringify({ shown, peak: process.resourceUsage().maxRSS * 1024 }));`;
  const start = performance.now();
  const limited = ['--max-old-space-size=32', '--input-type=module', '--eval', script];
  const { shown, peak } = JSON.parse(execFileSync(process.execPath, limited, { encoding: 'utf8' })) as {
    shown: string[];
    peak: number;
  };
  const seconds = (performance.now() - start) / 1000;
  assert.deepEqual(shown, [
    'ring(1000000, 4): 1,000,000 nodes, 2,000,000 edges, degree 4',
    shown[1],
    'torus(1000, 1000): 1,000,000 nodes, 2,000,000 edges, degree 4',
    'randomRegular(250000, 4): 250,000 nodes, 500,000 edges, degree 4',
    'true',
    '4000000',
  ]);
  assert.match(
    shown[1],
    /^smallWorld\(1000000, 4, 0\.1\): 1,000,000 nodes, 2,000,000 edges, degree 2 to \d+, mean 4$/,
  );
  assert.ok(seconds < 60, `took ${seconds} s`);
  assert.ok(peak < 2e9, `took ${peak} bytes`);
});

test('a graph too large is refused with the size needed and what there is', () => {
  const there = (): number => 8e9;
  assert.throws(() => requireMemory('ring', 4e8, 4e8, undefined, there), {
    name: 'RangeError',
    message: 'ring: 400,000,000 nodes and 400,000,000 edges need 9.6 GB of memory, there are 8 GB',
  });
  requireMemory('ring', 3e8, 3e8, undefined, there);
  assert.throws(
    () => requireMemory('ring', 3e8, 3e8, { edge: 4, node: 0 }, there),
    /need 8.4 GB of memory, there are 8 GB/,
  );
  requireMemory('ring', 10, 10, undefined, () => assert.fail('small graphs do not ask'));

  const beyond = 'a graph has at most 2^30 - 1 edges; 2,000,000,000 nodes and 8,000,000,000 edges need';
  const refuses = (make: () => Graph, message: string): void =>
    assert.throws(make, (error: Error) => error instanceof RangeError && error.message.startsWith(message));
  refuses(() => smallWorld(2e9, 8, 0.1, { seed: 1 }), `smallWorld: ${beyond} 184 GB of memory`);
  refuses(() => ring(2e9, 8), `ring: ${beyond} 144 GB of memory`);
  refuses(() => randomRegular(2e9, 8, { seed: 1 }), `randomRegular: ${beyond} `);
  refuses(
    () => torus(5e4, 5e4),
    'torus: a graph has at most 2^30 - 1 edges; 2,500,000,000 nodes and 5,000,000,000 edges need 100 GB',
  );
  refuses(
    () => complete(1e5),
    'complete: a graph has at most 2^30 - 1 edges; 100,000 nodes and 4,999,950,000 edges need 80 GB',
  );
  refuses(
    () => smallWorld(1e5, 1e5, 0, { seed: 1 }),
    'smallWorld: a graph has at most 2^30 - 1 edges; 100,000 nodes',
  );
});
