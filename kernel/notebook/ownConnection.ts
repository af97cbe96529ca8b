// Where a kernel that we start listens: a fresh connection file, and what it promises.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Connection, channels } from '../wire/connection.js';
import { claimFolder, removeAbandoned } from './abandoned.js';

/**
 * How long the path of a local socket may be, bytes: sun_path of sockaddr_un holds 104 on macOS, 108 on Linux
 * (unix(7)).
 */
const longestSocketPath = 100;
const prefix = 'emtd-';

export interface OwnConnection {
  readonly connection: Connection;
  readonly file: string;
  /** Removes the connection file and, for ipc, the sockets beside it. */
  remove(): void;
}

/**
 * A fresh connection file, readable by this user only. Local sockets (ipc) in a private folder where the
 * platform has them: no port to race for, nothing on the network. Windows takes free loopback ports, and so
 * does a temporary folder whose path is too long for sockets.
 */
export async function createConnection(wanted?: 'tcp'): Promise<OwnConnection> {
  removeAbandoned(tmpdir(), prefix);
  const folder = mkdtempSync(join(tmpdir(), prefix));
  claimFolder(folder);
  const socket = join(folder, 'kernel');
  const ipc =
    wanted !== 'tcp' && process.platform !== 'win32' && Buffer.byteLength(`${socket}-1`) <= longestSocketPath;
  const [shell_port, control_port, stdin_port, iopub_port, hb_port] = ipc
    ? [1, 2, 3, 4, 5]
    : await freePorts(channels.length);
  const connection: Connection = {
    transport: ipc ? 'ipc' : 'tcp',
    ip: ipc ? socket : '127.0.0.1',
    key: randomBytes(32).toString('hex'),
    signature_scheme: 'hmac-sha256',
    shell_port,
    control_port,
    stdin_port,
    iopub_port,
    hb_port,
  };
  const file = join(folder, 'connection.json');
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  return { connection, file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Free loopback ports; all stay open until the last is found, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const listening = async (): Promise<Server> => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  const servers = await Promise.all(Array.from({ length: count }, listening));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}
