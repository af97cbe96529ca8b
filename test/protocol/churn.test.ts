// Nodes that leave and come back: they lose their timers, no more and no less, and the lab's protocols go on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bond, hamiltonian } from '../../src/energies/index.js';
import { complete, randomRegular } from '../../src/graphs/index.js';
import { modelSignatures } from '../../src/merkle/index.js';
import {
  constantLatency,
  Emtd,
  everybody,
  gossipMesh,
  Network,
  type NetworkOptions,
  type Protocol,
  snowball,
  transitions,
} from '../../src/protocol/index.js';

const churn = { leave: 0.05, back: 0.5 };
const present = churn.back / (churn.leave + churn.back);
const within = (measured: number, expected: number, error: number): void =>
  assert.ok(Math.abs(measured - expected) < 5 * error, `${measured} for ${expected} +- ${error}`);

/** Once a second, and what happened to whom. */
function heart(): Protocol & { beats: number[][]; log: string[] } {
  const [beats, log]: [number[][], string[]] = [Array.from({ length: 20 }, () => []), []];
  return {
    name: 'heart',
    beats,
    log,
    start: (net) => {
      for (let node = 0; node < 20; node++) net.wake(node, 1, 0);
    },
    wake(node, _message, net) {
      beats[node].push(net.now);
      net.wake(node, 1, 0);
    },
    leave: (node, { now, up }) => log.push(`${now}: ${node} left, ${up[node]}`),
    join(node, net) {
      log.push(`${net.now}: ${node} back, ${net.up[node]}`);
      net.wake(node, 1, 0);
    },
  };
}
const hearts = (protocol: Protocol, options: Partial<NetworkOptions> = {}) =>
  new Network(protocol, { nodeCount: 20, seed: 1, ...options });

test('a timer of before is never heard after: beats of a node that comes back are a second apart', async () => {
  const protocol = heart();
  await hearts(protocol, { churn: { leave: 0.5, back: 4 } }).run({ time: 600 });
  const gaps = protocol.beats.flatMap((times) => times.slice(1).map((time, k) => time - times[k]));
  assert.ok(
    gaps.every((gap) => gap > 1 - 1e-9),
    `${Math.min(...gaps)}`,
  );
  // a second without leaving has the probability e^-0.5: 1 / (e^0.5 - 1) beats in each life
  const lives = (20 * 600) / (1 / 0.5 + 1 / 4);
  const perLife = 1 / (Math.exp(0.5) - 1);
  within(gaps.length + 20, lives * perLife, Math.sqrt(lives * Math.exp(0.5)) * perLife);
});

test('a program takes a node out and brings it back, as churn does', async () => {
  const protocol = heart();
  const net = hearts(protocol);
  await net.run({ time: 2.5 });
  net.leave(3);
  net.leave(3);
  assert.throws(() => net.wake(3, 1, 0), /^RangeError: wake: node must be present, got 3, which has left$/);
  await net.run({ time: 2.75 });
  net.join(3);
  net.join(3);
  net.join(4);
  await net.run({ time: 5 });
  assert.deepEqual(protocol.log, ['2.5: 3 left, 0', '2.75: 3 back, 1']);
  assert.deepEqual(
    [protocol.beats[3], protocol.beats[4]],
    [
      [1, 2, 3.75, 4.75],
      [1, 2, 3, 4, 5],
    ],
  );
  for (const node of [20, -1, 'length' as never]) {
    assert.throws(() => net.leave(node), /leave: node must be a node in \[0, 20\), got/);
    assert.throws(() => net.join(node), /join: node must be a node in \[0, 20\), got/);
  }
});

test('what a program takes out under churn comes back at the rate of churn, once', async () => {
  const protocol = heart();
  const net = hearts(protocol, { churn: { leave: 0, back: 2 } });
  let away = 0;
  for (let round = 0; round < 200; round++) {
    for (let node = 0; node < 20; node++) net.leave(node);
    const absent = ({ up }: Network) => up.reduce((sum, there) => sum + 1 - there, 0);
    const { observed } = await net.run({ time: net.now + 10, every: 0.01, observe: absent });
    away += observed.reduce((sum, count) => sum + count, 0) * 0.01;
  }
  within(away / 4000, 0.5, 0.5 / Math.sqrt(4000) + 0.001);
  assert.equal(protocol.log.length, 8000);
});

test('a protocol with timers and no way to set them again is refused under churn', () => {
  const protocol: Protocol = { name: 'beat', wake: () => {} };
  const wanted = /network: churn needs a handler "join" in "beat": a node that leaves loses its timers/;
  assert.throws(() => hearts(protocol, { churn }), wanted);
  assert.equal(hearts(protocol).nodeCount, 20);
  assert.equal(hearts({ name: 'deaf' }, { churn }).nodeCount, 20);
});

test('Snowball decides under churn', async () => {
  for (const seed of [1, 2, 3]) {
    const colours = Array.from({ length: 100 }, (_, node) => Number(node < 60));
    const snow = snowball(everybody(100), colours, { k: 10, alpha: 7, beta: 15, patience: 1 });
    const links = { latency: constantLatency(0.1), loss: 0.02 };
    const { reason } = await new Network(snow, { nodeCount: 100, seed, links, churn }).run({ time: 3000 });
    const { decided, agreement } = snow.decisions;
    assert.deepEqual([reason, decided, agreement], ['converged', 100, true], `seed ${seed}`);
  }
});

test('heartbeats of a mesh: one per second of presence, at all times', async () => {
  const mesh = gossipMesh(randomRegular(200, 8, { seed: 1 }), { history: 1e6 });
  let beats = 0;
  const counted: Protocol = {
    ...mesh,
    wake: (node, left, net) => {
      beats++;
      mesh.wake!(node, left, net);
    },
  };
  const net = new Network(counted, {
    nodeCount: 200,
    seed: 1,
    links: { latency: constantLatency(0.1) },
    churn,
  });
  await net.run({ time: 50 });
  for (const time of [150, 250, 350]) {
    beats = 0;
    await net.run({ time });
    const seconds = 200 * 100; // the time of presence has the variance 2 t p (1 - p) / (leave + back)
    const variance = (2 * seconds * present * (1 - present)) / (churn.leave + churn.back);
    within(beats, seconds * present, Math.sqrt(variance));
  }
});

test("clients of the paper's protocol go on, per second of presence, as they do without churn", async () => {
  const ising = hamiltonian(complete(100), [bond((a, b) => a.dot(b).neg())]);
  const signatures = modelSignatures({ verifyCost: 0.1 });
  const initial = new Uint8Array(100);
  const protocol = new Emtd(ising, { values: [-1, 1], initial, temperature: 60, injection: 0.2, signatures });
  const net = new Network(protocol, { nodeCount: 100, seed: 1, churn });
  const taken = (event: string): number =>
    transitions.reduce((sum, { on }, at) => sum + (on === event ? protocol.lives.taken[at] : 0), 0);
  await net.run({ time: 100 });
  const [inputs, offers] = [taken('client input'), taken('offer')];
  await net.run({ time: 400 });
  within(taken('client input') - inputs, 0.2 * 100 * 300 * present, 2 * Math.sqrt(0.2 * 100 * 300));
  const verified = taken('offer') - offers; // at most what comes to the present; few are lost
  assert.ok(verified > 0.9 * 100 * 300 * present ** 2, `${verified}`);
});
