// Ricci flow: published steps, the two cliques by hand, fixed points, surgery, aborts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { Aborted } from '../../src/display/index.js';
import { flowCouplings, ollivierRicci, type RicciFlow, ricciFlow } from '../../src/geometry/index.js';
import { complete, disjointUnion, fromEdges, karateClub, ring, smallWorld } from '../../src/graphs/index.js';
import { assertClose, connectedEdges, graphOf, path } from '../graphs/fixtures.js';
import { cube, farthest, publishedKarate, sum } from './fixtures.js';
import { twoCliques, twoCliquesFlow } from './twoCliques.js';

test('three steps on the karate club as GraphRicciCurvature publishes them', async () => {
  const flow = await ricciFlow(karateClub(), { steps: 3 });
  assert.ok(farthest(flow.lengths, publishedKarate.flow) < 5.1e-7);
  assert.equal(flow.reason, 'steps');
  assert.equal(flow.spreads.length, 4);
  assertClose(sum(flow.lengths), 78, 1e-11);
  assertClose(flow.spreads[0], 0.5 + 41 / 96, 1e-14);
});

test('two cliques: the lengths by hand for ten steps', async () => {
  for (const n of [3, 4, 5, 8]) {
    const graph = twoCliques(n);
    const byHand = twoCliquesFlow(n, 10);
    for (let steps = 1; steps <= 10; steps++) {
      const { lengths } = await ricciFlow(graph, { steps });
      const { inside, gate, bridge } = byHand[steps];
      const found = [lengths[0], lengths[n - 2], lengths.at(-1)!];
      [inside, gate, bridge].forEach((length, k) =>
        assertClose(found[k] / length, 1, 1e-11, `n ${n}, step ${steps}, ${k}`),
      );
    }
  }
  assertClose(twoCliquesFlow(5, 1)[1].bridge, (1.6 * 21) / 10.7, 1e-14);
  assertClose(ollivierRicci(twoCliques(5)).at(-1)!, -0.6, 1e-14);
});

test('constant curvature: lengths stay, and a tolerance stops at once', async () => {
  for (const graph of [complete(5), ring(6), cube()]) {
    const { lengths, reason } = await ricciFlow(graph, { steps: 10 });
    for (const length of lengths) assertClose(length, 1, 1e-12, graph.name);
    assert.equal(reason, 'steps');
    const stopped = await ricciFlow(graph, { steps: 10, tolerance: 1e-9 });
    assert.deepEqual([stopped.steps, stopped.reason], [0, 'constant curvature']);
  }
});

test('one step: d (1 - step kappa), the sum kept; without normalisation the length itself', async () => {
  await fc.assert(
    fc.asyncProperty(
      connectedEdges.filter(({ edges }) => edges.length > 1),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      async (input, stepSize) => {
        const graph = graphOf(input);
        const lengths = input.couplings;
        const total = sum(lengths);
        const flow = await ricciFlow(graph, { steps: 4, stepSize, lengths });
        for (const length of flow.lengths) assert.ok(length >= 0 && Number.isFinite(length));
        assertClose(
          sum(flow.lengths) / total,
          flow.operations.length > 0 ? sum(flow.lengths) / total : 1,
          1e-10,
        );
        const free = await ricciFlow(graph, { steps: 1, stepSize, normalise: false });
        assert.ok(
          farthest(
            free.lengths,
            ollivierRicci(graph).map((kappa) => 1 - stepSize * kappa),
          ) < 1e-12,
        );
      },
    ),
    { seed: 1, numRuns: 40 },
  );
});

test('an edge longer than its detour takes its length', async () => {
  const { lengths } = await ricciFlow(complete(3), {
    steps: 1,
    stepSize: 1e-9,
    lengths: [1, 5, 1],
    normalise: false,
  });
  assertClose(lengths[1], 2, 1e-6);
});

test('small worlds: a hundred steps, no bad length', async () => {
  for (let seed = 1; seed <= 2; seed++) {
    const { lengths } = await ricciFlow(smallWorld(40, 4, 0.2, { seed }), { steps: 100 });
    for (const length of lengths) assert.ok(length >= 0 && length < Infinity);
  }
});

test('an edge that shrinks to nothing is contracted; what is left goes on', async () => {
  const pair = await ricciFlow(path(2), { steps: 5 });
  assert.deepEqual([pair.reason, pair.steps, [...pair.lengths]], ['no edges', 1, [0]]);
  assert.deepEqual(pair.operations, [{ step: 1, edge: 0, kind: 'contracted', length: 0 }]);
  const apart = await ricciFlow(disjointUnion([path(2), ring(6)]), { steps: 3 });
  assert.deepEqual([...apart.lengths], [0, 1, 1, 1, 1, 1, 1]);
  assert.ok(Number.isNaN(apart.curvatures[0]) && Math.abs(apart.curvatures[1]) < 1e-14);
});

test('zero lengths at the start are contracted: a ring of seven is a ring of six', async () => {
  const flow = await ricciFlow(ring(7), { steps: 2, lengths: [0, 1, 1, 1, 1, 1, 1] });
  assert.deepEqual([...flow.lengths], [0, 1, 1, 1, 1, 1, 1]);
  assert.deepEqual(flow.operations, [{ step: 0, edge: 0, kind: 'contracted', length: 0 }]);
  // a triangle, an edge of it contracted: the two others lie side by side, and the shorter counts
  const side = await ricciFlow(
    fromEdges(4, [
      [0, 1],
      [1, 2],
      [2, 0],
      [2, 3],
    ]),
    { steps: 0, lengths: [0, 2, 1, 1] },
  );
  assert.deepEqual([...side.lengths], [0, 1, 1, 1]);
  assert.deepEqual(
    [
      ...(
        await ricciFlow(
          fromEdges(4, [
            [0, 1],
            [1, 2],
            [2, 0],
            [2, 3],
          ]),
          { steps: 0, lengths: [0, 1, 2, 1] },
        )
      ).lengths,
    ],
    [0, 1, 1, 1],
  );
  const springs = flowCouplings(
    fromEdges(
      4,
      [
        [0, 1],
        [1, 2],
        [2, 0],
        [2, 3],
      ],
      { couplings: [1, 3, 5, 2] },
    ),
    side,
  );
  assert.deepEqual([springs.nodeCount, [...springs.couplings]], [3, [8, 2]]);
});

test('surgery cuts the bridge of two cliques, and nothing else', async () => {
  const graph = twoCliques(5);
  const flow = await ricciFlow(graph, { steps: 20, surgery: { cutAbove: 2.5 } });
  assert.deepEqual(
    flow.operations.map(({ step, edge, kind }) => [step, edge, kind]),
    [[1, 20, 'cut']],
  );
  assertClose(flow.operations[0].length, (1.6 * 21) / 10.7, 1e-12);
  assert.equal(flow.lengths[20], Infinity);
  assertClose(sum(flow.lengths.subarray(0, 20)) / 20, 1, 1e-12);
  const springs = flowCouplings(graph, flow);
  assert.deepEqual([springs.edgeCount, springs.componentCount], [20, 2]);
  const late = await ricciFlow(graph, { steps: 20, surgery: { cutAbove: 2.5, every: 3 } });
  assert.equal(late.operations[0].step, 3);
});

test('surgery contracts the cliques to points: the bridge is left, then nothing', async () => {
  const flow = await ricciFlow(twoCliques(4), { steps: 30, surgery: { contractBelow: 0.3 } });
  assert.ok(flow.operations.every(({ kind }) => kind === 'contracted'));
  assert.equal(flow.reason, 'no edges');
});

test('couplings: J = J0 / length', async () => {
  const graph = fromEdges(
    3,
    [
      [0, 1],
      [1, 2],
      [2, 0],
    ],
    { couplings: [1, 2, 3] },
  );
  const springs = flowCouplings(graph, { lengths: Float64Array.of(0.5, 1, 4) });
  assert.deepEqual([...springs.couplings], [2, 2, 0.75]);
  assert.throws(
    () => flowCouplings(ring(4), { lengths: new Float64Array(3) }),
    /flowCouplings: the flow must have 4 lengths, got 3/,
  );
});

test('an aborted flow loses nothing and goes on as if it had not stopped, surgery too', async () => {
  const graph = smallWorld(40, 4, 0.2, { seed: 3 });
  const options = { steps: 12, surgery: { cutAbove: 3, contractBelow: 0.05, every: 2 } };
  const whole = await ricciFlow(graph, options);
  assert.ok(whole.operations.length > 0);
  const stop = new AbortController();
  const seen: number[] = [];
  const error = await ricciFlow(graph, {
    ...options,
    signal: stop.signal,
    onProgress: (done, total) => {
      seen.push(done);
      if (done === 5) stop.abort();
      assert.equal(total, 12);
    },
  }).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof Aborted);
  assert.deepEqual(
    [
      error.name,
      (error as Aborted<RicciFlow>).partial.steps,
      (error as Aborted<RicciFlow>).partial.reason,
      seen,
    ],
    ['AbortError', 5, 'aborted', [1, 2, 3, 4, 5]],
  );
  const resumed = await ricciFlow(graph, { ...options, resume: (error as Aborted<RicciFlow>).partial });
  assert.deepEqual({ ...resumed }, { ...whole });
});

test('overflow is a reason, not a number', async () => {
  const flow = await ricciFlow(twoCliques(5), {
    steps: 5,
    lengths: new Float64Array(21).fill(9e299),
    decay: () => 0,
    normalise: false,
  });
  assert.deepEqual([flow.reason, flow.steps, flow.lengths[0]], ['overflow', 0, 9e299]);
});

test('errors name what is wrong', async () => {
  await assert.rejects(ricciFlow(ring(5), { steps: 1.5 }), /ricciFlow: steps must be an integer/);
  await assert.rejects(
    ricciFlow(ring(5), { steps: 1, stepSize: 1.1 }),
    /ricciFlow: stepSize must be in \(0, 1\], got 1.1/,
  );
  await assert.rejects(ricciFlow(ring(5), { steps: 1, idleness: -1 }), /ricciFlow: idleness/);
  await assert.rejects(
    ricciFlow(ring(5), { steps: 1, lengths: [1] }),
    /ricciFlow: lengths must be one per edge/,
  );
  await assert.rejects(
    ricciFlow(ring(5), { steps: 1, surgery: { cutAbove: 0 } }),
    /surgery: cutAbove must be positive/,
  );
  await assert.rejects(
    ricciFlow(ring(5), { steps: 1, surgery: { cutAbove: 1, contractBelow: 2 } }),
    /contractBelow must not be above/,
  );
  const other = await ricciFlow(ring(6), { steps: 1 });
  await assert.rejects(ricciFlow(ring(5), { steps: 2, resume: other }), /must have 5 lengths, got 6/);
  await assert.rejects(
    ricciFlow(ring(6), { steps: 2, resume: other, lengths: new Float64Array(6) }),
    /got both/,
  );
});
