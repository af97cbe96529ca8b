// Every baseline, on links that lose, repeat and delay: the same seed gives the same trajectory, and other
// machines get these hashes too.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomRegular, ring } from '../../src/graphs/index.js';
import {
  approximateMajority,
  equivocators,
  everybody,
  exponentialLatency,
  fanOut,
  gossipMesh,
  hotStuff,
  Network,
  pairwiseAveraging,
  pbft,
  type Protocol,
  pushRumour,
  snowball,
  voter,
} from '../../src/protocol/index.js';

const NODES = 40;
const each = <Value>(value: (node: number) => Value): Value[] =>
  Array.from({ length: NODES }, (_, node) => value(node));
const members = Uint8Array.from(each((node) => Number(node > 33)));
const baselines: readonly (readonly [hash: string, make: () => Protocol])[] = [
  ['29800c49a42c6ffa', () => pushRumour(everybody(NODES))],
  ['60bace2042d3e2a2', () => fanOut(everybody(NODES), { fanout: 3 })],
  ['9acc9778e65a6451', () => gossipMesh(randomRegular(NODES, 4, { seed: 1 }))],
  [
    '6c5abc9b8f663278',
    () =>
      pairwiseAveraging(
        ring(NODES, 4),
        each((node) => node ** 2 / 7),
      ),
  ],
  [
    '5dd94b795e70cfdf',
    () =>
      voter(
        ring(NODES),
        each((node) => (node % 3 === 0 ? 1 : -1)),
      ),
  ],
  [
    '93e95c17af096a46',
    () =>
      approximateMajority(
        everybody(NODES),
        each((node) => (node % 3 === 0 ? 1 : -1)),
      ),
  ],
  [
    'd4f86c352cc016e6',
    () =>
      snowball(
        everybody(NODES),
        each((node) => node % 2),
        { k: 8, alpha: 5, beta: 6, adversary: equivocators(members, [0, 1]) },
      ),
  ],
  ['84ca343a4bb623e5', () => pbft(NODES, { adversary: equivocators(members, [0, 1]) })],
  ['9526a12ce72c3e27', () => hotStuff(NODES)],
];

for (const [hash, make] of baselines) {
  test(`the trajectory of ${make().name}`, async () => {
    const run = async (seed: number) =>
      (
        await new Network(make(), {
          nodeCount: NODES,
          seed,
          links: { loss: 0.05, duplication: 0.1, latency: exponentialLatency(0.2), upload: 1e6 },
          churn: { leave: 0.01, back: 0.5 },
        }).run({ time: 20 })
      ).hash;
    assert.equal(await run(1), hash);
    assert.notEqual(await run(2), hash);
  });
}
