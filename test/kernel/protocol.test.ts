// The protocol, from a client's side, against the real kernel process.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import ts from 'typescript';
import type { KernelClient } from '../../kernel/notebook/client.js';
import { encode, type Json } from '../../kernel/wire/message.js';
import { Ear, printed, root, run, startKernel, tell, traceback } from './harness.js';

let kernel: KernelClient;
before(async () => {
  kernel = await startKernel();
});
after(() => kernel.shutdown());

const ask = async (type: string, content: Json = {}): Promise<Json> =>
  (await kernel.request('shell', type, content)).content;

describe('kernel_info', () => {
  test('says true versions and a language that JupyterLab knows', async () => {
    const info = await ask('kernel_info_request');
    assert.equal(info['status'], 'ok');
    assert.equal(info['protocol_version'], '5.4');
    assert.equal(info['implementation'], 'emtd-lab');
    const language = info['language_info'] as Json;
    assert.equal(language['name'], 'typescript');
    assert.equal(language['mimetype'], 'application/typescript');
    assert.equal(language['file_extension'], '.ts');
    assert.equal(language['version'], ts.version);
    assert.match(String(info['banner']), new RegExp(`Node ${process.versions.node}`));
  });

  test('answers on control while a cell runs', async () => {
    const running = run(
      kernel,
      'console.log("begun"); const until = Date.now() + 1500; while (Date.now() < until);',
    );
    await printed(kernel, 'begun');
    const began = performance.now();
    await kernel.request('control', 'kernel_info_request');
    assert.ok(performance.now() - began < 1000);
    await running;
  });
});

describe('execute', () => {
  test('order: busy, input, what is printed, result, idle; all with the request as parent', async () => {
    const { order, messages, reply, result } = await run(
      kernel,
      'console.log("a"); console.error("b"); console.log("c"); 6 * 7',
    );
    assert.deepEqual(order, [
      'status:busy',
      'execute_input',
      'stream',
      'stream',
      'stream',
      'execute_result',
      'status:idle',
    ]);
    assert.equal(new Set(messages.map(({ parent }) => parent.msg_id)).size, 1);
    assert.deepEqual(
      messages.slice(2, 5).map(({ content }) => content['text']),
      ['a\n', 'b\n', 'c\n'],
    );
    assert.equal(result, '42');
    assert.equal(reply['status'], 'ok');
    assert.equal(reply['execution_count'], messages[1]!.content['execution_count']);
  });

  test('a statement, undefined and an empty cell show no result; null does', async () => {
    for (const code of ['const nothing = 1;', 'undefined', '', '// only a comment']) {
      const { result, reply } = await run(kernel, code);
      assert.deepEqual([result, reply['status']], [undefined, 'ok'], code);
    }
    assert.equal((await run(kernel, 'null')).result, 'null');
  });

  test('a thousand printed lines all arrive before idle', async () => {
    const { stdout, order } = await run(kernel, 'for (let i = 0; i < 1000; i++) console.log(i)');
    assert.equal(stdout, Array.from({ length: 1000 }, (_, i) => `${i}\n`).join(''));
    assert.equal(order.at(-1), 'status:idle');
  });

  test('output flows while a synchronous loop runs', async () => {
    const running = run(
      kernel,
      'console.log("early"); const end = Date.now() + 1500; while (Date.now() < end); console.log("late")',
    );
    const began = performance.now();
    await printed(kernel, 'early');
    assert.ok(performance.now() - began < 1200);
    assert.equal((await running).stdout, 'early\nlate\n');
  });

  test('a thrown error: iopub error and reply say the same, no result', async () => {
    const { reply, messages, order } = await run(kernel, 'throw new RangeError("too far")');
    const error = messages.find(({ header }) => header.msg_type === 'error')!.content;
    assert.deepEqual(order, ['status:busy', 'execute_input', 'error', 'status:idle']);
    for (const content of [reply, error]) {
      assert.equal(content['ename'], 'RangeError');
      assert.equal(content['evalue'], 'too far');
      assert.deepEqual(content['traceback'], reply['traceback']);
    }
    assert.equal(reply['status'], 'error');
  });

  test('an error aborts what was queued behind it, and nothing later', async () => {
    const replies = await Promise.all(
      ['await new Promise((go) => setTimeout(go, 300)); throw new Error("stop")', '1 + 1', '2 + 2'].map(
        (code) => run(kernel, code),
      ),
    );
    assert.deepEqual(
      replies.map(({ reply }) => reply['status']),
      ['error', 'aborted', 'aborted'],
    );
    assert.deepEqual(replies[1]!.order, ['status:busy', 'status:idle']);
    assert.equal((await run(kernel, '3 + 3')).result, '6');
  });

  test('stop_on_error false lets the queue run', async () => {
    const [failed, next] = await Promise.all([
      run(kernel, 'throw new Error("go on")', { stop_on_error: false }),
      run(kernel, '1 + 1'),
    ]);
    assert.equal(failed!.reply['status'], 'error');
    assert.equal(next!.result, '2');
  });

  test('silent: nothing on iopub but the status, no count, but it runs', async () => {
    const { reply: earlier } = await run(kernel, 'let quiet = 0');
    const { order, reply } = await run(kernel, 'console.log("x"); quiet = 5', { silent: true });
    assert.deepEqual(order, ['status:busy', 'status:idle']);
    assert.equal(reply['execution_count'], earlier['execution_count']);
    assert.equal((await run(kernel, 'quiet')).result, '5');
    const failed = await run(kernel, 'throw new Error("hushed")', { silent: true });
    assert.deepEqual([failed.reply['status'], failed.order.length], ['error', 2]);
  });

  test('store_history false: output, but no count and no history', async () => {
    const { reply: earlier } = await run(kernel, '1');
    const { reply, result } = await run(kernel, '"unstored"', { store_history: false });
    assert.equal(result, "'unstored'");
    assert.equal(reply['execution_count'], earlier['execution_count']);
    const { history } = await ask('history_request', {
      hist_access_type: 'tail',
      n: 1,
      output: false,
      raw: true,
    });
    assert.deepEqual((history as unknown[][])[0]![2], '1');
  });

  test('an unstored cell leaves the history and the traceback of the cell before it alone', async () => {
    const { reply } = await run(
      kernel,
      '\n\nfunction thrower(): never { throw new Error("here"); }\n1000 + 1',
    );
    const count = String(reply['execution_count']);
    await run(kernel, '7 * 7', { store_history: false });
    const { history } = await ask('history_request', {
      hist_access_type: 'tail',
      n: 1,
      output: true,
      raw: true,
    });
    assert.equal((history as [number, number, [string, string]][])[0]![2][1], '1001');
    assert.match(traceback(await run(kernel, 'thrower()')), new RegExp(`cell\\[${count}\\]:3:35`));
    const [first, second] = [
      await run(kernel, '\nnull!.x', { store_history: false }),
      await run(kernel, 'null!.x', { store_history: false }),
    ];
    const [, name] = /(cell\[[\d.]+\]):2:7 - error/.exec(traceback(first)) ?? [];
    assert.ok(name && !traceback(second).includes(name), traceback(first));
  });

  test('user_expressions: bundles for what evaluates, errors for what does not', async () => {
    const { reply } = await run(kernel, 'const base = 20', {
      user_expressions: { twice: 'base * 2', bad: 'base +', wrong: 'base.foo' },
    });
    const { twice, bad, wrong } = reply['user_expressions'] as Record<string, Json>;
    assert.deepEqual(twice, { status: 'ok', data: { 'text/plain': '40' }, metadata: {} });
    assert.equal(bad!['status'], 'error');
    assert.equal(wrong!['ename'], 'TS2339');
  });
});

describe('display', () => {
  const shows = (bundle: string): string => `({ [Symbol.for('Jupyter.display')]: () => (${bundle}) })`;

  test('an object with the display method shows as its bundle; bytes travel as base64', async () => {
    const { messages } = await run(
      kernel,
      shows("{ 'text/html': '<b>x</b>', 'image/png': new Uint8Array([1, 2, 3]), 'text/plain': 'x' }"),
    );
    const result = messages.find(({ header }) => header.msg_type === 'execute_result')!.content;
    assert.deepEqual(result['data'], { 'text/html': '<b>x</b>', 'image/png': 'AQID', 'text/plain': 'x' });
  });

  test('a promised bundle is waited for', async () => {
    assert.equal(
      (await run(kernel, shows("new Promise((r) => setTimeout(r, 20, { 'text/plain': 'later' }))"))).result,
      'later',
    );
  });

  test('a display method that throws fails the cell', async () => {
    const { reply } = await run(
      kernel,
      "({ [Symbol.for('Jupyter.display')]() { throw new Error('no picture'); } })",
    );
    assert.deepEqual([reply['status'], reply['evalue']], ['error', 'no picture']);
  });

  test('display and update share an id; promised bundles keep their order', async () => {
    const { messages } = await run(
      kernel,
      `const handle = display(${shows("Promise.resolve({ 'text/plain': 'one' })")}); handle.update(${shows("Promise.resolve({ 'text/plain': 'two' })")}); 'end'`,
    );
    const [first, second] = messages.filter(({ header }) => header.msg_type.includes('display_data'));
    assert.deepEqual(
      [first!.header.msg_type, second!.header.msg_type],
      ['display_data', 'update_display_data'],
    );
    assert.deepEqual(first!.content['transient'], second!.content['transient']);
    assert.deepEqual(
      [first, second].map((message) => (message!.content['data'] as Json)['text/plain']),
      ['one', 'two'],
    );
  });

  test('a promised bundle that a newer one has overtaken is not shown any more', async () => {
    const { messages } = await run(
      kernel,
      `const slow = (text: string) => ${shows("new Promise((go) => setTimeout(go, 20, { 'text/plain': text }))")};
      const overtaken = display(slow('first')); overtaken.update('second'); await new Promise((go) => setTimeout(go, 40));
      overtaken.update(slow('third'));`,
    );
    const shown = messages.filter(({ header }) => header.msg_type.includes('display_data'));
    assert.deepEqual(
      shown.map(({ header, content }) => [header.msg_type, (content['data'] as Json)['text/plain']]),
      [
        ['display_data', "'second'"],
        ['update_display_data', 'third'],
      ],
    );
  });

  test('a promised bundle that fails, or never comes, is the matter of its own cell', async () => {
    const failing = shows("Promise.reject(new Error('no picture'))");
    const failed = await run(kernel, `const held = display(${failing}); 1`);
    assert.deepEqual([failed.reply['status'], failed.reply['evalue']], ['error', 'no picture']);
    const own = await run(
      kernel,
      `display(${shows('new Promise(() => {})')}); display(${failing}); throw new Error('own');`,
    );
    assert.equal(own.reply['evalue'], 'own');
    const next = await run(kernel, "held.update('again'); 1 + 1");
    assert.deepEqual([next.reply['status'], next.result], ['ok', '2']);
    assert.deepEqual(
      next.order.filter((type) => type.includes('display_data')),
      ['display_data'],
    );
  });

  test('a promised bundle that fails after its cell has ended is told there', async () => {
    const ear = new Ear(kernel);
    await run(kernel, `setTimeout(() => display(${shows("Promise.reject(new Error('no picture'))")}), 20);`);
    const cell = ear.messages.at(-1)!.parent.msg_id!;
    assert.equal((await run(kernel, 'await new Promise((go) => setTimeout(go, 60)); 1')).result, '1');
    assert.match(ear.printed(cell, 'stderr'), /^Error: no picture/);
    ear.stop();
  });

  test('display as the last line shows its value alone, under an id that no other process gives', async () => {
    const ids: unknown[] = [];
    for (const code of ['display(1)', '%reset\ndisplay(2)']) {
      const { order, messages } = await run(kernel, code);
      assert.deepEqual(
        order.filter((type) => /data|result/.test(type)),
        ['display_data'],
      );
      const { transient } = messages.find(({ header }) => header.msg_type === 'display_data')!.content;
      ids.push((transient as Json)['display_id']);
    }
    assert.notEqual(ids[0], ids[1]);
  });

  test('libraries send display messages through the global broadcast', async () => {
    const { order } = await run(
      kernel,
      `
      const send = (globalThis as any)[Symbol.for('Jupyter.broadcast')];
      const content = { data: { 'text/plain': 'bar' }, metadata: {}, transient: { display_id: 'p' } };
      send('display_data', content); send('update_display_data', content);`,
    );
    assert.deepEqual(order.slice(2, -1), ['display_data', 'update_display_data']);
  });

  test('clearOutput is clear_output', async () => {
    const { messages } = await run(kernel, 'clearOutput(true)');
    assert.deepEqual(messages.find(({ header }) => header.msg_type === 'clear_output')!.content, {
      wait: true,
    });
  });

  test("tslab's own display calls show", async () => {
    const { messages } = await run(kernel, "import * as tslab from 'tslab'; tslab.display.html('<i>t</i>')");
    assert.deepEqual(messages.find(({ header }) => header.msg_type === 'display_data')!.content['data'], {
      'text/html': '<i>t</i>',
    });
  });
});

describe('complete, inspect, is_complete', () => {
  test('completion replaces the word at a cursor counted in code points', async () => {
    await run(kernel, 'const zebra = { stripes: 3 };');
    const code = '"😀"; zebra.str';
    const {
      matches,
      cursor_start: start,
      cursor_end: end,
    } = await ask('complete_request', { code, cursor_pos: [...code].length });
    assert.deepEqual([matches, start, end], [['stripes'], 11, 14]);
  });

  test('inspection shows type and documentation of an earlier cell', async () => {
    await run(kernel, '/** Twice as much. */\nfunction double(x: number): number { return 2 * x; }');
    const { found, data } = await ask('inspect_request', {
      code: '"😀"; double',
      cursor_pos: 11,
      detail_level: 0,
    });
    assert.equal(found, true);
    assert.match((data as Json)['text/plain'] as string, /double\(x: number\): number[^]*Twice as much/);
    assert.equal((await ask('inspect_request', { code: '   ', cursor_pos: 1 }))['found'], false);
  });

  test('both answer while a cell runs, and the front end still sees it busy', async () => {
    const ear = new Ear(kernel);
    await run(kernel, 'const quagga = { stripes: 3 };');
    const running = run(
      kernel,
      "console.log('begun'); const stop = Date.now() + 2000; while (Date.now() < stop);",
    );
    await ear.hear(({ content }) => content['text'] === 'begun\n');
    const began = performance.now();
    const { matches } = await ask('complete_request', { code: 'quagga.', cursor_pos: 7 });
    const { found } = await ask('inspect_request', { code: 'quagga', cursor_pos: 6, detail_level: 0 });
    assert.ok(performance.now() - began < 1500, `${performance.now() - began} ms`);
    assert.deepEqual([matches, found], [['stripes'], true]);
    const last = (): unknown =>
      ear.messages.findLast(({ header }) => header.msg_type === 'status')?.content['execution_state'];
    await ear.hear(() => last() === 'busy', 1000);
    await running;
    ear.stop();
  });

  test('is_complete gives its four answers', async () => {
    const status = async (code: string): Promise<unknown> =>
      (await ask('is_complete_request', { code }))['status'];
    assert.equal(await status('const a = [1, 2];'), 'complete');
    assert.equal(await status('function f() {'), 'incomplete');
    assert.equal(await status('const t = `abc'), 'incomplete');
    assert.equal(await status('const = 3'), 'invalid');
    assert.equal(await status('%matplotlib inline'), 'unknown');
    assert.equal((await ask('is_complete_request', { code: 'if (true) {' }))['indent'], '  ');
  });
});

describe('history', () => {
  test('tail, range and search, with and without output', async () => {
    const { reply } = await run(kernel, '"needle" + 1');
    await run(kernel, '"needle" + 1');
    const line = reply['execution_count'] as number;
    const history = async (content: Json): Promise<unknown> =>
      (await ask('history_request', { raw: true, output: false, ...content }))['history'];
    assert.deepEqual(await history({ hist_access_type: 'tail', n: 2 }), [
      [0, line, '"needle" + 1'],
      [0, line + 1, '"needle" + 1'],
    ]);
    assert.deepEqual(
      await history({ hist_access_type: 'range', session: 0, start: line, stop: line + 1, output: true }),
      [[0, line, ['"needle" + 1', "'needle1'"]]],
    );
    assert.deepEqual(await history({ hist_access_type: 'search', pattern: '*needle* 1', unique: true }), [
      [0, line + 1, '"needle" + 1'],
    ]);
    assert.deepEqual(await history({ hist_access_type: 'search', pattern: '"needle"' }), []);
  });
});

describe('comms and unknown messages', () => {
  test('comm_info has the right reply; an opened comm is closed, for nobody listens', async () => {
    const reply = await kernel.request('shell', 'comm_info_request');
    assert.deepEqual(
      [reply.header.msg_type, reply.content],
      ['comm_info_reply', { status: 'ok', comms: {} }],
    );
    const closed = new Promise((resolve) => {
      const stop = kernel.onIopub(({ header, content }) => {
        if (header.msg_type !== 'comm_close') return;
        stop();
        resolve(content['comm_id']);
      });
    });
    kernel.request('shell', 'comm_open', { comm_id: 'c1', target_name: 'nobody', data: {} }).catch(() => {});
    assert.equal(await closed, 'c1');
  });

  test('forged, malformed and unknown messages change nothing and are logged', async () => {
    const request = kernel.message('execute_request', { code: '(globalThis as any).forged = true' });
    await kernel.sendRaw('shell', encode(request, 'another key'));
    await kernel.sendRaw('shell', [Buffer.from('garbage')]);
    await kernel.sendRaw('control', [Buffer.alloc(0), Buffer.from('<IDS|MSG>'), Buffer.from('x')]);
    const unknown = ['no_such_request', 'constructor', 'toString'];
    for (const type of unknown) await tell(kernel, type, {});
    assert.equal((await run(kernel, '(globalThis as any).forged')).result, undefined);
    assert.match(kernel.kernel.diagnostics, /shell: message dropped: wrong signature/);
    assert.match(kernel.kernel.diagnostics, /no <IDS\|MSG> delimiter/);
    for (const type of unknown)
      assert.ok(kernel.kernel.diagnostics.includes(`shell: ${type} is not supported`), type);
  });
});

test('a new subscriber is welcomed', async () => {
  const second = await import('zeromq').then(({ Subscriber }) => new Subscriber());
  const { connection } = kernel.kernel.connection;
  second.connect(
    connection.transport === 'ipc'
      ? `ipc://${connection.ip}-${connection.iopub_port}`
      : `tcp://${connection.ip}:${connection.iopub_port}`,
  );
  second.subscribe();
  const [, , , frame] = (await second.receive()).slice(0);
  second.close();
  assert.equal((JSON.parse(frame!.toString()) as Json)['msg_type'], 'iopub_welcome');
});

test('the working folder of cells is that of the kernel', async () => {
  assert.equal((await run(kernel, 'process.cwd()')).result, `'${root}'`);
});
