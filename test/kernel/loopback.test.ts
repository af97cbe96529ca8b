// Nothing of a kernel listens beyond this machine: every socket of its processes, as the system lists them.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Dealer } from 'zeromq';
import { type Connection, createConnection, freePorts } from '../../kernel/wire/connection.js';
import { kernelCommand } from '../../kernel/notebook/kernelProcess.js';
import { encode, headerFactory } from '../../kernel/wire/message.js';
import { gone } from './harness.js';
import { family } from './processes.js';

const skip = process.platform === 'linux' ? false : 'needs /proc of Linux';
if (skip) console.error(`SKIPPED, where the kernel listens is not tested: ${skip}`);

test('a kernel over tcp listens on 127.0.0.1 only', { skip, timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'emtd test '));
  const [shell, control, stdin, iopub, hb] = await freePorts(5);
  const connection: Connection = {
    transport: 'tcp',
    ip: '127.0.0.1',
    key: randomBytes(16).toString('hex'),
    signature_scheme: 'hmac-sha256',
    shell_port: shell!,
    control_port: control!,
    stdin_port: stdin!,
    iopub_port: iopub!,
    hb_port: hb!,
  };
  const file = join(folder, 'connection.json');
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  const [command, ...words] = kernelCommand().map((word) => (word === '{connection_file}' ? file : word));
  const kernel = spawn(command!, words, { stdio: ['ignore', 'ignore', 'inherit'] });
  const socket = new Dealer({ linger: 0, reconnectInterval: 20 });
  try {
    // a cell has run: every process of the kernel is up
    socket.connect(`tcp://127.0.0.1:${shell}`);
    const header = headerFactory(undefined, 'test')('execute_request');
    const content = { code: '1 + 1', silent: false, store_history: false, user_expressions: {}, allow_stdin: false };
    await socket.send(encode({ identities: [], header, parent: {}, metadata: {}, content, buffers: [] }, connection.key) as Buffer[]);
    await socket.receive();

    const listening = listeners(family(kernel.pid!));
    assert.deepEqual(
      listening.sort(),
      [shell, control, stdin, iopub, hb].map((port) => `127.0.0.1:${port}`).sort(),
    );
  } finally {
    socket.close();
    kernel.kill('SIGTERM');
    await gone(kernel.pid!);
    rmSync(folder, { recursive: true });
  }
});

test('our own connection file is private, and so is its folder of sockets', { skip }, async () => {
  const { file, remove, connection } = await createConnection();
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.equal(statSync(join(file, '..')).mode & 0o777, 0o700);
  assert.equal(connection.transport, 'ipc');
  remove();
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
  const rows = ['tcp', 'tcp6'].flatMap((table) => readFileSync(`/proc/${pids[0]!}/net/${table}`, 'utf8').split('\n').slice(1));
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
