// The 27 checks of github.com/runtimed/kernel-testbed, by their names there, written anew over ZeroMQ; each
// asks at least what it asks there.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Request, Subscriber } from 'zeromq';
import type { KernelClient } from '../../../kernel/notebook/client.js';
import { address } from '../../../kernel/wire/connection.js';
import { type Json, decode } from '../../../kernel/wire/message.js';
import { Ear, gone, isIdle, run, startKernel, tell } from '../harness.js';

let kernel: KernelClient;
let info: Json;
const ask = async (type: string, content: Json = {}): Promise<{ type: string; content: Json }> => {
  const { header, content: answer } = await kernel.request('shell', type, content);
  return { type: header.msg_type, content: answer };
};
before(async () => {
  kernel = await startKernel();
  info = (await ask('kernel_info_request')).content;
});
after(() => kernel.shutdown());

const rich = (text: string): string =>
  `({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<b>${text}</b>', 'text/plain': '${text}' }) })`;

describe('kernel-testbed, tier 1: basic protocol', () => {
  test('heartbeat_responds', async () => {
    const heart = new Request({ receiveTimeout: 2000 });
    heart.connect(address(kernel.kernel.connection.connection, 'hb'));
    await heart.send('ping');
    assert.deepEqual((await heart.receive()).map(String), ['ping']);
    heart.close();
  });

  test('iopub_welcome', async () => {
    const { connection } = kernel.kernel.connection;
    const subscriber = new Subscriber({ receiveTimeout: 5000 });
    subscriber.connect(address(connection, 'iopub'));
    subscriber.subscribe();
    const { header, content, parent } = decode(await subscriber.receive(), connection.key);
    subscriber.close();
    assert.deepEqual([header.msg_type, content, parent], ['iopub_welcome', { subscription: '' }, {}]);
  });

  test('kernel_info_reply_valid', () => assert.equal(info['status'], 'ok'));

  test('kernel_info_has_language_info', () =>
    assert.equal((info['language_info'] as Json)['name'], 'typescript'));

  test('kernel_info_has_protocol_version', () => assert.equal(info['protocol_version'], '5.4'));

  test('execute_stdout', async () =>
    assert.equal((await run(kernel, "console.log('hello')")).stdout, 'hello\n'));

  test('execute_stderr', async () =>
    assert.equal((await run(kernel, "console.error('error')")).stderr, 'error\n'));

  test('execute_reply_ok', async () => {
    const reply = await kernel.execute('const x = 1 + 1');
    assert.deepEqual([reply.header.msg_type, reply.content['status']], ['execute_reply', 'ok']);
  });

  test('status_busy_idle_lifecycle', async () => {
    const { order } = await run(kernel, '1');
    assert.deepEqual([order[0], order.at(-1)], ['status:busy', 'status:idle']);
  });

  test('execute_input_broadcast', async () => {
    const { messages, reply } = await run(kernel, '2');
    const input = messages.find(({ header }) => header.msg_type === 'execute_input');
    assert.deepEqual(input?.content, { code: '2', execution_count: reply['execution_count'] });
  });
});

describe('kernel-testbed, tier 2: interactive features', () => {
  test('complete_request', async () => {
    await run(kernel, 'const testVariable = { value: 1 };');
    const { type, content } = await ask('complete_request', { code: 'testVar', cursor_pos: 7 });
    assert.deepEqual(
      [type, content['status'], content['matches']],
      ['complete_reply', 'ok', ['testVariable']],
    );
  });

  test('inspect_request', async () => {
    await run(kernel, 'const testVariable = { value: 1 };');
    const { type, content } = await ask('inspect_request', {
      code: 'testVariable',
      cursor_pos: 12,
      detail_level: 0,
    });
    assert.deepEqual([type, content['status'], content['found']], ['inspect_reply', 'ok', true]);
  });

  test('is_complete_complete', async () => {
    const { type, content } = await ask('is_complete_request', { code: 'const x = 1' });
    assert.deepEqual([type, content['status']], ['is_complete_reply', 'complete']);
  });

  test('is_complete_incomplete', async () => {
    const { type, content } = await ask('is_complete_request', { code: 'function f() {' });
    assert.deepEqual([type, content['status']], ['is_complete_reply', 'incomplete']);
  });

  test('history_request', async () => {
    await run(kernel, '"remember me"');
    const { type, content } = await ask('history_request', {
      hist_access_type: 'tail',
      n: 1,
      output: false,
      raw: true,
    });
    const [[, , input]] = content['history'] as [[number, number, string]];
    assert.deepEqual([type, content['status'], input], ['history_reply', 'ok', '"remember me"']);
  });

  test('comm_info_request', async () =>
    assert.deepEqual(await ask('comm_info_request'), {
      type: 'comm_info_reply',
      content: { status: 'ok', comms: {} },
    }));

  test('error_handling', async () => {
    const { reply, messages } = await run(kernel, 'const = = 1');
    const error = messages.find(({ header }) => header.msg_type === 'error');
    assert.equal(reply['status'], 'error');
    for (const field of ['ename', 'evalue', 'traceback'])
      assert.deepEqual(error?.content[field], reply[field]);
  });
});

describe('kernel-testbed, tier 3: rich output', () => {
  const dataOf = async (code: string, type: string): Promise<unknown> =>
    (await run(kernel, code)).messages.find(({ header }) => header.msg_type === type)?.content['data'];
  const shown = { 'text/html': '<b>x</b>', 'text/plain': 'x' };

  test('display_data', async () =>
    assert.deepEqual(await dataOf(`display(${rich('x')});`, 'display_data'), shown));

  test('update_display_data', async () =>
    assert.deepEqual(
      await dataOf(`const shown = display(1); shown.update(${rich('x')});`, 'update_display_data'),
      shown,
    ));

  test('execute_result', async () =>
    assert.deepEqual(await dataOf('1 + 1', 'execute_result'), { 'text/plain': '2' }));

  test('rich_execute_result', async () => assert.deepEqual(await dataOf(rich('x'), 'execute_result'), shown));
});

describe('kernel-testbed, tier 4: advanced features', () => {
  test('stdin_input_request', async () => {
    kernel.onQuestion = () => '"test_input_42"';
    const { reply, stdout } = await run(kernel, "console.log(prompt('Enter:'))");
    kernel.onQuestion = undefined;
    assert.deepEqual([reply['status'], stdout], ['ok', '"test_input_42"\n']);
  });

  test('comms_lifecycle', async () => {
    const ear = new Ear(kernel);
    const unknown = await tell(kernel, 'comm_open', {
      comm_id: 'u',
      target_name: 'jupyter.kernel_testbed.test',
      data: {},
    });
    await ear.hear(({ header, content }) => header.msg_type === 'comm_close' && content['comm_id'] === 'u');
    await ear.hear(isIdle(unknown));
    await run(
      kernel,
      `const comms = (globalThis as any)[Symbol.for('Jupyter.comms')];
      comms.target('known', (comm: any) => { comm.onMessage = (data: any) => comm.send({ back: data.there }); });`,
    );
    await tell(kernel, 'comm_open', { comm_id: 'k', target_name: 'known', data: {} });
    await tell(kernel, 'comm_msg', { comm_id: 'k', data: { there: 5 } });
    const { content } = await ear.hear(({ header }) => header.msg_type === 'comm_msg');
    assert.deepEqual(content, { comm_id: 'k', data: { back: 5 } });
    await ear.hear(isIdle(await tell(kernel, 'comm_close', { comm_id: 'k', data: {} })));
    assert.deepEqual((await ask('comm_info_request')).content['comms'], {});
    ear.stop();
  });

  test('interrupt_request', async () => {
    const { header, content } = await kernel.interrupt();
    assert.deepEqual([header.msg_type, content], ['interrupt_reply', { status: 'ok' }]);
  });

  test('execution_count_increments', async () => {
    const [first, second] = [await run(kernel, '1'), await run(kernel, '1')];
    assert.equal(Number(second.reply['execution_count']), Number(first.reply['execution_count']) + 1);
  });

  test('parent_header_correlation', async () => {
    const messages: Json[] = [];
    const reply = await kernel.execute("console.log('hello'); 1", ({ parent }) =>
      messages.push(parent as unknown as Json),
    );
    assert.deepEqual(
      [reply.parent.msg_type, reply.parent.session === messages[0]!['session']],
      ['execute_request', true],
    );
    assert.deepEqual(new Set(messages.map((parent) => parent['msg_id'])), new Set([reply.parent.msg_id]));
    assert.equal(messages.length, 5);
  });
});

test('kernel-testbed, at the end: shutdown_reply', async () => {
  const { header, content } = await kernel.request('control', 'shutdown_request', { restart: false });
  assert.deepEqual([header.msg_type, content], ['shutdown_reply', { status: 'ok', restart: false }]);
  await gone(kernel.kernel.child.pid!);
  assert.equal(kernel.kernel.child.exitCode, 0);
});
