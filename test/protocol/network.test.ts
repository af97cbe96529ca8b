// The simulator against the laws of its parts: Poisson clocks, Little's law for what is under way, loss,
// repeats, cuts, churn, bandwidth; and the same trajectory however a run is cut into pieces.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Aborted } from '../../src/display/index.js';
import {
  constantLatency,
  everybody,
  exponentialLatency,
  internet,
  internet2019,
  type Links,
  Network,
  type NetworkOptions,
  type NetworkRun,
  type Protocol,
  randomPeer,
  voter,
} from '../../src/protocol/index.js';
import { complete } from '../../src/graphs/index.js';

import { aliasTable } from '../../src/protocol/network/clocks.js';
import { reproducibleLog } from '../../src/randomness/exponential.js';
import { aleaGenerator, exponential, uniformGenerator } from '../../src/randomness/index.js';

/** Every ring a message to somebody; who got how many, and when rings and messages came. */
function chatter(nodes: number): Protocol & {
  got: Float64Array;
  rings: Float64Array;
  lastRing: number;
  gaps: number[];
  delays: number[];
  from: number[];
} {
  const peers = everybody(nodes);
  return {
    name: 'chatter',
    stream: 'chatter',
    got: new Float64Array(nodes),
    rings: new Float64Array(nodes),
    lastRing: 0,
    gaps: [],
    delays: [],
    from: [],
    tick(node, net) {
      this.rings[node]++;
      this.gaps.push(net.now - this.lastRing);
      this.lastRing = net.now;
      net.send(node, randomPeer(peers, node, net.random), net.now, 100);
    },
    receive(node, from, message, net) {
      this.got[node]++;
      this.from.push(from);
      this.delays.push(net.now - message);
    },
  };
}

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
const within = (measured: number, expected: number, error: number, what: string): void =>
  assert.ok(Math.abs(measured - expected) < 5 * error, `${what}: ${measured} for ${expected} +- ${error}`);
async function run(options: Omit<NetworkOptions, 'nodeCount'>, time = 200, nodes = 50) {
  const protocol = chatter(nodes);
  const net = new Network(protocol, { nodeCount: nodes, seed: 3, ...options });
  return { protocol, net, end: await net.run({ time }) };
}

test('the logarithm that rounds alike everywhere is one', () => {
  const random = uniformGenerator(4);
  for (let k = 0; k < 20000; k++) {
    const x = (1 - random()) * 10 ** (600 * random() - 300);
    const error = Math.abs(reproducibleLog(x) - Math.log(x));
    assert.ok(error <= 4.5e-16 * Math.max(Math.abs(Math.log(x)), 1), `${x}: ${error}`);
  }
  assert.equal(reproducibleLog(1), 0);
  assert.equal(
    exponential(() => 0),
    0,
  );
});

test('Poisson clocks: intervals are exponential, and rings fall to the nodes in proportion to their rates', async () => {
  const rates = [0, 1, 2, 5];
  const protocol = chatter(4);
  await new Network(protocol, { nodeCount: 4, clock: rates, seed: 1 }).run({ time: 5000 });
  rates.forEach((rate, node) =>
    within(protocol.rings[node], rate * 5000, Math.sqrt(rate * 5000) + 1e-9, `rings of node ${node}`),
  );
  within(mean(protocol.gaps), 1 / 8, 1 / 8 / Math.sqrt(40000), 'mean gap');
  within(
    mean(protocol.gaps.map((gap) => gap * gap)),
    2 / 64,
    Math.sqrt(20) / 64 / Math.sqrt(40000),
    'mean squared gap',
  );
});

test('rounds: every node once a second, in order', async () => {
  const order: number[] = [];
  const net = new Network(
    { name: 'rounds', tick: (node, { now }) => order.push(now, node) },
    { nodeCount: 3, clock: 'rounds' },
  );
  await net.run({ time: 2.5 });
  assert.deepEqual(order, [1, 0, 1, 1, 1, 2, 2, 0, 2, 1, 2, 2]);
});

test("what is under way: Little's law, rate x latency", async () => {
  const protocol = chatter(100);
  const net = new Network(protocol, { nodeCount: 100, links: { latency: exponentialLatency(2) }, seed: 5 });
  await net.run({ time: 20 });
  const { observed } = await net.run({
    time: 2020,
    every: 10,
    observe: ({ messages }) => messages.sent - messages.delivered,
  });
  within(mean([...observed]), 200, Math.sqrt(200 / 200) * 1.3, 'messages under way'); // Poisson of mean 200; records 10 s = 5 latencies apart
  within(mean(protocol.delays), 2, 2 / Math.sqrt(200000), 'mean delay');
});

test('loss, repeats and late messages in their shares', async () => {
  const { end, protocol } = await run({
    links: {
      loss: 0.2,
      duplication: 0.3,
      latency: constantLatency(0.01),
      reordering: { probability: 0.5, delay: 4 },
    },
  });
  const { sent, lost, repeated, delivered } = end.messages;
  within(lost / sent, 0.2, Math.sqrt(0.16 / sent), 'lost');
  within(repeated / (sent - lost), 0.3, Math.sqrt(0.21 / sent), 'repeated');
  assert.ok(sent - lost + repeated - delivered < 400 && end.messages.bytes === 100 * sent);
  within(mean(protocol.delays), 0.01 + 1, 2 / Math.sqrt(delivered), 'mean delay');
});

test('a partition stops what is sent across while it lasts, and nothing else', async () => {
  const side = Uint8Array.from({ length: 50 }, (_, node) => (node < 20 ? 1 : 0));
  const crossings: number[] = [];
  const peers = everybody(50);
  const talk: Protocol = {
    name: 'cut',
    tick: (node, net) => net.send(node, randomPeer(peers, node, net.random), 0),
    receive: (node, from, _message, { now }) => side[node] !== side[from] && crossings.push(now),
  };
  const net = new Network(talk, {
    nodeCount: 50,
    seed: 2,
    links: { partitions: [{ from: 10, until: 30, side }] },
  });
  const { messages } = await net.run({ time: 40 });
  const crossing = (2 * 20 * 30) / (50 * 49); // chance that a message crosses
  assert.ok(
    crossings.every((time) => time < 10 || time >= 30) &&
      crossings.some((time) => time < 10) &&
      crossings.some((time) => time >= 30),
  );
  within(messages.lost, 50 * 20 * crossing, Math.sqrt(50 * 20 * crossing), 'lost at the cut');
});

test('churn: a share back / (leave + back) of the nodes is there, and who is away neither acts nor hears', async () => {
  const protocol = chatter(200);
  const net = new Network(
    { ...protocol, join: (node, { up }) => assert.equal(up[node], 1) },
    { nodeCount: 200, churn: { leave: 0.5, back: 1.5 }, seed: 8 },
  );
  const { observed, messages } = await net.run({
    time: 400,
    every: 2,
    observe: ({ up }) => up.reduce((sum, there) => sum + there, 0) / 200,
  });
  within(mean([...observed]), 0.75, Math.sqrt((0.75 * 0.25) / 200 / 200) * 1.3, 'share that is there');
  within(messages.sent, 0.75 * 200 * 400, 600, 'rings of those that are there');
  within(messages.lost / messages.sent, 0.25, 0.006, 'sent to those that are away');
});

test('bandwidth: messages queue at the sender', async () => {
  const arrivals: number[] = [];
  const burst: Protocol = {
    name: 'burst',
    start: (net) => {
      for (let k = 0; k < 5; k++) net.send(0, 1, k, 200);
    },
    receive: (_node, _from, message, { now }) => arrivals.push(message, now),
  };
  const end = await new Network(burst, {
    nodeCount: 2,
    links: { upload: 100, latency: constantLatency(0.25) },
  }).run({ time: 20 });
  assert.deepEqual(arrivals, [0, 2.25, 1, 4.25, 2, 6.25, 3, 8.25, 4, 10.25]);
  assert.equal(end.reason, 'frozen'); // nothing is left that could happen
});

test('an adversary that holds messages delays those alone', async () => {
  const hold = (from: number): number => (from === 0 ? 3 : 0);
  const { protocol } = await run({ links: { hold } });
  protocol.delays.forEach((delay, k) => assert.ok(Math.abs(delay - (protocol.from[k] === 0 ? 3 : 0)) < 1e-9));
});

test('slow handlers do not keep an abort away', async () => {
  const tick = (): void => {
    for (const until = performance.now() + 0.2; performance.now() < until; );
  };
  const net = new Network({ name: 'slow', tick }, { nodeCount: 10, seed: 1 });
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 50);
  await assert.rejects(net.run({ time: 3000, signal: abort.signal }), Aborted);
  assert.ok(net.events < 5000, `${net.events} events`); // of some 30,000, each of 0.2 ms
});

test('the same seed gives the same trajectory, in one run or in pieces, aborted and gone on with; another seed another one', async () => {
  const links: Links = { latency: internet(50, { seed: 1 }).latency, loss: 0.1, duplication: 0.1 };
  const options = { links, churn: { leave: 0.01, back: 0.1 } };
  const { end } = await run(options, 1000);
  assert.equal((await run(options, 1000)).end.hash, end.hash);
  assert.notEqual((await run({ ...options, seed: 4 }, 1000)).end.hash, end.hash);

  const net = new Network(chatter(50), { nodeCount: 50, seed: 3, ...options });
  await net.run({ time: 123 });
  await net.run({ time: 500, events: 1234 });
  const abort = new AbortController();
  const [before, firstEvent] = [net.now, net.events];
  const observed = { time: 1000, observe: (network: Network) => network.events, every: (1000 - before) / 50 };
  const error = await net
    .run({ ...observed, signal: abort.signal, onProgress: (now) => now > 600 && abort.abort() })
    .then(
      () => assert.fail('not aborted'),
      (reason: unknown) => reason as Aborted<NetworkRun>,
    );
  assert.ok(error instanceof Aborted && error.partial.reason === 'aborted', String(error));
  assert.ok(error.partial.times.length > 1 && net.now > 600 && net.now < 1000);
  const joined = await net.run({ ...observed, resume: error.partial });
  assert.deepEqual(
    joined.times,
    Float64Array.from({ length: 50 }, (_, k) =>
      k === 49 ? 1000 : before + ((1000 - before) * (k + 1)) / 50,
    ),
  );
  assert.equal(joined.observed.length, 50);
  assert.deepEqual(
    { ...joined, times: end.times, observed: end.observed },
    { ...end, begin: before, firstEvent },
  );
  await assert.rejects(
    net.run({ time: 2000, resume: error.partial }),
    /the run to resume must be where the network is/,
  );
  assert.equal(
    end.hash,
    '39bf216334f0eec2',
    'other machines get this hash: nothing in it is rounded by a library',
  );
});

test('the internet of 2019: regions in their shares, delays about their means', () => {
  const { regions, latency, upload } = internet(20000, { seed: 2 });
  internet2019.shares.forEach((share, region) => {
    const count = regions.reduce((sum, each) => sum + Number(each === region), 0);
    within(count / 20000, share, Math.sqrt(share / 20000), internet2019.regions[region]);
  });
  const random = aleaGenerator(1);
  const [a, b] = [regions.indexOf(1), regions.indexOf(4)];
  const delays = Array.from({ length: 20000 }, () => latency.seconds(a, b, random));
  within(mean(delays), 0.252, (0.2 * 0.252) / Math.sqrt(20000), 'Europe to Japan');
  assert.ok(Math.min(...delays) >= 0.8 * 0.252 && upload[a] === 20.7e6 / 8);
});

test('the alias table draws in proportion to weights', () => {
  for (const weights of [
    [1, 0, 2, 7],
    [5, 4, 1, 0.5],
    [1, 1, 1],
    [3, 2.9, 2.8, 0, 0, 0.1],
  ]) {
    // where the rich stay rich, and where giving makes them poor
    const [draw, random, counts] = [aliasTable(weights), aleaGenerator(6), new Float64Array(weights.length)];
    for (let k = 0; k < 40000; k++) counts[draw(random)]++;
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    weights.forEach((weight, i) =>
      within(
        counts[i] / 40000,
        weight / total,
        Math.sqrt(((weight / total) * (1 - weight / total)) / 40000) + 1e-9,
        `weight ${i} of ${weights}`,
      ),
    );
  }
});

test('named errors', async () => {
  const net = (options: Partial<NetworkOptions>) => () =>
    new Network(chatter(4), { nodeCount: 4, ...options });
  const voters = voter(complete(4), [1, 1, -1, -1]);
  new Network(voters, { nodeCount: 4, seed: 1 });
  assert.throws(
    () => new Network(voters, { nodeCount: 4, seed: 2 }),
    /network: the protocol "voter" must be of no other network: it keeps what its nodes hold/,
  );
  assert.throws(net({ nodeCount: 0 }), /network: nodeCount must be an integer in \[1, .*got 0/);
  assert.throws(net({ clock: -1 }), /network: clock must be finite and not negative, got -1/);
  assert.throws(net({ clock: [1] }), /network: clock must be one rate or 4, got 1/);
  assert.throws(net({ links: { loss: 2 } }), /links: loss must be in \[0, 1\], got 2/);
  assert.throws(net({ links: { upload: 0 } }), /links: upload must be 4 positive numbers/);
  assert.throws(
    net({ links: { partitions: [{ from: 0, until: 1, side: [1] }] } }),
    /side of all 4 nodes, got 1/,
  );
  assert.throws(
    net({ churn: { leave: 1, back: 0 } }),
    /network: churn: back must be positive and finite, got 0/,
  );
  assert.throws(() => aliasTable([0, 0]), /aliasTable: sum of weights must be positive and finite, got 0/);
  await assert.rejects(net({})().run({ time: -1 }), /run: time must be finite and not before 0, got -1/);
});

test('times that are none are refused by name, where a node or a link gives them', async () => {
  const net = new Network(chatter(4), { nodeCount: 4, seed: 1 });
  for (const seconds of [NaN, -1])
    assert.throws(
      () => net.wake(2, seconds, 1),
      new RegExp(`wake: seconds must not be negative or NaN, got ${seconds}`),
    );
  const late: Links = { latency: { name: 'none', seconds: () => NaN } };
  await assert.rejects(
    run({ links: late }),
    /send: the message from \d+ to \d+ must arrive from now on, .*, got NaN/,
  );
  await assert.rejects(
    run({ links: { hold: () => -1 } }),
    /send: the message from \d+ to \d+ must arrive from now on/,
  );
  net.wake(2, Infinity, 1); // never
  assert.equal((await net.run({ time: 1 })).time, 1);
});
