// The 12 tests of github.com/jupyter/jupyter_kernel_test and its iopub_welcome, by their names there, written
// anew over ZeroMQ; and, where a Python has it, jupyter_kernel_test itself.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Subscriber } from 'zeromq';
import type { KernelClient } from '../../../kernel/notebook/client.js';
import { address } from '../../../kernel/wire/connection.js';
import { type Json, decode } from '../../../kernel/wire/message.js';
import { root, run, startKernel } from '../harness.js';
import { pythonWith, skipWithout, startHost } from '../python.js';

describe('jupyter_kernel_test, over ZeroMQ', () => {
  let kernel: KernelClient;
  const ask = async (type: string, content: Json = {}): Promise<Json> =>
    (await kernel.request('shell', type, content)).content;
  before(async () => (kernel = await startKernel()));
  after(() => kernel.shutdown());

  test('test_iopub_welcome', async () => {
    const { connection } = kernel.kernel.connection;
    const subscriber = new Subscriber({ receiveTimeout: 5000 });
    subscriber.connect(address(connection, 'iopub'));
    subscriber.subscribe('topic');
    const { header, content } = decode(await subscriber.receive().catch(() => []), connection.key);
    subscriber.close();
    assert.deepEqual([header.msg_type, content], ['iopub_welcome', { subscription: 'topic' }]);
  });

  test('test_kernel_info', async () => {
    const info = await ask('kernel_info_request');
    const language = info['language_info'] as Json;
    assert.deepEqual([language['name'], language['file_extension']], ['typescript', '.ts']);
    for (const field of ['implementation', 'implementation_version', 'banner'])
      assert.equal(typeof info[field], 'string');
  });

  test('test_execute_stdout', async () => {
    const { reply, stdout } = await run(kernel, "console.log('hello, world')");
    assert.deepEqual([reply['status'], stdout], ['ok', 'hello, world\n']);
  });

  test('test_execute_stderr', async () => {
    const { reply, stderr } = await run(kernel, "console.error('oh no')");
    assert.deepEqual([reply['status'], stderr], ['ok', 'oh no\n']);
  });

  test('test_completion', async () => {
    const {
      status,
      matches,
      metadata,
      cursor_start: start,
      cursor_end: end,
    } = await ask('complete_request', {
      code: 'Math.flo',
      cursor_pos: 8,
    });
    assert.deepEqual([status, matches, start, end, typeof metadata], ['ok', ['floor'], 5, 8, 'object']);
  });

  test('test_is_complete', async () => {
    const samples = { complete: ['1', 'let a = 1;'], incomplete: ['for (;;) {', 'f('], invalid: ['let = )'] };
    for (const [status, codes] of Object.entries(samples)) {
      for (const code of codes)
        assert.equal((await ask('is_complete_request', { code }))['status'], status, code);
    }
  });

  test('test_pager', async () => {
    const { reply, order } = await run(kernel, 'Math.sqrt?');
    const [page, ...more] = reply['payload'] as { source: string; data: Json; start: number }[];
    assert.deepEqual([reply['status'], page!.source, page!.start, more], ['ok', 'page', 0, []]);
    assert.match(String(page!.data['text/plain']), /sqrt\(x: number\): number[^]*square root/);
    assert.deepEqual(order, ['status:busy', 'execute_input', 'status:idle']);
    assert.equal((await run(kernel, 'noSuchThing?')).reply['ename'], 'NotFound');
  });

  test('test_error', async () => {
    const { reply, order } = await run(kernel, "throw new Error('x')");
    assert.deepEqual([reply['status'], order.slice(2, -1)], ['error', ['error']]);
  });

  test('test_execute_result', async () => {
    const { messages } = await run(kernel, '6 * 7');
    const result = messages.find(({ header }) => header.msg_type === 'execute_result');
    assert.deepEqual(result?.content['data'], { 'text/plain': '42' });
  });

  test('test_display_data', async () => {
    const { messages } = await run(
      kernel,
      "display({ [Symbol.for('Jupyter.display')]: () => ({ 'text/html': '<i>x</i>' }) });",
    );
    const shown = messages.find(({ header }) => header.msg_type === 'display_data');
    assert.equal((shown!.content['data'] as Json)['text/html'], '<i>x</i>');
  });

  test('test_history', async () => {
    const codes = ['1 + 11', '2 + 22', '1 + 11'];
    for (const code of codes) await run(kernel, code);
    const history = async (request: Json): Promise<[number, number, unknown][]> =>
      (await ask('history_request', { raw: true, output: false, ...request }))['history'] as [
        number,
        number,
        unknown,
      ][];
    const tail = await history({ hist_access_type: 'tail', n: 3 });
    assert.deepEqual(
      tail.map(([, , input]) => input),
      codes,
    );
    const [session, line] = tail[0]!;
    const range = await history({
      hist_access_type: 'range',
      session,
      start: line,
      stop: line + 1,
      output: true,
    });
    assert.deepEqual(range, [[session, line, ['1 + 11', '12']]]);
    assert.equal((await history({ hist_access_type: 'search', pattern: '1 + 1?' })).length, 2);
    assert.equal((await history({ hist_access_type: 'search', pattern: '1 + 1?', unique: true })).length, 1);
    assert.equal((await history({ hist_access_type: 'search', pattern: '*', n: 2 })).length, 2);
  });

  test('test_inspect', async () => {
    const { status, found, data } = await ask('inspect_request', {
      code: 'Math.sqrt',
      cursor_pos: 9,
      detail_level: 0,
    });
    assert.deepEqual([status, found], ['ok', true]);
    assert.match(String((data as Json)['text/plain']), /sqrt\(x: number\): number/);
  });

  test('test_clear_output', async () => {
    const { order } = await run(kernel, 'clearOutput()');
    assert.ok(order.includes('clear_output'));
  });
});

const python = pythonWith('jupyter_kernel_test', 'jupyter_client');
const reason = 'no Python here has jupyter_kernel_test (Debian: apt-get install python3-jupyter-kernel-test)';

test('jupyter_kernel_test itself: all 12 tests pass, none is skipped', {
  skip: skipWithout('jupyter_kernel_test', python, reason),
  timeout: 120_000,
}, async () => {
  const host = startHost(python!, [
    join(root, 'test', 'kernel', 'conformance', 'jupyter_kernel_test_check.py'),
  ]);
  assert.equal(await host.ended(), 0, host.printed());
  assert.match(host.printed(), /Ran 1[2-9] tests/);
  assert.doesNotMatch(host.printed(), /skipped=/);
});
