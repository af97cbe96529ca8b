// Nothing of a kernel listens beyond this machine: every socket of its processes, as the system lists them.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createConnection } from '../../kernel/notebook/ownConnection.js';
import { channels } from '../../kernel/wire/connection.js';
import { run, startKernel, temporaryFolder } from './harness.js';
import { family } from './processes.js';

const skip = process.platform === 'linux' ? false : 'needs /proc of Linux';
if (skip) console.error(`SKIPPED, where the kernel listens is not tested: ${skip}`);

test('a kernel over tcp listens on 127.0.0.1 only', { skip, timeout: 60_000 }, async () => {
  const kernel = await startKernel({ transport: 'tcp' });
  assert.equal((await run(kernel, '1 + 1')).result, '2'); // every process of the kernel is up
  const { connection } = kernel.kernel.connection;
  const expected = channels.map((channel) => `127.0.0.1:${connection[`${channel}_port`]}`);
  assert.deepEqual(listeners(family(kernel.kernel.child.pid!)).sort(), expected.sort());
  await kernel.shutdown();
});

test('our own connection file is private, and so is its folder of sockets', { skip }, async () => {
  const { file, remove, connection } = await createConnection();
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(statSync(join(file, '..')).mode & 0o777, 0o700);
  assert.equal(connection.transport, 'ipc');
  remove();
});

test('where the temporary folder is too deep for sockets, the kernel listens on loopback ports', {
  skip,
}, async (t) => {
  const deep = temporaryFolder('emtd '.padEnd(100, 'deep '));
  const before = process.env['TMPDIR'];
  t.after(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    deep.remove();
  });
  process.env['TMPDIR'] = deep.path;
  const kernel = await startKernel();
  assert.deepEqual(
    [kernel.kernel.connection.connection.transport, (await run(kernel, '1 + 1')).result],
    ['tcp', '2'],
  );
  await kernel.shutdown();
});

/** The addresses on which these processes accept connections: /proc/PID/net/tcp, joined by socket inodes. */
function listeners(pids: readonly number[]): string[] {
  const inodes = new Set(
    pids.flatMap((pid) =>
      readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
        try {
          return [/socket:\[(\d+)\]/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? ''];
        } catch {
          return []; // closed in the meantime
        }
      }),
    ),
  );
  const rows = ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pids[0]!}/net/${table}`, 'utf8').split('\n').slice(1),
  );
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter((fields) => fields[3] === '0A' && inodes.has(fields[9]!))
    .map((fields) => readable(fields[1]!));
}

/** `0100007F:1F90` is 127.0.0.1:8080: the address little-endian. */
function readable(hex: string): string {
  const [address, port] = hex.split(':') as [string, string];
  const bytes = [...Buffer.from(address, 'hex')];
  return `${address.length === 8 ? bytes.reverse().join('.') : address}:${parseInt(port, 16)}`;
}
