// The study of finality against rules of which the outcome is certain, and gossip's exact law against the
// protocol's own runs and against its two ends.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bond, hamiltonian } from '../../src/energies/index.js';
import { gossipIsing, isingDistribution, totalVariationDistance } from '../../src/exact/index.js';
import { fromEdges, type Graph, ring, smallWorld } from '../../src/graphs/index.js';
import {
  belowTemperature,
  Emtd,
  type FinalityRule,
  localConfidence,
  Network,
} from '../../src/protocol/index.js';
import { finalityByCooling, lifeDiagram } from '../../src/studies/index.js';
import { interval } from '../../src/statistics/index.js';

const align = bond((a, b, J) => a.mul(b).sum().mul(J).neg(), { J: 1 });
const energy = (graph: Graph) => hamiltonian(graph, [align]);
const whole: FinalityRule = {
  name: 'all',
  start:
    ({ ledgers }) =>
    () =>
      ledgers.every((held) => held === ledgers[0]),
};
const atOnce: FinalityRule = { name: 'at once', start: () => () => true };

test('a rule that sees the whole network is never split, one that is sure at once always, and cold nodes when cooled fast', async () => {
  const cold = belowTemperature(0.2);
  const peers = localConfidence({ checks: 3 });
  const study = await finalityByCooling({
    energy,
    graphs: (nodes, seed) => smallWorld(nodes, 4, 0.1, { seed }),
    sizes: [60],
    times: [5, 400],
    rules: [cold, peers, whole, atOnce],
    graphCount: 24,
    seed: 1,
  });
  const [fast, slow] = [5, 400].map((seconds) => (rule: FinalityRule) => study.at(60, seconds, rule));
  assert.ok(fast!(cold).split.estimate > 0.8);
  assert.ok(slow!(cold).split.estimate < 0.3, `${slow!(cold).split.estimate}`);
  assert.equal(slow!(cold).agreed.estimate, 1 - slow!(cold).split.estimate, 'what is not split agrees');
  for (const at of [fast!, slow!]) {
    assert.equal(at(whole).split.estimate, 0);
    assert.equal(at(whole).conflict.estimate, 0);
    assert.equal(at(atOnce).conflict.estimate, 1);
    assert.equal(at(atOnce).final.estimate, 1);
    assert.ok(at(peers).conflict.estimate > 0.7);
  }
  // one offer per node and second, and news at changes
  const { messages } = slow!(cold);
  assert.ok(messages.interval[0] > 0.9 * 420 && messages.interval[1] < 1.6 * 420, JSON.stringify(messages));
  assert.throws(() => study.at(50, 5, cold), /no row for 50 nodes, 5 s/);
});

test('a network that is held at its first temperature is never cold', async () => {
  const cold = belowTemperature(0.2);
  const study = await finalityByCooling({
    energy,
    graphs: (nodes, seed) => smallWorld(nodes, 4, 0.1, { seed }),
    sizes: [20],
    times: [100],
    rules: [cold],
    from: 4,
    to: 4,
    graphCount: 16,
    seed: 1,
  });
  const { final, agreed } = study.at(20, 100, cold);
  assert.equal(final.estimate, 0);
  assert.ok(agreed.estimate > 0.5); // a voter model that leans to the majority
});

const kite = fromEdges(4, [
  [0, 1],
  [1, 2],
  [2, 0],
  [2, 3],
]);

test('with Hastings’ ratio Boltzmann’s law is exact at every rate of clients, and agreement waits as 1 / rate', () => {
  for (const injection of [0.01, 1, 100])
    assert.ok(gossipIsing(kite, { temperature: 4, injection, rule: 'hastings' }).distance! < 1e-12);
  const [rare, rarer] = [1e-4, 1e-5].map(
    (injection) => gossipIsing(kite, { temperature: 4, injection, rule: 'hastings' }).agreementTime,
  );
  assert.ok(Math.abs(rarer! / rare! - 10) < 0.01);
  assert.equal(gossipIsing(kite, { temperature: 4, injection: 0, rule: 'hastings' }).agreementTime, Infinity);
  const drawn = gossipIsing(kite, { temperature: 4, injection: 0 });
  assert.ok(drawn.agreementTime < 3 && drawn.law === undefined);
  // computed by another program: review of the protocol's page
  assert.ok(Math.abs(gossipIsing(kite, { temperature: 4, injection: 2 }).distance! - 0.13883) < 1e-5);
});

test('a regular graph with many clients: as drawn tends to Boltzmann too; options that cannot be are named', () => {
  assert.ok(gossipIsing(ring(5), { temperature: 2, injection: 1e4 }).distance! < 1e-3);
  assert.throws(() => gossipIsing(ring(9), { temperature: 2, injection: 1 }), /at most 8 nodes, got 9/);
  assert.throws(() => gossipIsing(ring(5), { temperature: 0, injection: 1 }), /gossipIsing: temperature/);
});

test('the protocol’s own runs have the exact law of gossip, as it is drawn', async () => {
  const { law } = gossipIsing(kite, { temperature: 4, injection: 2 });
  const distances: number[] = [];
  for (let k = 0; k < 16; k++) {
    const emtd = new Emtd(energy(kite), {
      values: [-1, 1],
      initial: [0, 1, 0, 1],
      temperature: 4,
      injection: 2,
    });
    const network = new Network(emtd, { nodeCount: 4, seed: k });
    const counts = new Float64Array(16);
    const { observed } = await network.run({
      time: 4400,
      every: 1.1,
      observe: () => emtd.ledgers.reduce((bits, ledger, i) => bits | (ledger << i), 0),
    });
    for (const state of observed) counts[state as number]! += 1 / observed.length;
    distances.push(totalVariationDistance(counts, law!));
  }
  const boltzmann = isingDistribution(kite, { temperature: 4 });
  const far = totalVariationDistance(law!, boltzmann);
  const { interval: ends } = interval(distances);
  assert.ok(ends[1] < 0.05 && ends[1] < far / 2, `${ends.join()} of ${far}`);
});

test('the diagram has a box per state and the counts on its arrows', () => {
  const counts = Float64Array.from({ length: 16 }, (_, k) => 1000 + k);
  const { layout } = lifeDiagram(counts, { name: 'life', caption: 'x' });
  const texts = (layout['annotations'] as { text: string }[]).map(({ text }) => text).join(' ');
  for (const part of ['<b>verifying</b>', 'forged 1,003', '1,015: stays'])
    assert.ok(texts.includes(part), part);
  assert.throws(() => lifeDiagram([1], { name: 'life', caption: 'x' }), /counts must be 16 numbers/);
});
