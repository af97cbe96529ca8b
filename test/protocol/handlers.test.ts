// What a network refuses of its protocol and of its caller: two runs at once, handlers that throw, messages
// that are none.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RunFailed } from '../../src/display/index.js';
import {
  everybody,
  type Links,
  Network,
  type NetworkRun,
  type Protocol,
  pushRumour,
} from '../../src/protocol/index.js';

const net = (protocol: Partial<Protocol>, options: object = {}) =>
  new Network({ name: 'talk', ...protocol }, { nodeCount: 3, seed: 1, ...options });
const failureOf = (run: Promise<NetworkRun>): Promise<RunFailed<NetworkRun>> =>
  run.then(
    () => assert.fail('no failure'),
    (error: unknown) => {
      assert.ok(error instanceof RunFailed, String(error));
      return error as RunFailed<NetworkRun>;
    },
  );

test('one run at a time', async () => {
  const make = () => new Network({ name: 'idle', tick() {} }, { nodeCount: 5000, seed: 1 });
  const [busy, alone] = [make(), make()];
  const records = { time: 1000, every: 50, observe: ({ events }: Network) => events };
  const first = busy.run(records); // five million events: longer than a turn of the event loop
  await assert.rejects(busy.run({ time: 1001 }), /run: the run of "idle" that is under way must end first$/);
  assert.deepEqual((await first).observed, (await alone.run(records)).observed);
  assert.equal((await busy.run({ time: 1001 })).time, 1001);
  await assert.rejects(
    busy.run({
      time: 1002,
      observe: () => {
        throw new Error('mine');
      },
    }),
    /^Error: mine$/,
  );
  assert.equal((await busy.run({ time: 1002 })).reason, 'budget'); // nothing happened halfway
});

test('a frozen run goes on when a message or a timer is new, and only then', async () => {
  const heard: (readonly number[])[] = [];
  const quiet = net({
    receive: (node, from, message, { now }) => void heard.push([node, from, message, now]),
    wake: (node, message) => void heard.push([node, message]),
  });
  for (const time of [2, 3]) assert.equal((await quiet.run({ time })).reason, 'frozen');
  quiet.send(0, 1, 7);
  const { reason, messages } = await quiet.run({ time: 50 });
  assert.deepEqual([reason, messages.delivered], ['frozen', 1]);
  quiet.wake(2, 60, 5);
  assert.equal((await quiet.run({ time: 50 })).reason, 'budget');
  assert.equal((await quiet.run({ time: 70 })).reason, 'frozen');
  assert.deepEqual(heard, [
    [1, 0, 7, 0],
    [2, 5],
  ]);
  const over = net({ start: (on) => on.end('frozen') }); // the protocol's own end stays
  over.send(0, 1, 7);
  assert.deepEqual([(await over.run({ time: 2 })).reason, over.messages.delivered], ['frozen', 0]);
});

test('a handler that throws: the run fails, says where, keeps what was done, and stays failed', async () => {
  const cause = new Error('boom');
  const make = () =>
    net(
      {
        tick: (node, on) => {
          if (node === 2) on.send(2, 1, 4);
        },
        receive() {
          throw cause;
        },
      },
      { clock: 'rounds', links: { latency: { name: 'half', seconds: () => 0.5 } } },
    );
  const broken = make();
  const error = await failureOf(broken.run({ time: 5, every: 0.25, observe: ({ events }) => events }));
  const { reason, time, events, observed } = error.partial;
  const where = '"receive" of node 1, from 2, in "talk" failed at time 1.5: boom';
  assert.equal(error.message, `run: ${where} (error.partial holds what was done before)`);
  assert.deepEqual([error.node, error.cause.cause, reason, time, events], [1, cause, 'failed', 1.5, 4]);
  assert.deepEqual([...observed], [0, 0, 0, 3, 3]);
  for (const again of [{ time: 9 }, { time: 5, resume: error.partial }]) {
    const message = `run: the network must not have failed, got run: ${where}`;
    await assert.rejects(broken.run(again), { message });
  }
  const textOf = async (on: Network): Promise<string> => (await failureOf(on.run({ time: 99 }))).message;
  const rung = net({
    tick() {
      throw 'text';
    },
  });
  assert.match(await textOf(rung), /"tick" of node \d in "talk" failed at time [\d.]+: text/);
  const woken = net({
    start: (on) => on.wake(1, 2, 0),
    wake() {
      throw cause;
    },
  });
  assert.match(await textOf(woken), /"wake" of node 1 in "talk" failed at time 2: boom/);
  for (const handler of ['leave', 'join']) {
    const left = net(
      {
        [handler]() {
          throw cause;
        },
      },
      { churn: { leave: 1, back: 1 } },
    );
    assert.match(await textOf(left), new RegExp(`"${handler}" of node \\d in "talk" failed at .*: boom`));
  }
});

test('an async handler is refused, and what it throws later ends nothing', async () => {
  const late = async (): Promise<void> => {
    throw new Error('late');
  };
  const wanted = /a handler must not be async, got one that returns a promise/;
  const begun: Partial<Protocol>[] = [
    { tick: late },
    { start: (on) => on.send(0, 1, 1), receive: late },
    { start: (on) => on.wake(0, 1, 1), wake: late },
  ];
  for (const each of begun) assert.match((await failureOf(net(each).run({ time: 9 }))).message, wanted);
  assert.throws(() => net({ start: late }), wanted);
  assert.throws(() => net({ leave: late }).leave(0), wanted);
  await new Promise((resolve) => void setTimeout(resolve, 20)); // node would end here
});

test('a message is a number, and so are its bytes and its delay', async () => {
  const talk = net({});
  for (const message of [{ term: 1 }, 'hi', undefined, NaN, [1], null]) {
    assert.throws(() => talk.send(0, 1, message as never), /send: message must be a number, got /);
    assert.throws(() => talk.wake(0, 1, message as never), /wake: message must be a number, got /);
  }
  for (const bytes of [NaN, -1, Infinity, '9' as never]) {
    assert.throws(() => talk.send(0, 1, 1, bytes), /send: bytes must be finite and not negative, got/);
  }
  for (const node of ['length', '0', 'at']) {
    assert.throws(() => talk.send(0, node as never, 5), /send: to must be a node in \[0, 3\), got "/);
    assert.throws(() => talk.send(node as never, 0, 5), /send: from must be a node in \[0, 3\), got "/);
    assert.throws(() => talk.wake(node as never, 1, 5), /wake: node must be a node in \[0, 3\), got "/);
  }
  assert.deepEqual(talk.messages, { sent: 0, delivered: 0, lost: 0, repeated: 0, bytes: 0 });
  const over = (links: object) => () => net({}, { links: links as Links }).send(0, 1, 1);
  assert.throws(over({ hold: () => '3' }), /links: hold must give a number of seconds, got "3"/);
  const latency = { name: 'text', seconds: () => '3' };
  assert.throws(over({ latency }), /links: latency must give a number of seconds, got "3"/);
});

test("a misspelt handler is named; functions of the protocol's own are not", () => {
  const meant = {
    recieve: 'receive',
    onReceive: 'receive',
    Tick: 'tick',
    strart: 'start',
    wke: 'wake',
    jon: 'join',
    onLeave: 'leave',
  };
  for (const [wrong, right] of Object.entries(meant)) {
    const message = `network: unknown handler "${wrong}" of "talk"; did you mean "${right}"?`;
    assert.throws(() => net({ [wrong]: () => {} }), { name: 'TypeError', message });
  }
  class Own {
    readonly name = 'own';
    recieve() {}
  }
  assert.throws(() => new Network(new Own() as Protocol, { nodeCount: 3 }), /did you mean "receive"\?/);
  net({ take() {}, leaves() {}, received() {}, state() {}, ticks: 3 } as never);
  net({ receive() {}, recieve() {} } as never);
});

test('a name changes nothing but the name', async () => {
  const hashOf = async (protocol: Protocol) =>
    (await new Network(protocol, { nodeCount: 50, seed: 1 }).run({ time: 50 })).hash;
  const rumour = () => pushRumour(everybody(50));
  assert.equal(await hashOf({ ...rumour(), name: 'traced' }), await hashOf(rumour()));
  const own = (name: string, stream?: string): Protocol => ({ name, stream, tick() {} });
  assert.equal(await hashOf(own('a')), await hashOf(own('b')));
  assert.notEqual(await hashOf(own('a', 'a')), await hashOf(own('a')));
});
