// Comms: two-way channels between cells and the front end, through the capability that libraries find.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { KernelClient } from '../../kernel/notebook/client.js';
import type { Json, Message } from '../../kernel/wire/message.js';
import { Ear, isIdle, run, startKernel, tell } from './harness.js';

let kernel: KernelClient;
let ear: Ear;
before(async () => {
  kernel = await startKernel();
  ear = new Ear(kernel);
  await run(
    kernel,
    "const comms = (globalThis as any)[Symbol.for('Jupyter.comms')];\nlet heard: unknown[] = [];",
  );
});
after(() => kernel.shutdown());

const open = async (id: string, handler = ''): Promise<void> => {
  await run(kernel, `const ${id} = comms.open('test.target', { first: 1 }, { id: '${id}' });\n${handler}`);
};
const info = async (target?: string): Promise<unknown> =>
  (await kernel.request('shell', 'comm_info_request', target ? { target_name: target } : {})).content[
    'comms'
  ];
const isComm =
  (type: string, id: string) =>
  ({ header, content }: Message): boolean =>
    header.msg_type === type && content['comm_id'] === id;
/** Sends a comm message and waits until it is handled. */
const say = async (id: string, data: Json, buffers: Uint8Array[] = []): Promise<string> => {
  const request = await tell(kernel, 'comm_msg', { comm_id: id, data }, buffers);
  await ear.hear(isIdle(request));
  return request;
};

test('a cell opens, uses and closes a comm: data, metadata and binary buffers, all under its own request', async () => {
  const { messages } = await run(
    kernel,
    `const c1 = comms.open('jupyter.widget', { state: {} }, { id: 'c1', metadata: { version: '2.1.0' }, buffers: [new Uint8Array([1, 2])] });
    c1.send({ method: 'update' }, { buffers: [new Uint8Array([3]), new Uint8Array([4, 5])] });`,
  );
  const [opened, sent] = messages.filter(({ header }) => header.msg_type.startsWith('comm_'));
  assert.deepEqual(
    [opened!.header.msg_type, opened!.content, opened!.metadata, opened!.buffers.map((bytes) => [...bytes])],
    [
      'comm_open',
      { comm_id: 'c1', target_name: 'jupyter.widget', data: { state: {} } },
      { version: '2.1.0' },
      [[1, 2]],
    ],
  );
  assert.deepEqual(
    [sent!.header.msg_type, sent!.content],
    ['comm_msg', { comm_id: 'c1', data: { method: 'update' } }],
  );
  assert.deepEqual(
    sent!.buffers.map((bytes) => [...bytes]),
    [[3], [4, 5]],
  );
  assert.deepEqual(await info(), { c1: { target_name: 'jupyter.widget' } });
  assert.deepEqual(await info('another'), {});
  const closed = await run(kernel, 'c1.close({ why: "done" })');
  assert.ok(closed.messages.some(isComm('comm_close', 'c1')));
  assert.deepEqual(await info(), {});
});

test('the front end speaks to a comm, with buffers, while a cell waits; what is printed belongs to the message', async () => {
  await open(
    'c2',
    `c2.onMessage = (data: any, buffers: Uint8Array[]) => {
    console.log('got ' + data.n, buffers.map((b) => b.buffer.byteLength)); c2.send({ twice: 2 * data.n }, { buffers: buffers.map((b) => b.map((x) => x + 1)) });
    release?.();
  };
  let release: (() => void) | undefined;`,
  );
  const waiting = run(
    kernel,
    "console.log('waits'); await new Promise<void>((resolve) => { release = resolve; }); 'released'",
  );
  await ear.hear(({ content }) => content['text'] === 'waits\n');
  const request = await say('c2', { n: 21 }, [new Uint8Array([7, 8])]);
  const answer = await ear.hear(
    (message) => isComm('comm_msg', 'c2')(message) && message.parent.msg_id === request,
  );
  assert.deepEqual([answer.content['data'], [...answer.buffers[0]!]], [{ twice: 42 }, [8, 9]]);
  assert.equal(ear.printed(request), 'got 21 [ 2 ]\n');
  const { result, stdout } = await waiting;
  assert.deepEqual([result, stdout], ["'released'", 'waits\n']);
});

test('five hundred messages arrive in their order', async () => {
  await open('c3', 'heard = []; c3.onMessage = ({ n }: any) => { heard.push(n); };');
  const requests: string[] = [];
  for (let n = 0; n < 500; n++) requests.push(await tell(kernel, 'comm_msg', { comm_id: 'c3', data: { n } }));
  await ear.hear(isIdle(requests.at(-1)!));
  assert.equal((await run(kernel, 'heard.every((n, i) => n === i) && heard.length')).result, '500');
});

test('the front end opens a comm to a registered target, and closes it; an unknown target is closed at once', async () => {
  await run(
    kernel,
    `heard = [];
    comms.target('lab.target', (comm: any, data: any) => {
      heard.push(comm.target, data.hello);
      comm.onClose = (data: any) => { heard.push(data.bye); };
    });`,
  );
  await ear.hear(
    isIdle(await tell(kernel, 'comm_open', { comm_id: 'f1', target_name: 'lab.target', data: { hello: 1 } })),
  );
  assert.deepEqual(await info('lab.target'), { f1: { target_name: 'lab.target' } });
  await ear.hear(isIdle(await tell(kernel, 'comm_close', { comm_id: 'f1', data: { bye: 2 } })));
  assert.equal((await run(kernel, 'heard')).result, "[ 'lab.target', 1, 2 ]");
  await tell(kernel, 'comm_open', { comm_id: 'f2', target_name: 'nobody', data: {} });
  await ear.hear(isComm('comm_close', 'f2'));
  assert.deepEqual(await info('nobody'), {});
});

test('a handler that throws, at once or later, says so under its message and ends nothing', async () => {
  await open(
    'c4',
    `c4.onMessage = ({ late }: any) => {
    if (late) return (async () => { await null; throw new Error('later'); })();
    throw new Error('at once');
  };`,
  );
  const [first, second] = [await say('c4', { late: false }), await say('c4', { late: true })];
  await ear.hear(
    ({ parent, content }) => parent.msg_id === second && String(content['text']).includes('later'),
  );
  assert.match(ear.printed(first, 'stderr'), /^Error: at once\n {4}at .*cell\[\d+\]:4:11\)\n$/);
  assert.equal((await run(kernel, '1 + 1')).result, '2');
});

test('an endless handler is stopped by an interrupt; variables stay', async () => {
  await open('c5', "let rounds = 0; c5.onMessage = () => { console.log('begun'); for (;;) rounds++; };");
  const request = await tell(kernel, 'comm_msg', { comm_id: 'c5', data: {} });
  await ear.hear(({ parent, content }) => parent.msg_id === request && content['text'] === 'begun\n');
  const began = performance.now();
  await kernel.interrupt();
  await ear.hear(isIdle(request));
  assert.ok(performance.now() - began < 500, `${performance.now() - began} ms`);
  assert.equal((await run(kernel, 'rounds > 0')).result, 'true');
});

test('malformed comm messages are dropped with a log line', async () => {
  for (const [type, content] of [
    ['comm_open', { comm_id: 'm1' }],
    ['comm_msg', { comm_id: 7, data: {} }],
    ['comm_msg', { comm_id: 'no-such-comm', data: {} }],
    ['comm_msg', { comm_id: 'c4', data: 'text' }],
  ] as const) {
    await ear.hear(isIdle(await tell(kernel, type, content)));
  }
  for (const line of [
    'comm_open: target_name must be a string, got undefined',
    'comm_msg: comm_id must be a string, got 7',
    'comm_msg: no open comm has the id no-such-comm',
    'comm_msg: data must be an object',
  ]) {
    assert.ok(kernel.kernel.diagnostics.includes(line), line);
  }
});

test('broadcast sends no message that is not a display or a comm', async () => {
  const { reply } = await run(
    kernel,
    "(globalThis as any)[Symbol.for('Jupyter.broadcast')]('status', { execution_state: 'idle' })",
  );
  assert.match(String(reply['evalue']), /^Jupyter.broadcast: type must be one of .*, got status$/);
});

test('%reset closes comms: what they talked to is gone', async () => {
  await open('c7');
  await run(kernel, '%reset');
  await ear.hear(isComm('comm_close', 'c7'));
  assert.deepEqual(await info(), {});
  await run(kernel, "const comms = (globalThis as any)[Symbol.for('Jupyter.comms')];");
});

test('when the process of user code dies, its comms are closed', async () => {
  await open('c6');
  await run(kernel, 'process.exit(0)');
  await ear.hear(isComm('comm_close', 'c6'));
  assert.deepEqual(await info(), {});
});
