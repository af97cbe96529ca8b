// Curvatures of edges: published values, closed forms, an independent solver of tiny transports, and
// identities.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { formanRicci, ollivierRicci } from '../../src/geometry/index.js';
import { sinkhornCost } from '../../src/geometry/sinkhorn.js';
import { transportCost } from '../../src/geometry/optimalTransport.js';
import {
  complete,
  disjointUnion,
  fromEdges,
  karateClub,
  permuteNodes,
  ring,
  smallWorld,
  torus,
} from '../../src/graphs/index.js';
import { shuffle, uniformGenerator } from '../../src/randomness/index.js';
import { assertClose, connectedEdges, graphOf, path, readFixture, star } from '../graphs/fixtures.js';
import { cube, edgeList, farthest, publishedKarate } from './fixtures.js';

interface Oracle {
  readonly graph: string;
  readonly edges: [number, number][];
  readonly ollivier: number[];
  readonly forman: number[];
  readonly formanAugmented: number[];
}

test('an independent linear program: Ollivier; by counting: Forman', () => {
  const oracles = readFixture<Oracle[]>('ricci.json');
  assert.equal(oracles.length, 4);
  for (const { graph: name, edges, ollivier, forman, formanAugmented } of oracles) {
    const graph = fromEdges(1 + Math.max(...edges.flat()), edges, { name });
    assert.ok(farthest(ollivierRicci(graph), ollivier) < 1e-10, name);
    assert.deepEqual([...formanRicci(graph)], forman, name);
    assert.deepEqual([...formanRicci(graph, { augmented: true })], formanAugmented, name);
  }
});

test('the karate club as GraphRicciCurvature publishes it, smallest at (0, 31)', () => {
  const curvatures = ollivierRicci(karateClub());
  assert.ok(farthest(curvatures, publishedKarate.curvatures) < 5.1e-7);
  const lowest = curvatures.indexOf(Math.min(...curvatures));
  assert.deepEqual(edgeList(karateClub())[lowest], [0, 31]);
  assertClose(curvatures[lowest], -41 / 96, 1e-14);
});

test('closed forms on unit lengths', () => {
  for (let n = 3; n < 9; n++) {
    for (const idleness of [0, 0.2, 0.5, 0.9]) {
      const kappa = 1 - Math.abs(idleness - (1 - idleness) / (n - 1));
      for (const found of ollivierRicci(complete(n), { idleness }))
        assertClose(found, kappa, 1e-14, `K${n} ${idleness}`);
    }
  }
  const equal = (graph: Parameters<typeof ollivierRicci>[0], kappa: number): void =>
    ollivierRicci(graph).forEach((found) => assertClose(found, kappa, 1e-14, graph.name));
  equal(ring(4), 1 / 2);
  equal(ring(5), 1 / 4);
  for (const n of [6, 7, 8, 20]) equal(ring(n), 0);
  equal(cube(), 1 / 3);
  equal(torus(6, 6), 0);
  equal(star(6), 1 / 5);
  equal(path(2), 1);
});

test('a bridge has kappa = 1/deg + 1/deg - 1 at idleness 1/2: every edge of a tree', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 20 }), (parents) => {
      const tree = fromEdges(
        parents.length + 1,
        parents.map((parent, i) => [i + 1, parent % (i + 1)]),
      );
      const kappa = edgeList(tree).map(([a, b]) => 1 / tree.degree(a) + 1 / tree.degree(b) - 1);
      assert.ok(farthest(ollivierRicci(tree), kappa) < 1e-14);
    }),
    { seed: 1 },
  );
});

/** The cheapest of all ways to carry whole units, tried one by one. */
function bruteForce(supplies: number[], demands: number[], cost: (i: number, j: number) => number): number {
  const units = demands.flatMap((count, j) => new Array<number>(count).fill(j));
  const from = supplies.flatMap((count, i) => new Array<number>(count).fill(i));
  const best = (at: number, left: number[]): number =>
    at === from.length
      ? 0
      : Math.min(
          ...left.map(
            (j, k) =>
              cost(from[at], j) +
              best(
                at + 1,
                left.filter((_, other) => other !== k),
              ),
          ),
        );
  return best(0, units);
}

const problems = fc
  .record({
    supplies: fc
      .array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 })
      .filter((list) => list.reduce((a, b) => a + b) <= 6),
    cuts: fc.array(fc.nat(5), { maxLength: 3 }),
    costs: fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.double({ min: 0, max: 5, noNaN: true })), {
      minLength: 24,
      maxLength: 24,
    }),
  })
  .map(({ supplies, cuts, costs }) => {
    const total = supplies.reduce((a, b) => a + b);
    const ends = [...new Set([...cuts.map((cut) => cut % total), 0, total])].sort((a, b) => a - b);
    return { supplies, demands: ends.slice(1).map((end, k) => end - ends[k]), costs, total };
  });

test('transport: the cheapest of all ways, tried one by one; Sinkhorn never below, and there as its regularisation falls', () => {
  fc.assert(
    fc.property(problems, ({ supplies, demands, costs, total }) => {
      const flat = Float64Array.from(costs.slice(0, supplies.length * demands.length));
      const problem = {
        supplies: Float64Array.from(supplies, (x) => x / total),
        demands: Float64Array.from(demands, (x) => x / total),
        costs: flat,
      };
      const least = bruteForce(supplies, demands, (i, j) => flat[i * demands.length + j]) / total;
      assertClose(transportCost(problem), least, 1e-12 * (1 + least));
      const smoothed = [1, 0.03].map((regularisation) => sinkhornCost(problem, regularisation));
      for (const cost of smoothed) assert.ok(cost >= least - 1e-12);
      assert.ok(smoothed[1] <= smoothed[0] + 1e-6);
      assert.ok(smoothed[1] - least <= 0.03 * Math.log(24)); // the entropy of the plan
    }),
    { seed: 2, numRuns: 150 },
  );
});

test('Sinkhorn on the karate club: from below, nearer as its regularisation falls', () => {
  const exact = ollivierRicci(karateClub());
  const errors = [0.3, 0.1, 0.02].map((regularisation) => {
    const found = ollivierRicci(karateClub(), { method: 'sinkhorn', regularisation });
    found.forEach((kappa, e) => assert.ok(kappa <= exact[e] + 1e-12));
    return farthest(found, exact);
  });
  assert.ok(errors[0] > errors[1] && errors[1] > errors[2], String(errors));
  assert.ok(errors[2] < 1e-3, String(errors));
});

const lengthsOf = (count: number, seed: number): Float64Array => {
  const random = uniformGenerator(seed);
  return Float64Array.from({ length: count }, () => 0.1 + 2 * random());
};

test('at most 1; the same in any order of nodes, in any unit of length with equal shares; proportional to 1 - idleness from 1/2 on', () => {
  fc.assert(
    fc.property(connectedEdges, fc.nat(), (input, seed) => {
      const graph = graphOf(input);
      const lengths = lengthsOf(graph.edgeCount, seed);
      const curvatures = ollivierRicci(graph, { lengths });
      for (const kappa of curvatures) assert.ok(kappa <= 1 && kappa > -10);
      const order = shuffle(
        new Int32Array(graph.nodeCount).map((_, node) => node),
        uniformGenerator(seed),
      );
      assert.ok(farthest(ollivierRicci(permuteNodes(graph, order), { lengths }), curvatures) < 1e-12);
      const equalShares = { lengths, decay: () => 0 };
      const scaled = ollivierRicci(graph, { ...equalShares, lengths: lengths.map((length) => 7 * length) });
      assert.ok(farthest(scaled, ollivierRicci(graph, equalShares)) < 1e-12);
      const half = ollivierRicci(graph);
      assert.ok(
        farthest(
          ollivierRicci(graph, { idleness: 0.8 }),
          half.map((kappa) => 0.4 * kappa),
        ) < 1e-12,
      );
      assert.ok(farthest(ollivierRicci(graph, { idleness: 1 }), new Float64Array(graph.edgeCount)) === 0);
    }),
    { seed: 3, numRuns: 60 },
  );
});

test('in a large graph, where distances are searched for each neighbourhood, as in a small one', () => {
  fc.assert(
    fc.property(connectedEdges, fc.nat(), (input, seed) => {
      const graph = graphOf(input);
      const lengths = lengthsOf(graph.edgeCount, seed);
      const large = disjointUnion([graph, ring(2100)]);
      const found = ollivierRicci(large, { lengths: [...lengths, ...new Float64Array(2100).fill(1)] });
      assert.ok(farthest(found, ollivierRicci(graph, { lengths })) < 1e-13);
      assert.ok(found.subarray(graph.edgeCount).every((kappa) => Math.abs(kappa) < 1e-14));
    }),
    { seed: 4, numRuns: 15 },
  );
  const world = smallWorld(150, 6, 0.3, { seed: 1 });
  const lengths = lengthsOf(world.edgeCount, 1);
  const large = disjointUnion([world, ring(2000)]);
  const found = ollivierRicci(large, { lengths: [...lengths, ...new Float64Array(2000).fill(1)] });
  assert.ok(farthest(found.subarray(0, world.edgeCount), ollivierRicci(world, { lengths })) < 1e-12);
});

test('an edge longer than its detour: d is the detour, and the walk goes there rarely', () => {
  const long = ollivierRicci(complete(3), { lengths: [1, 5, 1] })[1]; // edges 01, 02, 12: the long one is 02, and d = 2
  const toMiddle = 1 / (1 + Math.exp(-24)); // of the walk's moves, from 0 and from 2 alike: half of this is carried over d = 2
  assertClose(long, 1 - toMiddle / 2, 1e-14);
  const far = ollivierRicci(path(3), { lengths: [40, 40] }); // exp(-1600) underflows, shares do not
  assert.deepEqual([...far], [0.5, 0.5]);
});

test('zero lengths and components', () => {
  assert.deepEqual(
    [...ollivierRicci(path(3), { lengths: [0, 1] })].map((kappa) => Number.isFinite(kappa)),
    [true, true],
  );
  assert.equal(ollivierRicci(path(3), { lengths: [0, 1] })[0], 0);
  const apart = fromEdges(
    6,
    [
      [0, 1],
      [2, 3],
      [3, 4],
    ],
    { connected: false },
  );
  assert.ok(farthest(ollivierRicci(apart), [1, 0.5, 0.5]) < 1e-15);
  assert.equal(ollivierRicci(fromEdges(1, [])).length, 0);
});

test('errors name what is wrong', () => {
  const club = karateClub();
  assert.throws(
    () => ollivierRicci(club, { idleness: 1.5 }),
    /ollivierRicci: idleness must be in \[0, 1\], got 1.5/,
  );
  assert.throws(() => ollivierRicci(club, { idleness: NaN }), /idleness/);
  assert.throws(
    () => ollivierRicci(club, { lengths: [1] }),
    /ollivierRicci: lengths must be one per edge \(78\), got 1/,
  );
  assert.throws(
    () => ollivierRicci(ring(3), { lengths: [1, -1, 1] }),
    /between 0 and 1e\+300, got -1 for edge 1/,
  );
  assert.throws(() => ollivierRicci(ring(3), { lengths: [1, NaN, 1] }), /got NaN for edge 1/);
  assert.throws(
    () => ollivierRicci(club, { decay: () => Infinity }),
    /decay must give finite numbers, got Infinity for length 1 of edge 0/,
  );
  assert.throws(
    () => ollivierRicci(club, { method: 'sinkhorn', regularisation: 0 }),
    /regularisation must be positive/,
  );
  assert.throws(
    () => ollivierRicci(club, { method: 'best' as 'exact' }),
    /method must be one of exact, sinkhorn, got "best"/,
  );
});
