// Events a second of the protocol simulator on one core, rings and deliveries alike, beside a plain heap of
// objects under the same load (gossip/load.ts). Contenders take turns; ratios come with intervals.
//   npm run bench gossip
import {
  constantLatency,
  exponentialLatency,
  internet,
  type Latency,
  uniformLatency,
} from '../src/protocol/index.js';
import { race, ratio } from './engine/contender.js';
import { heapOfObjects, simulator } from './gossip/load.js';

const ROUNDS = 6;
const MUST = 2e6;
const latencies: Record<string, (nodes: number) => Latency> = {
  'constant 0.1 s': () => constantLatency(0.1),
  'uniform 0 to 0.2 s': () => uniformLatency(0, 0.2),
  'exponential 0.1 s': () => exponentialLatency(0.1),
  'exponential 10 s': () => exponentialLatency(10),
  'internet 2019': (nodes) => internet(nodes, { seed: 1 }).latency,
};

console.log(
  `\nEvents a second a core, in millions, fastest batches (must: ${MUST / 1e6} at 1e5 nodes); ns an event; how many times a heap of objects`,
);
for (const nodes of [1e3, 1e5]) {
  for (const [name, latency] of Object.entries(latencies)) {
    const contenders = [simulator(nodes, latency(nodes)), heapOfObjects(nodes, latency(nodes))];
    for (const { run } of contenders) await run(4 * nodes); // until as much is under way as will be
    const [ours, plain] = await race(contenders, 1, ROUNDS);
    const { median, interval } = ratio(ours.rates, plain.rates);
    const best = Math.max(...ours.rates);
    console.log(
      `${nodes.toExponential(0).padEnd(6)} ${name.padEnd(20)} ${(best / 1e6).toFixed(2).padStart(6)} ${(1e9 / best).toFixed(0).padStart(6)} ns  ` +
        `${median.toFixed(1)} (${interval.map((end) => end.toFixed(1)).join(' to ')})`,
    );
  }
}
