// The paper's protocol against exact laws (Boltzmann, the voter model), its own table, and adversaries.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../property.js';
import { linear } from '../../src/dynamics/index.js';
import { bond, hamiltonian, star } from '../../src/energies/index.js';
import { boltzmannLaw } from '../../src/exact/index.js';
import { complete, fromEdges, type Graph, ring, smallWorld } from '../../src/graphs/index.js';
import { modelSignatures } from '../../src/merkle/index.js';
import {
  belowTemperature,
  constantLatency,
  drawMembers,
  eclipse,
  Emtd,
  type EmtdOptions,
  equivocators,
  exponentialLatency,
  flippers,
  forgers,
  type Links,
  localConfidence,
  Network,
  transitions,
  zealots,
} from '../../src/protocol/index.js';
import { Lives } from '../../src/protocol/emtd/transitions.js';
import { uniformGenerator } from '../../src/randomness/index.js';

const values = [-1, 1];
const ising = (graph: Graph) => hamiltonian(graph, [bond((a, b) => a.dot(b).neg())]);
const randomLedgers = (nodes: number, seed: number): number[] => {
  const random = uniformGenerator(seed, 'initial');
  return Array.from({ length: nodes }, () => Number(random() < 0.5));
};
function network(graph: Graph, options: Partial<EmtdOptions> = {}, seed = 1, links: Links = {}) {
  const protocol = new Emtd(ising(graph), {
    values,
    initial: randomLedgers(graph.nodeCount, seed),
    temperature: 0,
    ...options,
  });
  return { protocol, net: new Network(protocol, { nodeCount: graph.nodeCount, seed, links }) };
}

const unequal = fromEdges(5, [
  [0, 1],
  [0, 2],
  [0, 3],
  [3, 4],
]);
const exact = boltzmannLaw(
  Float64Array.from({ length: 32 }, (_, bits) =>
    ising(unequal).energy64(Float64Array.from({ length: 5 }, (_node, i) => ((bits >> i) & 1 ? 1 : -1))),
  ),
  1.5,
).probabilities;

/** Frequencies of the 32 states of the graph of unequal degrees. */
async function visited(
  options: Partial<EmtdOptions>,
  seeds: number,
): Promise<{ distance: number; floor: number }> {
  const [law, records] = [new Float64Array(32), 3000];
  for (let seed = 0; seed < seeds; seed++) {
    const { protocol, net } = network(
      unequal,
      { initial: [0, 0, 0, 0, 0], temperature: 1.5, injection: 0.5, ...options },
      seed,
    );
    await net.run({
      time: 2 * records,
      every: 2,
      observe: () => law[protocol.ledgers.reduce((bits, ledger, i) => bits | (ledger << i), 0)]++,
    });
  }
  const distance =
    law.reduce((sum, count, state) => sum + Math.abs(count / (seeds * records) - exact[state]), 0) / 2;
  return {
    distance,
    floor: exact.reduce((sum, p) => sum + Math.sqrt((p * (1 - p)) / (seeds * records)), 0) / 2,
  };
}

test("with the ratio of proposals the network samples Boltzmann's law; as drawn it does not", async () => {
  const corrected = await visited({ rule: 'hastings' }, 8);
  assert.ok(corrected.distance < 1.6 * corrected.floor, `${corrected.distance} over ${corrected.floor}`); // records 2 s apart, nearly independent
  const asDrawn = await visited({}, 2);
  assert.ok(asDrawn.distance > 5 * asDrawn.floor, `${asDrawn.distance} over ${asDrawn.floor}`);
});

test('hot and as drawn it is the voter model: the chance of a ledger is its share at the start (O31)', async () => {
  const [nodes, runs] = [20, 400];
  let [won, time] = [0, 0];
  for (let seed = 0; seed < runs; seed++) {
    const { protocol, net } = network(
      complete(nodes),
      {
        initial: Array.from({ length: nodes }, (_, i) => Number(i < 6)),
        temperature: 1e12,
        rule: 'asDrawn',
        endsAtAgreement: true,
      },
      seed,
    );
    const end = await net.run({ time: 1e5 });
    assert.equal(end.reason, 'converged');
    won += protocol.ledgers[0] / runs;
    time += end.time / runs;
  }
  assert.ok(Math.abs(won - 0.3) < 4 * Math.sqrt(0.21 / runs), `${won}`);
  // mean time by the backward equation of the number k of holders: up and down at the rate k (N - k) / (N -
  // 1) each
  const expected = meanConsensusTime(nodes, 6);
  assert.ok(Math.abs(time / expected - 1) < (4 * 0.9) / Math.sqrt(runs), `${time} for ${expected}`);
});

/**
 * t(k) of a walk on 0 ... N, absorbed at both ends, with rates r_k = k (N - k) / (N - 1) up and down: its
 * Green function.
 */
function meanConsensusTime(N: number, start: number): number {
  let sum = 0;
  for (let k = 1; k < N; k++)
    sum += (Math.min(start, k) * (N - Math.max(start, k))) / N / ((k * (N - k)) / (N - 1));
  return sum;
}

test('what a node knows of its peers does not depend on the order or repeats of messages', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(1e6),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 3, noNaN: true }),
      async (seed, duplication, delay) => {
        const links: Links = {
          latency: exponentialLatency(0.3),
          duplication,
          reordering: { probability: 0.5, delay },
        };
        const { protocol, net } = network(
          smallWorld(30, 4, 0.2, { seed }),
          { injection: 0.5, temperature: linear({ from: 3, to: 0, steps: 11 }), patience: 30 },
          seed,
          links,
        );
        await net.run({ time: 10 });
        const { graph, ledgers } = protocol;
        const talk = protocol.tick;
        protocol.tick = () => {}; // silence: what is under way arrives
        protocol.wake = () => {};
        await net.run({ time: 60 });
        protocol.tick = talk;
        for (let node = 0; node < graph.nodeCount; node++) {
          const peers = graph.neighboursOf(node);
          assert.equal(
            protocol.agreeing(node) * peers.length,
            peers.reduce((sum, peer) => sum + Number(ledgers[peer] === ledgers[node]), 0),
          );
        }
      },
    ),
    { numRuns: 25 },
  );
});

test('every arrow of the table is taken, and no other', async () => {
  const { protocol, net } = network(smallWorld(60, 4, 0.3, { seed: 5 }), {
    temperature: linear({ from: 3, to: 0, steps: 41 }),
    injection: 0.2,
    finality: [belowTemperature(0.2)],
    adversary: zealots(drawMembers(60, 3, 1), 1),
  });
  await net.run({ time: 200 });
  const forger = network(smallWorld(60, 4, 0.3, { seed: 5 }), {
    adversary: forgers(drawMembers(60, 6, 1), 1),
  });
  await forger.net.run({ time: 20 });
  const untaken = transitions.filter(
    (_, at) => protocol.lives.taken[at] + forger.protocol.lives.taken[at] === 0,
  );
  assert.deepEqual(untaken, []);
  const paper = transitions
    .map((each) => ('paper' in each ? each.paper : undefined))
    .filter((arrow) => arrow !== undefined);
  assert.deepEqual(paper, [
    'A -> B',
    'B -> C',
    'C -> D',
    'D -> E',
    'D -> F',
    'E -> G',
    'G -> H',
    'H -> B',
    'H -> I',
  ]);
  assert.throws(() => new Lives(1).take(0, 'cold'), /take: no transition from "local" on "cold"/);
});

/** Two complete graphs of ten, joined by one edge, each with a ledger of its own. */
const camps = fromEdges(20, [
  ...[0, 10].flatMap((first) =>
    Array.from({ length: 45 }, (_, k) => {
      const b = Math.floor((1 + Math.sqrt(1 + 8 * k)) / 2);
      return [first + k - (b * (b - 1)) / 2, first + b] as [number, number];
    }),
  ),
  [9, 10],
]);
const sides = Array.from({ length: 20 }, (_, node) => Number(node < 10));

test('runs end with a reason', async () => {
  const reasonOf = async (graph: Graph, options: Partial<EmtdOptions>, seed = 1): Promise<string> =>
    (await network(graph, options, seed).net.run({ time: 300 })).reason;
  const finality = [localConfidence({ checks: 5 })];
  assert.equal(await reasonOf(complete(20), { finality }), 'converged');
  // above T = 0, and with no clients
  assert.equal(await reasonOf(complete(20), { temperature: 0.5, endsAtAgreement: true }), 'converged');
  assert.equal(await reasonOf(complete(20), { temperature: 50, finality: [belowTemperature(1)] }), 'budget');
  assert.equal(await reasonOf(camps, { initial: sides, finality, patience: 50 }), 'frozen'); // at T = 0 neither camp moves
  assert.equal(await reasonOf(camps, { initial: sides, finality: [belowTemperature(1)] }), 'frozen'); // all are sure, and split
});

test("the paper's rule calls a frozen split final; local confidence of all peers does not, but its nodes are sure on both sides", async () => {
  const { protocol, net } = network(camps, {
    initial: sides,
    finality: [belowTemperature(1), localConfidence({ checks: 5 })],
    isWatched: true,
  });
  await net.run({ time: 100 });
  const [cold, local] = protocol.records;
  assert.ok(cold.completed < 20 && cold.wasSplit && cold.isSplit && cold.isValid && cold.count === 20);
  assert.ok(
    Number.isNaN(local.completed) && local.wasSplit === undefined && local.isSplit && local.count === 18,
  ); // all but the two ends of the bridge
});

test('confidence starts anew with every change, and counts rings in a row', () => {
  const view = {
    nodeCount: 1,
    ledgers: Int32Array.of(0),
    share: 1,
    temperature: () => 0,
    agreeing: () => view.share,
  };
  const asked = localConfidence({ checks: 2, fraction: 0.5 }).start(view);
  const answers = [
    [0, 1],
    [0, 0.5],
    [1, 1],
    [1, 1],
    [1, 0.4],
    [1, 1],
    [1, 1],
  ].map(([ledger, share]) => {
    [view.ledgers[0], view.share] = [ledger, share];
    return asked(0);
  });
  assert.deepEqual(answers, [false, true, false, false, false, false, true]);
});

test('a node without peers lives on, alone', async () => {
  const { protocol, net } = network(fromEdges(3, [[0, 1]], { connected: false }), {
    initial: [0, 1, 1],
    finality: [localConfidence({ checks: 3 })],
  });
  await net.run({ time: 50 });
  assert.equal(protocol.ledgers[2], 1);
  assert.equal(protocol.agreeing(2), 0);
  assert.equal(protocol.agreement < 1 || protocol.ledgers[0] === 1, true);
});

test('adversaries: a victim behind an eclipse believes; one zealot wins over all voters; flippers prevent agreement', async () => {
  const graph = smallWorld(60, 4, 0.2, { seed: 4 });
  const initial = new Array<number>(60).fill(0);
  const eclipsed = network(graph, { initial, adversary: eclipse(graph, 7, 1) });
  await eclipsed.net.run({ time: 60 });
  assert.equal(eclipsed.protocol.ledgers[7], 1);
  assert.equal(
    eclipsed.protocol.holders[1],
    eclipsed.protocol.ledgers.reduce(
      (sum, ledger, node) => sum + (eclipsed.protocol.options.adversary!.members[node] ? 0 : ledger),
      0,
    ),
  );

  const voter = { temperature: 1e12, rule: 'asDrawn', endsAtAgreement: true } as const;
  const won = network(complete(20), {
    ...voter,
    endsAtAgreement: false,
    initial: new Array<number>(20).fill(0),
    adversary: zealots(drawMembers(20, 1, 2), 1),
  });
  await won.net.run({ time: 3000 });
  assert.equal(won.protocol.holders[1], 19); // one zealot takes a voter model over

  const flipped = network(complete(20), {
    ...voter,
    adversary: flippers(drawMembers(20, 10, 2), 2),
    endsAtAgreement: false,
  });
  const end = await flipped.net.run({ time: 200, every: 2, observe: () => flipped.protocol.agreement });
  const mean = end.observed.reduce((sum, share) => sum + share, 0) / 100;
  assert.ok(mean < 0.75 && flipped.protocol.changes > 500, `${mean}`); // ten fair coins: 0.62

  const told = equivocators(drawMembers(20, 5, 2), [0, 1]);
  assert.deepEqual([told.says(0, 6, 0), told.says(0, 7, 0)], [0, 1]);
});

test('verification takes time: a node handles one message after the other', async () => {
  const signatures = modelSignatures({ verifyCost: 0.5 }); // two a second at most, where four come
  const protocol = new Emtd(ising(complete(20)), {
    values,
    initial: new Array<number>(20).fill(0),
    temperature: 1,
    signatures,
  });
  await new Network(protocol, { nodeCount: 20, clock: 4, seed: 1 }).run({ time: 100 });
  const opened = transitions.reduce(
    (sum, { on }, at) => sum + (on === 'offer' ? protocol.lives.taken[at] : 0),
    0,
  );
  assert.ok(opened > 0.97 * 20 * 200 && opened <= 20 * 200, `${opened}`);
});

test('a cut network holds two ledgers; healed, it can agree', async () => {
  const side = Uint8Array.from({ length: 20 }, (_, node) => Number(node < 10));
  const links: Links = { latency: constantLatency(0.01), partitions: [{ from: 0, until: 100, side }] };
  const { protocol, net } = network(complete(20), { initial: Array.from(side), temperature: 0.5 }, 3, links);
  await net.run({ time: 99 });
  assert.deepEqual([...protocol.holders], [10, 10]); // nobody hears of the other side, and what it knew of it keeps it
  const later = await net.run({ time: 400 });
  assert.ok(later.messages.lost > 0 && protocol.agreement > 0.9, `${protocol.agreement}`);
});

test('named errors', () => {
  const make = (options: Partial<EmtdOptions>) => () => network(ring(10), options);
  assert.throws(make({ initial: [0] }), /Emtd: initial must be a ledger for each of 10 nodes, got 1/);
  assert.throws(
    make({ initial: new Array<number>(10).fill(2) }),
    /Emtd: ledgers must be whole numbers in \[0, 2\), got 2/,
  );
  assert.throws(make({ injection: -1 }), /Emtd: injection must be finite and not negative, got -1/);
  const frozen = /Emtd: rule "hastings" needs an injection above 0, got 0: with no clients .* cannot agree$/;
  for (const injection of [undefined, 0]) assert.throws(make({ rule: 'hastings', injection }), frozen);
  assert.throws(
    make({ adversary: zealots(new Uint8Array(3), 0) }),
    /Emtd: the adversary must name 10 nodes, got 3/,
  );
  assert.throws(
    () =>
      new Emtd(hamiltonian(ring(10), [star((x, far) => far.sum((y) => x.sub(y)).squaredNorm())]), {
        values,
        initial: new Array<number>(10).fill(0),
        temperature: 1,
      }),
    /Emtd: the term .* a node knows only its peers/,
  );
  assert.throws(
    () => new Network(network(ring(10)).protocol, { nodeCount: 9 }),
    /network: nodeCount must be 10, that of the protocol "EMTD", got 9/,
  );
  assert.throws(() => belowTemperature(0), /belowTemperature: threshold must be positive and finite, got 0/);
  assert.throws(
    () => localConfidence({ checks: 0 }),
    /localConfidence: checks must be an integer in \[1, .*got 0/,
  );
  assert.throws(
    () => localConfidence({ checks: 1, fraction: 2 }),
    /localConfidence: fraction must be in \(0, 1\], got 2/,
  );
  assert.throws(() => drawMembers(4, 5, 1), /drawMembers: count must be an integer in \[0, 4\], got 5/);
});
