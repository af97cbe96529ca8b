// Splitting a node: influence against the stationary law of the walk's matrix, what is kept on any graph, and
// the presence field's own answer; responses of a field to activity against finite differences.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Matrix } from 'ml-matrix';
import { presence, splitNode, stanceField, walkInfluence } from '../../src/ambient/index.js';
import { stationaryLaw } from '../../src/exact/index.js';
import { complete, fromEdges, type Graph, ring, smallWorld } from '../../src/graphs/index.js';
import { uniformGenerator } from '../../src/randomness/index.js';

const share = (values: ArrayLike<number>, nodes: readonly number[]): number =>
  nodes.reduce((sum, i) => sum + values[i], 0);
const assertClose = (seen: number, expected: number, within: number, what = ''): void =>
  assert.ok(Math.abs(seen - expected) < within, `${what} ${seen}, expected ${expected}`);

const weighted = (seed: string): Graph => {
  const plain = smallWorld(30, 4, 0.3, { seed });
  const random = uniformGenerator(seed, 'weights');
  return fromEdges(30, plain.endpoints, {
    couplings: Float64Array.from({ length: plain.edgeCount }, () => 0.1 + random()),
  });
};

test("influence is what the walk's matrix keeps", () => {
  const graph = weighted('walk');
  const P = Matrix.zeros(30, 30);
  graph.endpoints.forEach((node, h) => P.set(node, graph.endpoints[h ^ 1], graph.couplings[h >> 1]));
  for (let i = 0; i < 30; i++)
    P.setRow(
      i,
      P.getRow(i).map((w) => w / P.getRow(i).reduce((sum, x) => sum + x, 0)),
    );
  const law = stationaryLaw(P);
  walkInfluence(graph).forEach((pi, i) => assertClose(pi, law[i], 1e-14));
  assert.throws(
    () => walkInfluence(fromEdges(2, [], { connected: false })),
    /walkInfluence: a walk needs edges with weights, got none/,
  );
});

test('a hundred identities: 1/101 becomes 1/2 by voices, and stays by bandwidth, there for every node of any graph', () => {
  const voices = splitNode(complete(101), 0, { identities: 100, by: 'voices' });
  assert.equal(voices.graph.edgeCount, (200 * 199) / 2);
  assertClose(share(walkInfluence(voices.graph), voices.identities), 1 / 2, 1e-14);
  assertClose(
    share(walkInfluence(voices.graph), voices.identities) / walkInfluence(complete(101))[0],
    50.5,
    1e-12,
  );
  const graph = weighted('split');
  const before = walkInfluence(graph);
  const { graph: divided, identities } = splitNode(graph, 7, { identities: 5, by: 'bandwidth' });
  const after = walkInfluence(divided);
  assert.equal(identities.length, 5);
  assertClose(share(after, identities), before[7], 1e-14);
  before.forEach((pi, i) => i !== 7 && assertClose(after[i], pi, 1e-14));
  assert.throws(
    () => splitNode(graph, 30, { identities: 2, by: 'voices' }),
    /splitNode: node must be an integer in \[0, 29\], got 30/,
  );
  assert.throws(
    () => splitNode(graph, 0, { identities: 0, by: 'voices' }),
    /splitNode: identities must be an integer in \[1, .*got 0/,
  );
});

test('the presence field fills every identity, divided edges or not: its share grows by bandwidth too', () => {
  const [n, k, decay, release] = [20, 5, 0.3, 0.01];
  const { graph, identities } = splitNode(complete(n + 1), 0, { identities: k, by: 'bandwidth' });
  const participation = new Float64Array(graph.nodeCount).fill(1);
  identities.forEach((each) => (participation[each] = 1 / k));
  const state = presence(graph, { decay, release, participation }).steadyState(50);
  // m_a (k gamma + n) = sigma A + n m_h,   m_h (gamma + 1) = sigma A + m_a
  const ratio = (1 + decay + n) / (k * decay + n + 1); // m_a / m_h
  assertClose(state[identities[1]] / state[3], ratio, 1e-10);
  assert.ok(
    share(state, identities) > 4 * state[3],
    'five identities hold more than four times what one node holds',
  );
});

test('responses to activity are those of finite differences, and all alike leave nothing to respond', () => {
  const graph = weighted('stances');
  const random = uniformGenerator('stances');
  const [activity, stance] = [0, 1].map(() => Float64Array.from({ length: 30 }, () => 0.2 + random()));
  stance.forEach((p, i) => (stance[i] = i % 3 === 0 ? -1 : p));
  const { responses, order, field } = stanceField(graph, { activity, stance });
  for (let i = 0; i < 30; i++) {
    const at = (change: number): number =>
      stanceField(graph, { activity: activity.with(i, activity[i] + change), stance }).order;
    assertClose(responses[i], (at(1e-4) - at(-1e-4)) / 2e-4, 1e-8, `node ${i}:`);
  }
  assertClose(order, field.reduce((sum, x) => sum + x, 0) / 30, 1e-15);
  const alike = stanceField(graph, { activity, stance: new Float64Array(30).fill(1) });
  assertClose(alike.order, 1, 1e-12);
  assert.ok(alike.responses.every((each) => Math.abs(each) < 1e-12));
  assertClose(stanceField(ring(4), { activity: [1, 1, 1, 1], stance: [1, 1, 1, -1] }).order, 0.5, 1e-12);
  assert.throws(
    () => stanceField(graph, { activity, stance: [1] }),
    /stanceField: stance must have one value per node \(30\), got 1/,
  );
});
