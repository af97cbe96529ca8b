// Networks and protocols: what is unknown, of another size or no node is refused by name, and does not hang.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bond, hamiltonian } from '../../src/energies/index.js';
import { ring } from '../../src/graphs/index.js';
import {
  constantLatency,
  Emtd,
  everybody,
  fanOut,
  gossipMesh,
  hotStuff,
  internet,
  type Links,
  Network,
  pairwiseAveraging,
  pbft,
  type Protocol,
  pushRumour,
  snowball,
  sybils,
  voter,
  zealots,
} from '../../src/protocol/index.js';

const idle: Protocol = { name: 'idle' };
const net = (options: object = {}, protocol = idle): Network =>
  new Network(protocol, { nodeCount: 10, seed: 1, ...options });

test('a protocol runs on as many nodes as it is made for', () => {
  const [on, start] = [everybody(20), new Array<number>(20).fill(1)];
  const protocols = [
    pushRumour(on),
    fanOut(on),
    gossipMesh(ring(20)),
    pairwiseAveraging(
      on,
      start.map((_, k) => k),
    ),
    voter(on, start),
    snowball(on, start),
    pbft(20),
    hotStuff(20),
  ];
  for (const protocol of protocols) {
    assert.throws(() => net({}, protocol), {
      name: 'RangeError',
      message: `network: nodeCount must be 20, that of the protocol "${protocol.name}", got 10`,
    });
    assert.equal(net({ nodeCount: 20 }, protocol).nodeCount, 20);
  }
  assert.throws(
    () => new Network(undefined as never, { nodeCount: 4 }),
    /network: protocol must be a protocol, such as pushRumour\(everybody\(10\)\), got undefined/,
  );
  assert.throws(() => net({ links: 1 }), /links: options must be an object with latency, .*, got 1/);
});

test('messages and wakes are for nodes that exist', () => {
  for (const node of [99, -1, 0.5, NaN, undefined as never]) {
    assert.throws(() => net().send(0, node, 1), /send: to must be a node in \[0, 10\), got/, String(node));
    assert.throws(() => net().send(node, 0, 1), /send: from must be a node in \[0, 10\), got/);
    assert.throws(() => net().wake(node, 1, 1), /wake: node must be a node in \[0, 10\), got/);
  }
});

test('options of a network and of a run have rules', async () => {
  const links = (of: object) => () => net({ links: of as Links });
  assert.throws(
    links({ latency: 0.1 }),
    /links: latency must be a latency, such as constantLatency\(0.1\), got 0.1/,
  );
  assert.throws(
    links({ latencies: constantLatency(1) }),
    /links: unknown option "latencies"; did you mean "latency"\?/,
  );
  assert.throws(links({ reordering: { probability: 0.5 } }), /links: reordering: delay is missing/);
  assert.throws(() => net({ churn: { leave: 1 } }), /network: churn: back is missing/);
  assert.throws(() => net({ nodes: 4 }), /network: unknown option "nodes"/);
  await assert.rejects(
    net().run({ time: 1, observed: () => 1 } as never),
    /run: unknown option "observed"; did you mean "observe"\?/,
  );
  await assert.rejects(net().run({} as never), /run: time is missing/);
});

test('nothing hangs: messages that are held for ever, churn that never comes', async () => {
  const hold = net({ links: { hold: () => Infinity } }, { name: 'one', start: (on) => on.send(0, 1, 1) });
  assert.deepEqual([(await hold.run({ time: 9 })).messages.delivered, hold.reason], [0, 'frozen']);
  const still = await net({ churn: { leave: 1e-310, back: 1e-310 }, clock: 0 }).run({ time: 9 });
  assert.equal(still.events, 0);
});

test('options of protocols have rules', () => {
  assert.throws(
    () => fanOut(everybody(9), { fanOut: 3 } as never),
    /fanOut: unknown option "fanOut"; did you mean "fanout"\?/,
  );
  assert.throws(
    () => snowball(everybody(9), new Array<number>(9).fill(1), { adversary: 3 } as never),
    /snowball: adversary must be an adversary, .*got 3/,
  );
  assert.throws(() => pbft(1e9), /pbft: nodeCount must be an integer in \[4, 10000\], got 1000000000/);
  assert.throws(() => internet(2 ** 31 - 1), /internet: nodeCount must be an integer in \[1, 10000000\]/);
  assert.throws(
    () => sybils({ honest: 1, identities: 1, weighting: 'votes' as never }),
    /sybils: weighting must be one of node, bandwidth, stake, got "votes"/,
  );
  assert.throws(() => pushRumour(7 as never), /pushRumour: graph must be a graph, such as ring\(10\), got 7/);
  const energy = hamiltonian(ring(3), [bond((a, b) => a.mul(b).sum().neg())]);
  const options = { values: [-1, 1], initial: [0, 0, 0], temperature: 1 };
  assert.throws(
    () => new Emtd(energy, { ...options, patiense: 1 } as never),
    /Emtd: unknown option "patiense"; did you mean "patience"\?/,
  );
  assert.throws(
    () => new Emtd(energy, { ...options, values: [NaN, 1] }),
    /Emtd: values\[0\] must be finite, got NaN/,
  );
});

test('a forgery that is no envelope is the fault of the adversary, by name', async () => {
  const energy = hamiltonian(ring(3), [bond((a, b) => a.mul(b).sum().neg())]);
  const forging = (forged: unknown) => ({
    ...zealots(Uint8Array.of(1, 0, 0), 1),
    forge: () => forged as never,
  });
  for (const forged of [undefined, {}, { signature: new Uint8Array(64), evidence: null }]) {
    const protocol = new Emtd(energy, {
      values: [-1, 1],
      initial: [0, 0, 0],
      temperature: 1,
      adversary: forging(forged),
    });
    await assert.rejects(
      net({ nodeCount: 3 }, protocol).run({ time: 20 }),
      /Emtd: an adversary must forge envelopes of bytes and a proof, got/,
    );
  }
  const odd = {
    sender: 0.5,
    version: NaN,
    signature: new Uint8Array(3),
    evidence: { ledger: 'x', root: 'z', leaf: new Uint8Array(1), index: -1, size: '8', proof: [null] },
  };
  const protocol = new Emtd(energy, {
    values: [-1, 1],
    initial: [0, 0, 0],
    temperature: 1,
    adversary: forging(odd),
  });
  await net({ nodeCount: 3 }, protocol).run({ time: 20 });
  assert.ok(protocol.forgeries.received > 0 && protocol.forgeries.accepted === 0);
});
