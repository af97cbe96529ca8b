// What goes wrong in notebooks that use the lab: the cell that caused it is told, the kernel goes on.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { Dealer, Request, Subscriber } from 'zeromq';
import type { KernelClient } from '../../kernel/notebook/client.js';
import { address, channels } from '../../kernel/wire/connection.js';
import { encode } from '../../kernel/wire/message.js';
import { Ear, gone, isAlive, printed, run, startLab, tell, temporaryFolder } from './harness.js';

const folder = temporaryFolder();
/** A notebook's folder with spaces and letters of other alphabets. */
const notebooks = join(folder.path, 'notes über 物理');
let kernel: KernelClient;
let ear: Ear;
before(async () => {
  mkdirSync(notebooks);
  kernel = await startLab({ folder: notebooks });
  ear = new Ear(kernel);
  await run(
    kernel,
    'const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));\nlet n = 1;',
  );
});
after(async () => {
  await kernel.shutdown();
  folder.remove();
});

/** A cell that waits where nothing stops it: for a writer of a pipe. */
const deaf = (path: string): string =>
  `require('node:child_process').execSync('mkfifo "$PIPE"', { env: { ...process.env, PIPE: ${JSON.stringify(path)} } });\n` +
  `console.log('begun'); require('node:fs').readFileSync(${JSON.stringify(path)});`;
/** And has the lab loaded again, where its process is a fresh one. */
const lives = async (): Promise<void> =>
  assert.equal((await run(kernel, '6 * ring(7).nodeCount')).result, '42');
const names = ({ reply }: { reply: Record<string, unknown> }): unknown => reply['ename'];

describe('errors', () => {
  test('a notebook folder with spaces and other alphabets', async () => {
    assert.equal(
      (await run(kernel, "import { basename } from 'node:path';\nbasename(__dirname)")).result,
      "'notes über 物理'",
    );
    assert.match(
      String((await run(kernel, '\nthrow new Error("here")')).reply['traceback']),
      /cell\[\d+\]:2:7/,
    );
  });

  test('a stack overflow is an error of its cell', async () => {
    assert.equal(
      names(await run(kernel, 'function deep(): number { return deep() + 1; }\ndeep()')),
      'RangeError',
    );
    await lives();
  });

  test('a throw in a timer fails its cell while that runs', async () => {
    const ran = await run(kernel, 'setTimeout(() => { throw new Error("in time"); }, 5); await sleep(5000);');
    assert.deepEqual([names(ran), ran.reply['evalue']], ['Error', 'in time']);
  });

  test('a throw in a timer after its cell has ended goes to that cell, not to the one that runs', async () => {
    await run(kernel, 'setTimeout(() => { throw new Error("too late"); }, 60);');
    const guilty = ear.messages.at(-1)!.parent.msg_id!;
    const { reply, stderr } = await run(kernel, 'await sleep(150);');
    assert.deepEqual([reply['status'], stderr], ['ok', '']);
    assert.match(ear.printed(guilty, 'stderr'), /^Error: too late\n.*cell\[\d+\]:1:26/);
  });

  test('an unhandled rejection fails its cell while that runs', async () => {
    const ran = await run(kernel, 'void Promise.reject(new TypeError("unheard")); await sleep(5000);');
    assert.deepEqual([names(ran), ran.reply['evalue']], ['TypeError', 'unheard']);
  });

  test('an unhandled rejection after its cell has ended goes to that cell, not to the one that runs', async () => {
    await run(kernel, 'void sleep(60).then(() => { throw new Error("rejected late"); });');
    const guilty = ear.messages.at(-1)!.parent.msg_id!;
    const { reply, stderr } = await run(kernel, 'await sleep(150);');
    assert.deepEqual([reply['status'], stderr], ['ok', '']);
    assert.match(ear.printed(guilty, 'stderr'), /^Error: rejected late\n/);
  });

  for (const [what, code, message] of [
    ['a rejection', "void Promise.reject(new Error('refused'));", /^Error: refused\n/],
    ['a throw in a timer', "setTimeout(() => { throw new Error('in a timer'); });", /^Error: in a timer\n/],
    [
      'a sampling without await that is refused',
      'void sample(langevin(spring, { temperature: 1, timeStep: 9 }), { steps: 1000, seed: 1 });',
      /^RangeError: langevin: timeStep must be below /,
    ],
    [
      'a sampling without await that is aborted',
      `const stop = new AbortController();
      void sample(langevin(spring, { temperature: 1, timeStep: 0.1 }), { steps: 1e9, every: 1e9, seed: 1, signal: stop.signal });
      setTimeout(() => stop.abort(), 20);`,
      /sample: aborted after /,
    ],
  ] as const) {
    test(`shown under its cell, and the variables stay: ${what}`, async () => {
      await run(
        kernel,
        'const spring = hamiltonian(ring(5), [bond((a, b) => a.sub(b).squaredNorm())]);\nconst keep = spring;',
      );
      const { reply } = await run(kernel, code);
      const guilty = ear.messages.at(-1)!.parent.msg_id!;
      const shown = (): string =>
        reply['status'] === 'error'
          ? (reply['traceback'] as string[]).join('\n')
          : ear.printed(guilty, 'stderr');
      if (reply['status'] === 'ok')
        await ear.hear(({ parent, content }) => parent.msg_id === guilty && content['name'] === 'stderr');
      assert.match(shown(), message);
      assert.equal((await run(kernel, 'keep === spring && keep.graph.nodeCount')).result, '5');
    });
  }

  test('a cell of 5 MB', async () => {
    assert.equal(
      (await run(kernel, `const text: string = '${'x'.repeat(5e6)}';\ntext.length`)).result,
      '5000000',
    );
  });

  for (const [what, pasted] of [
    ['20 KB of words without sense', 'x y '.repeat(5000)],
    ['60 KB of them', 'x y '.repeat(15_000)],
    ['100,000 NULs', '\0'.repeat(1e5)],
  ] as const) {
    test(`a pasted line, ${what}: a short answer at once, and earlier cells are known`, async () => {
      await run(kernel, 'let earlier = 6;');
      const began = performance.now();
      const { reply } = await run(kernel, pasted);
      const took = performance.now() - began;
      const lines = reply['traceback'] as string[];
      assert.match(String(names({ reply })), /^TS\d+$/);
      assert.ok(took < 2000, `${took} ms`);
      assert.ok(
        lines.join('\n').length < 20 * 600 &&
          lines.filter((line) => line.includes(' - error TS')).length <= 20,
        String(lines.length),
      );
      assert.equal((await run(kernel, 'earlier * 7')).result, '42');
    });
  }

  test('brackets nested too deeply are an error that says so', async () => {
    await run(kernel, 'let earlier = 6;');
    const { reply } = await run(kernel, '([{'.repeat(7000));
    assert.deepEqual(
      [reply['ename'], reply['evalue']],
      ['RangeError', 'the cell is nested too deeply to be compiled'],
    );
    assert.equal((await run(kernel, 'earlier * 7')).result, '42');
  });

  test('1,000 queued cells: those before the one that fails run in order, those behind it are aborted', async () => {
    const gate =
      "await new Promise((go) => { (globalThis as any)[Symbol.for('Jupyter.comms')].target('gate', go); console.log('gate'); });";
    const codes = Array.from({ length: 1000 }, (_, i) =>
      i === 20 ? 'throw new Error("enough")' : `n = ${i}; n`,
    );
    const there = printed(kernel, 'gate'); // else it would be opened before it is there
    const opened = run(kernel, gate);
    const running = Promise.all(codes.map((code) => run(kernel, code)));
    await kernel.request('shell', 'kernel_info_request'); // answered at once: all cells before it have arrived
    await there;
    await tell(kernel, 'comm_open', { comm_id: 'gate', target_name: 'gate', data: {} });
    assert.equal((await opened).reply['status'], 'ok');
    const ran = await running;
    const statuses = ran.map(({ reply }) => reply['status']);
    assert.deepEqual(new Set(statuses.slice(0, 20)), new Set(['ok']));
    assert.equal(statuses[20], 'error');
    assert.deepEqual(new Set(statuses.slice(21)), new Set(['aborted']));
    assert.deepEqual(
      ran.slice(0, 20).map(({ result }) => Number(result)),
      codes.slice(0, 20).map((_, i) => i),
    );
    assert.equal((await run(kernel, 'n')).result, '19');
  });

  test('an interrupt does not wait for the compiler', async () => {
    const running = run(
      kernel,
      `type Orders<T, U = T> = [T] extends [never] ? [] : T extends T ? [T, ...Orders<Exclude<U, T>>] : never;
      const orders: Orders<1 | 2 | 3 | 4 | 5 | 6 | 7 | 8>[] = [];`,
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    const began = performance.now();
    await kernel.interrupt();
    assert.equal(names(await running), 'KeyboardInterrupt');
    assert.ok(performance.now() - began < 500, `${performance.now() - began} ms`);
    assert.equal(names(await run(kernel, 'orders')), 'TS2304');
    await lives();
  });
});

describe('messages', () => {
  test('one that is sent again is refused', async () => {
    const request = encode(
      kernel.message('execute_request', { code: 'n = -7' }),
      kernel.kernel.connection.connection.key,
    );
    await run(kernel, 'let n = 0;');
    await kernel.sendRaw('shell', request);
    assert.equal((await run(kernel, 'n')).result, '-7');
    await run(kernel, 'n = 1;');
    await kernel.sendRaw('shell', request);
    assert.equal((await run(kernel, 'n')).result, '1');
    assert.match(kernel.kernel.diagnostics, /shell: message dropped: its signature has come before/);
  });

  test('garbage on every socket', async () => {
    const { connection } = kernel.kernel.connection;
    for (const channel of channels) {
      await new Promise<void>((resolve) => {
        const socket = connect(address(connection, channel).replace('ipc://', ''));
        socket.on('error', () => {}).on('close', () => resolve());
        socket.end(randomBytes(4000));
        socket.setTimeout(200, () => socket.destroy());
      });
    }
    for (const channel of ['shell', 'control', 'stdin'] as const) {
      const socket = new Dealer({ linger: 100 });
      socket.connect(address(connection, channel));
      await socket.send([Buffer.from('<IDS|MSG>'), ...Array.from({ length: 5 }, () => randomBytes(100))]);
      await socket.send([randomBytes(10)]);
      await socket.send(encode(kernel.message('no_such_request'), connection.key) as Buffer[]);
      await socket.send(
        encode(
          kernel.message('execute_request', { code: 7 as unknown as string }),
          connection.key,
        ) as Buffer[],
      );
      socket.close();
    }
    const heartbeat = new Request();
    heartbeat.connect(address(connection, 'hb'));
    await heartbeat.send(randomBytes(3));
    assert.equal((await heartbeat.receive())[0]!.length, 3);
    heartbeat.close();
    const subscriber = new Subscriber();
    subscriber.connect(address(connection, 'iopub'));
    subscriber.subscribe(randomBytes(50));
    await new Promise((resolve) => setTimeout(resolve, 100));
    subscriber.close();
    await lives();
    assert.match(kernel.kernel.diagnostics, /message dropped: wrong signature/);
  });

  test('a wrong key: nothing runs, nothing is answered, and the log says so', async () => {
    const request = kernel.message('execute_request', { code: 'n = -1' });
    await kernel.sendRaw('shell', encode(request, 'another key'));
    assert.equal((await run(kernel, 'n === -1')).result, 'false');
    assert.ok(!ear.messages.some(({ parent }) => parent.msg_id === request.header.msg_id));
    assert.match(kernel.kernel.diagnostics, /shell: message dropped: wrong signature/);
  });
});

describe('a dead back', () => {
  const front = async (): Promise<number> => Number((await run(kernel, 'process.ppid')).result);

  test('process.exit: the cell says so and keeps what it had printed; queued cells are aborted; the kernel goes on', async () => {
    const before = await front();
    const began = performance.now();
    const [exiting, queued] = await Promise.all([
      run(kernel, "console.log('bye'); process.exit(3);"),
      run(kernel, 'n'),
    ]);
    assert.ok(performance.now() - began < 1900, 'it waited for its deadline, though everything had left');
    assert.deepEqual(
      [names(exiting), exiting.stdout, queued.reply['status']],
      ['ProcessExit', 'bye\n', 'aborted'],
    );
    assert.match(
      String(exiting.reply['evalue']),
      /exit code 3\); variables are gone; the kernel has restarted/,
    );
    assert.equal(names(await run(kernel, 'n')), 'TS2304');
    assert.equal(await front(), before);
  });

  test('process.exit in a timer after its cell has ended is told there', async () => {
    await run(kernel, 'setTimeout(() => process.exit(4), 20);');
    const guilty = ear.messages.at(-1)!.parent.msg_id!;
    await ear.hear(({ parent, header }) => parent.msg_id === guilty && header.msg_type === 'stream');
    assert.match(ear.printed(guilty, 'stderr'), /exit code 4/);
    await lives();
  });

  test('a native crash', async () => {
    const ran = await run(kernel, 'process.abort()');
    assert.deepEqual([names(ran), ran.stderr], ['KernelDied', '']);
    assert.match(String(ran.reply['evalue']), /crashed \(SIGABRT\)/);
    await lives();
  });

  test("the kernel's own descriptor is refused by name, and the variables stay", async () => {
    await run(
      kernel,
      "import fs, { closeSync, createWriteStream, writeSync } from 'node:fs';\nlet kept = ring(6).nodeCount;",
    );
    for (const [use, name] of [
      ["writeSync(3, 'x')", 'writeSync'],
      ["fs.writeSync(3, 'x')", 'writeSync'],
      ["fs.write(3, 'x', () => {})", 'write'],
      ["fs.writeFileSync(3, 'x')", 'writeFileSync'],
      ['closeSync(3)', 'closeSync'],
      ["require('fs').readSync(3, Buffer.alloc(9))", 'readSync'],
    ]) {
      const { reply } = await run(kernel, use!);
      assert.match(
        String(reply['evalue']),
        new RegExp(`^fs.${name}: descriptor 3 is the kernel's own; open a file for yours`),
        use,
      );
    }
    const stream = await run(
      kernel,
      "const out = createWriteStream('', { fd: 3 }); out.on('error', () => {}); out.write('x'); await new Promise((r) => setTimeout(r, 20));",
    );
    assert.match(String(stream.reply['evalue'] ?? ''), /^fs.writeS?.*descriptor 3 is the kernel's own|^$/);
    assert.equal((await run(kernel, 'kept')).result, '6');
  });

  test("what a thread writes into the kernel's descriptor ends the process, is named, and the kernel goes on", async () => {
    const thread = "require('node:fs').writeSync(3, 'a line that is no message')";
    const ran = await run(
      kernel,
      `new (require('node:worker_threads').Worker)(${JSON.stringify(thread)}, { eval: true }); await new Promise((r) => setTimeout(r, 9000));`,
    );
    assert.equal(names(ran), 'KernelDied');
    assert.match(
      String(ran.reply['evalue']),
      /wrote into descriptor 3, which is the kernel's own, .*variables are gone/,
    );
    await lives();
  });

  test('killed from outside', async () => {
    const { result } = await run(kernel, 'process.pid');
    const begun = printed(kernel, 'begun');
    const running = run(kernel, "console.log('begun'); while (true);");
    await begun;
    process.kill(Number(result), 'SIGKILL');
    assert.match(String((await running).reply['evalue']), /was killed \(SIGKILL\)/);
    await lives();
  });

  test('a cell that resists interrupts is killed when asked twice', async () => {
    const begun = printed(kernel, 'begun');
    const running = run(kernel, deaf(join(folder.path, 'one')));
    await begun;
    await new Promise((resolve) => setTimeout(resolve, 200)); // until it waits for the writer
    const began = performance.now();
    void kernel.interrupt();
    void kernel.interrupt();
    const ran = await running;
    assert.match(String(ran.reply['evalue']), /did not stop when interrupted/);
    assert.ok(performance.now() - began < 2000, `${performance.now() - began} ms`);
    await lives();
  });
});

describe('children', () => {
  const start = (how: string): string => `
    const { spawn } = await import('node:child_process');
    const child = spawn('sh', ['-c', 'trap "" ${how}; while :; do sleep 0.1; done'], { stdio: 'ignore' });
    console.log(child.pid);`;
  const started = async (own: KernelClient, how: string): Promise<number> =>
    Number((await run(own, start(how))).stdout);

  test('of a cell that waits for one: Stop ends it at once, and the variables stay', async () => {
    await run(kernel, 'let kept = 5;');
    const begun = printed(kernel, 'begun');
    const running = run(
      kernel,
      "require('node:child_process').execSync('echo begun; sleep 30', { stdio: 'inherit' });",
    );
    await begun;
    const began = performance.now();
    await kernel.interrupt();
    assert.equal(names(await running), 'KeyboardInterrupt');
    assert.ok(performance.now() - began < 2000, `${performance.now() - began} ms`);
    assert.equal((await run(kernel, 'kept')).result, '5');
  });

  for (const how of ['HUP', 'TERM']) {
    test(`Stop ends them, also while no cell runs (${how} ignored)`, async () => {
      const child = await started(kernel, how);
      assert.ok(isAlive(child));
      await kernel.interrupt();
      await gone(child, 3000);
      await lives();
    });
  }

  test('%reset, the end of their process, shutdown and the end of the front end them', async () => {
    const own = await startLab();
    for (const code of ['%reset\n1', 'process.exit()']) {
      const child = await started(own, 'TERM');
      await run(own, code);
      await gone(child, 3000);
    }
    const last = await started(own, 'TERM');
    await own.shutdown();
    await gone(last, 3000);
    const other = await startLab();
    const orphan = await started(other, 'TERM');
    other.kernel.child.kill('SIGKILL');
    await gone(orphan, 3000);
    await other.shutdown();
  });
});

describe('with a kernel of their own', { concurrency: 2 }, () => {
  test('a cell that resists an interrupt for 5 s is killed', async () => {
    const own = await startLab();
    const begun = printed(own, 'begun');
    const running = run(own, deaf(join(folder.path, 'two')));
    await begun;
    await new Promise((resolve) => setTimeout(resolve, 200));
    const began = performance.now();
    await own.interrupt();
    assert.match(String((await running).reply['evalue']), /did not stop when interrupted/);
    const took = performance.now() - began;
    assert.ok(took > 4000 && took < 7000, `${took} ms`);
    await own.shutdown();
  });

  test('a memory blow-up', async () => {
    const own = await startLab({ env: { NODE_OPTIONS: '--max-old-space-size=200' } });
    const ran = await run(
      own,
      'const rows: object[] = [];\nfor (;;) rows.push({ row: Array.from({ length: 10 }) });',
    );
    assert.equal(names(ran), 'KernelDied');
    assert.match(String(ran.reply['evalue']), /^out of memory: /);
    assert.equal((await run(own, '6 * ring(7).nodeCount')).result, '42');
    await own.shutdown();
  });

  test('the front is gone in the middle of a cell: the back ends too', async () => {
    const own = await startLab();
    const { result: back } = await run(own, 'process.pid');
    const begun = printed(own, 'begun');
    const running = run(own, "console.log('begun'); while (true);").catch(() => {});
    await begun;
    own.kernel.child.kill('SIGKILL');
    await gone(Number(back), 3000);
    await running;
    await own.shutdown();
  });

  test('SIGTERM in the middle of a cell: the cell is told, the kernel ends with its back', async () => {
    const own = await startLab();
    const { result: back } = await run(own, 'process.pid');
    const begun = printed(own, 'begun');
    const running = run(own, "console.log('begun'); while (true);");
    await begun;
    own.kernel.child.kill('SIGTERM');
    assert.equal(names(await running), 'KeyboardInterrupt');
    await gone(own.kernel.child.pid!);
    assert.equal(own.kernel.child.exitCode, 128 + 15);
    await gone(Number(back));
    await own.shutdown();
  });

  test('two kernels at once know nothing of each other', async () => {
    const pair = await Promise.all([startLab(), startLab()]);
    const ran = await Promise.all(pair.map((own, i) => run(own, `const mine = ${i}; mine`)));
    assert.deepEqual(
      ran.map(({ result }) => result),
      ['0', '1'],
    );
    await run(pair[0], 'process.exit()');
    assert.deepEqual(
      [names(await run(pair[0], 'mine')), (await run(pair[1], 'mine')).result],
      ['TS2304', '1'],
    );
    await Promise.all(pair.map((own) => own.shutdown()));
  });
});
