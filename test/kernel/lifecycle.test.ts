// How a kernel ends: asked to, with its parent, by force; and what it refuses to start on.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { KernelClient, KernelDied } from '../../kernel/notebook/client.js';
import { kernelCommand } from '../../kernel/notebook/kernelCommand.js';
import {
  assertInterrupted,
  gone,
  isAlive,
  printed,
  root,
  run,
  startKernel,
  temporaryFolder,
} from './harness.js';

test('starts on private local sockets, answers, and shuts down with a reply while a cell runs', async () => {
  const kernel = await startKernel();
  assert.equal(statSync(kernel.kernel.connection.file).mode & 0o077, 0);
  const begun = printed(kernel, 'begun');
  const running = run(kernel, "console.log('begun'); while (true);");
  await begun;
  const reply = await kernel.request('control', 'shutdown_request', { restart: true });
  assert.deepEqual(reply.content, { status: 'ok', restart: true });
  assertInterrupted(kernel, await running);
  await gone(kernel.kernel.child.pid!);
  assert.equal(kernel.kernel.child.signalCode, null);
  await kernel.shutdown();
});

test('shuts down while a cell is compiled: at once, and the cell is not run', async () => {
  const folder = temporaryFolder();
  const kernel = await startKernel({ folder: folder.path });
  await run(kernel, "import { writeFileSync } from 'node:fs'; writeFileSync('ready', '');");
  const many = Array.from({ length: 4000 }, (_, i) => `const v${i}: number = ${i} * 2;`).join('\n');
  const running = run(kernel, `writeFileSync('ran', '');\n${many}`, { stop_on_error: false });
  const queued = run(kernel, "writeFileSync('ran', '');");
  await kernel.request('control', 'kernel_info_request'); // the cell is there
  const began = performance.now();
  await kernel.request('control', 'shutdown_request', { restart: false });
  const late = run(kernel, "writeFileSync('ran', '');").catch(() => {});
  assertInterrupted(kernel, await running);
  assert.equal((await queued).reply['status'], 'aborted');
  await gone(kernel.kernel.child.pid!);
  const took = performance.now() - began;
  assert.ok(took < 5000, `${took} ms; a fraction of a second is usual`);
  await late;
  assert.deepEqual(readdirSync(folder.path), ['ready']);
  await kernel.shutdown();
  folder.remove();
});

test('a kernel that is killed fails the running cell; later requests fail by name', async () => {
  const kernel = await startKernel();
  const begun = printed(kernel, 'begun');
  const running = run(kernel, "console.log('begun'); while (true);");
  await begun;
  kernel.kernel.child.kill('SIGKILL');
  await assert.rejects(running, /kernel process ended \(SIGKILL\)/);
  await assert.rejects(run(kernel, '1'), KernelDied);
  await kernel.shutdown();
});

test('front and back end when their parent does, even in the middle of a loop', async () => {
  const client = new URL('../../kernel/notebook/client.js', import.meta.url).href;
  const parent = spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `
    import { KernelClient } from '${client}';
    const kernel = await KernelClient.start({ folder: ${JSON.stringify(root)} });
    kernel.onIopub(({ header, content }) => {
      if (header.msg_type === 'stream') console.log(kernel.kernel.child.pid + ' ' + content.text);
    });
    await kernel.execute("console.log(process.pid); while (true);");`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const pids = await new Promise<number[]>((resolve) =>
    parent.stdout.once('data', (data) => resolve(String(data).trim().split(' ').map(Number))),
  );
  assert.deepEqual(pids.map(isAlive), [true, true]);
  parent.kill('SIGKILL');
  for (const pid of pids) await gone(pid);
});

test('a broken connection file is a named error', () => {
  const folder = temporaryFolder();
  const file = join(folder.path, 'connection.json');
  const [command, ...rest] = kernelCommand();
  const start = (text: string): string => {
    writeFileSync(file, text);
    return spawnSync(
      command!,
      rest.map((word) => (word === '{connection_file}' ? file : word)),
      { encoding: 'utf8' },
    ).stderr;
  };
  const good = {
    transport: 'tcp',
    ip: '127.0.0.1',
    key: '',
    shell_port: 1,
    control_port: 1,
    stdin_port: 1,
    iopub_port: 1,
    hb_port: 1,
  };
  assert.match(start('{'), /connection file .*: is not JSON/);
  assert.match(
    start(JSON.stringify({ ...good, transport: 'udp' })),
    /transport must be tcp or ipc, got "udp"/,
  );
  for (const port of ['x', 0, -1, 1.5, 65536, 2 ** 31, null]) {
    assert.match(
      start(JSON.stringify({ ...good, iopub_port: port })),
      new RegExp(`iopub_port must be an integer from 1 to 65535, got ${JSON.stringify(port)}`),
    );
  }
  assert.match(
    start(JSON.stringify({ ...good, transport: 'ipc', hb_port: -1 })),
    /hb_port must be an integer >= 1, got -1/,
  );
  assert.match(
    start(JSON.stringify({ ...good, signature_scheme: 'md5' })),
    /signature_scheme must be hmac-sha256, got "md5"/,
  );
  folder.remove();
});

test('a command that is no kernel fails the start', async () => {
  await assert.rejects(KernelClient.start({ argv: ['no-such-command'] }), KernelDied);
  await assert.rejects(
    KernelClient.start({ argv: [process.execPath, '-e', 'console.error("no kernel"); process.exit(1)'] }),
    /no kernel/,
  );
});
