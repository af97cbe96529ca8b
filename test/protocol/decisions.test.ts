// Protocols that decide: counts of messages in closed form, what silent and equivocating nodes can and cannot
// do, and that the account tells agreement from validity from termination.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Adversary,
  constantLatency,
  Decisions,
  type Deciding,
  everybody,
  exponentialLatency,
  hotStuff,
  Network,
  pbft,
  snowball,
} from '../../src/protocol/index.js';
import { quorumOf } from '../../src/protocol/agreement/pbft.js';
import { aleaGenerator } from '../../src/randomness/index.js';

const SEEDS = 16;
const range = (count: number): number[] => Array.from({ length: count }, (_, k) => k);
const liars = (nodes: number, who: readonly number[], says: Adversary['says']): Adversary => ({
  name: 'liars',
  members: Uint8Array.from(range(nodes), (node) => Number(who.includes(node))),
  says,
});
const silent = (): number => -1;
const bothWays = (_node: number, to: number): number => to % 2;

async function decide(
  protocol: Deciding,
  nodes: number,
  seed = 1,
  links: object = { latency: exponentialLatency(0.1) },
  time = 500,
) {
  const run = await new Network(protocol, { nodeCount: nodes, seed, links }).run({ time });
  return { run, decisions: protocol.decisions };
}

test('the account: agreement, validity and termination apart', () => {
  const decisions = new Decisions('here', [0, 0, 0, 1], liars(4, [3], silent));
  assert.deepEqual(
    [decisions.honest, decisions.agreement, decisions.validity, decisions.fraction],
    [3, true, true, 0],
  );
  assert.equal(decisions.decide(0, 0, 1), false);
  assert.equal(decisions.decide(1, 1, 2), false);
  assert.deepEqual([decisions.agreement, decisions.validity], [false, false]); // only a member held 1
  assert.equal(decisions.decide(2, 0, 3), true);
  assert.deepEqual(
    [decisions.counts, decisions.fraction, [...decisions.at]],
    [[2, 1], 1, [1, 2, 3, Infinity]],
  );
});

test('quorums: 2f + 1 of 3f + 1, and any two share an honest node', () => {
  for (const f of range(20)) assert.equal(quorumOf(3 * f + 1), 2 * f + 1);
  for (let nodes = 4; nodes < 100; nodes++) {
    const f = Math.floor((nodes - 1) / 3);
    assert.ok(2 * quorumOf(nodes) - nodes > f && quorumOf(nodes) <= nodes - f, `${nodes}`);
  }
});

test('PBFT: 2 (N - s)(N - 1) messages with s silent backups; all decide the value', async () => {
  for (const nodes of [4, 7, 10, 31, 64]) {
    for (const s of [0, Math.floor((nodes - 1) / 3)]) {
      const { run, decisions } = await decide(
        pbft(nodes, {
          value: s % 2,
          bytes: 10,
          adversary: liars(
            nodes,
            range(s).map((k) => nodes - 1 - k),
            silent,
          ),
        }),
        nodes,
      );
      assert.deepEqual(
        [run.reason, run.messages.sent, run.messages.bytes],
        ['converged', 2 * (nodes - s) * (nodes - 1), 20 * (nodes - s) * (nodes - 1)],
      );
      assert.equal(decisions.counts[s % 2], nodes - s);
    }
  }
});

test('PBFT: three phases, each one latency; stuck with a silent primary or too many silent backups', async () => {
  const { decisions } = await decide(pbft(7), 7, 1, { latency: constantLatency(0.5) });
  assert.deepEqual([...decisions.at], Array(7).fill(1.5));
  for (const who of [[0], [4, 5, 6]]) {
    const stuck = await decide(pbft(7, { adversary: liars(7, who, silent) }), 7);
    assert.deepEqual([stuck.run.reason, stuck.decisions.decided], ['frozen', 0]);
  }
});

test('PBFT: f that equivocate, the primary among them, break no agreement; more than f do', async () => {
  const broken = [0, 0];
  for (const nodes of [4, 7, 10, 13]) {
    const f = Math.floor((nodes - 1) / 3);
    for (const seed of range(SEEDS)) {
      for (const extra of [0, 1]) {
        const { decisions } = await decide(
          pbft(nodes, { adversary: liars(nodes, range(f + extra), bothWays) }),
          nodes,
          seed,
        );
        broken[extra] += Number(!decisions.agreement);
      }
    }
  }
  assert.equal(broken[0], 0);
  assert.ok(broken[1] > SEEDS, `${broken[1]}`);
});

test('PBFT and HotStuff: repeated and reordered messages count once', async () => {
  const links = {
    latency: exponentialLatency(0.1),
    duplication: 1,
    reordering: { probability: 0.5, delay: 1 },
  };
  for (const seed of range(SEEDS)) {
    for (const make of [pbft, hotStuff]) {
      // with one vote too few for a quorum, repeats of the others must not make it
      const { decisions } = await decide(make(7, { adversary: liars(7, [4, 5, 6], silent) }), 7, seed, links);
      assert.equal(decisions.decided, 0);
      const { decisions: all, run } = await decide(make(7), 7, seed, links);
      assert.equal(all.decided, 7);
      assert.ok(run.messages.sent <= (make === pbft ? 84 : 42), `${run.messages.sent}`); // what comes twice is not answered twice
    }
  }
});

test('HotStuff: 7 (N - 1) messages, less 3 a silent replica; seven latencies', async () => {
  for (const nodes of [4, 7, 31, 100]) {
    for (const s of [0, Math.floor((nodes - 1) / 3)]) {
      const { run, decisions } = await decide(
        hotStuff(nodes, {
          adversary: liars(
            nodes,
            range(s).map((k) => nodes - 1 - k),
            silent,
          ),
        }),
        nodes,
        1,
        { latency: constantLatency(0.25) },
      );
      assert.deepEqual([run.reason, run.messages.sent], ['converged', 7 * (nodes - 1) - 3 * s]);
      assert.deepEqual([decisions.counts[1], run.time], [nodes - s, 1.75]);
    }
  }
});

test('HotStuff: f that equivocate, the leader among them, break no agreement; more than f do', async () => {
  const broken = [0, 0];
  for (const nodes of [4, 7, 10, 13]) {
    const f = Math.floor((nodes - 1) / 3);
    for (const seed of range(SEEDS)) {
      for (const extra of [0, 1]) {
        const { decisions } = await decide(
          hotStuff(nodes, { adversary: liars(nodes, range(f + extra), bothWays) }),
          nodes,
          seed,
        );
        broken[extra] += Number(!decisions.agreement);
      }
    }
  }
  assert.equal(broken[0], 0);
  assert.ok(broken[1] > SEEDS, `${broken[1]}`);
});

const colours = (nodes: number, ones: number): Uint8Array =>
  Uint8Array.from(range(nodes), (node) => Number(node < ones));

test('Snowball: all agree, on the colour of a clear majority; on the one colour if there is but one', async () => {
  for (const seed of range(SEEDS)) {
    const nodes = 60;
    const options = { k: 10, alpha: 7, beta: 8 };
    const even = await decide(snowball(everybody(nodes), colours(nodes, 30), options), nodes, seed);
    assert.ok(
      even.run.reason === 'converged' && even.decisions.agreement && even.decisions.validity,
      `seed ${seed}: ${even.decisions.counts}`,
    );
    assert.deepEqual(
      (await decide(snowball(everybody(nodes), colours(nodes, 50), options), nodes, seed)).decisions.counts,
      [0, nodes],
    );
    const { decisions, run } = await decide(
      snowball(everybody(nodes), colours(nodes, nodes), options),
      nodes,
      seed,
      { latency: constantLatency(0.001) },
    );
    assert.equal(decisions.counts[1], nodes);
    assert.ok(
      run.messages.sent <= 2 * 10 * 8 * nodes && run.messages.sent > 2 * 10 * 8 * nodes - 20,
      `${run.messages.sent}`,
    ); // beta polls of k questions and answers
  }
});

test('Snowball: an adversary that holds both camps apart breaks it; a silent one of a tenth does not; loss only delays', async () => {
  const nodes = 60;
  const options = { k: 10, alpha: 7, beta: 8 };
  const members = (count: number) => range(count).map((k) => nodes - 1 - k);
  let [undecided, disagreed] = [0, 0];
  for (const seed of range(SEEDS)) {
    const quiet = await decide(
      snowball(everybody(nodes), colours(nodes, 40), {
        ...options,
        adversary: liars(nodes, members(6), silent),
      }),
      nodes,
      seed,
    );
    assert.ok(
      quiet.run.reason === 'converged' && quiet.decisions.agreement,
      `${quiet.run.reason} ${quiet.decisions.counts}`,
    );
    const lossy = await decide(snowball(everybody(nodes), colours(nodes, 45), options), nodes, seed, {
      latency: exponentialLatency(0.1),
      loss: 0.05,
      duplication: 0.3,
    });
    assert.ok(lossy.run.reason === 'converged' && lossy.decisions.agreement);
    const echo = await decide(
      snowball(everybody(nodes), colours(nodes, 20), {
        ...options,
        adversary: liars(nodes, members(20), (_node, _to, asked) => asked),
      }),
      nodes,
      seed,
      undefined,
      100,
    );
    undecided += Number(echo.decisions.fraction < 1);
    disagreed += Number(!echo.decisions.agreement);
  }
  assert.ok(undecided + disagreed > SEEDS / 2, `${undecided} undecided, ${disagreed} disagreed`);
});

/** A network in which nothing moves but what a test hands to the protocol. */
function still(protocol: Deciding) {
  const sent: { from: number; to: number; message: number }[] = [];
  const net = {
    now: 0,
    random: aleaGenerator(1),
    reason: '',
    wake: () => {},
    send: (from: number, to: number, message: number) => void sent.push({ from, to, message }),
    end: (reason: string) => {
      net.reason = reason;
    },
  };
  return {
    sent,
    net,
    hear: (node: number, from: number, message: number) =>
      protocol.receive!(node, from, message, net as unknown as Network),
    ring: (node: number) => {
      sent.length = 0;
      protocol.tick!(node, net as unknown as Network);
    },
  };
}

test('Snowball: in a poll each peer that was asked has one answer, and nobody else has', () => {
  const protocol = snowball(everybody(30), colours(30, 30), { k: 5, alpha: 3, beta: 1 });
  const { sent, hear, ring } = still(protocol);
  ring(0);
  const asked = sent.map(({ to }) => to);
  const answer = 4 * 1 + 2; // poll 1, colour 0
  for (let from = 1; from < 30; from++) if (!asked.includes(from)) hear(0, from, answer);
  for (let k = 0; k < 9; k++) hear(0, asked[0], answer);
  for (const from of asked.slice(1)) hear(0, from, 4 * 7 + 2); // of no poll of its own
  for (const from of asked.slice(1, 4)) hear(0, from, answer + 1);
  assert.equal(protocol.decisions.decided, 0);
  hear(0, asked[4], answer + 1);
  assert.deepEqual([protocol.decisions.of[0], protocol.decisions.decided], [1, 1]);
});

test('Snowball: successes decide in a row of one colour only, and the colour held is that with the most of them', () => {
  const protocol = snowball(everybody(30), colours(30, 30), { k: 5, alpha: 4, beta: 3 });
  const { sent, hear, ring } = still(protocol);
  const [held, decided]: [number[], number[]] = [[], []];
  [0, 0, 1, 1, -1, 1, 0, 0, 0].forEach((colour, poll) => {
    ring(0);
    sent.forEach(({ to }, k) => hear(0, to, 4 * (poll + 1) + 2 + (colour < 0 ? k % 2 : colour))); // -1: three against two, too few
    held.push(protocol.colours[0]);
    decided.push(protocol.decisions.of[0]);
  });
  assert.deepEqual(held, [0, 0, 0, 0, 0, 1, 1, 0, 0]); // successes for 0 and 1: 1,0 2,0 2,1 2,2 - 2,3 3,3 4,3 5,3
  assert.deepEqual(decided, [-1, -1, -1, -1, -1, -1, -1, -1, 0]);
});

test('PBFT: a second word of the primary is not heard', () => {
  const { sent, hear } = still(pbft(7));
  hear(3, 0, 1);
  hear(3, 0, 0);
  hear(3, 0, 1);
  assert.deepEqual(
    sent.map(({ message }) => message),
    Array(6).fill(2 + 1),
  ); // prepare, 1, to all others
});

test('named errors', () => {
  assert.throws(
    () => snowball(everybody(4), [0, 1, 2, 1]),
    /snowball: what nodes hold at the start must be 0 or 1, got 2/,
  );
  assert.throws(() => snowball(everybody(4), [0, 1]), /snowball: colours must be 4, got 2/);
  assert.throws(
    () => snowball(everybody(4), [0, 1, 1, 1], { k: 10, alpha: 5 }),
    /snowball: alpha must be an integer in \[6, 10\], got 5/,
  );
  assert.throws(() => pbft(3), /pbft: nodeCount must be an integer in \[4, .*got 3/);
  assert.throws(() => hotStuff(4, { value: 2 }), /hotStuff: value must be 0 or 1, got 2/);
  assert.throws(
    () => pbft(4, { adversary: liars(5, [], silent) }),
    /pbft: the adversary must be one of 4 nodes, got 5/,
  );
});
