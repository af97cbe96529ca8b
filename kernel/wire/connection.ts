// Where a kernel listens: the Jupyter connection file (jupyter_client documentation, "Connection files").
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const channels = ['shell', 'control', 'stdin', 'iopub', 'hb'] as const;
export type Channel = (typeof channels)[number];

export interface Connection {
  transport: 'tcp' | 'ipc';
  ip: string;
  key: string;
  signature_scheme: 'hmac-sha256';
  shell_port: number;
  control_port: number;
  stdin_port: number;
  iopub_port: number;
  hb_port: number;
  kernel_name?: string;
}

/** The ZeroMQ address of a channel: `tcp://127.0.0.1:5555`, or `ipc:///path-1`. */
export function address(connection: Connection, channel: Channel): string {
  const port = connection[`${channel}_port`];
  return connection.transport === 'ipc' ? `ipc://${connection.ip}-${port}` : `tcp://${connection.ip}:${port}`;
}

/** Reads a connection file; throws an error that names the file and the field that is wrong. */
export function readConnection(path: string): Connection {
  const text = readFileSync(path, 'utf8');
  let fields: unknown;
  try {
    fields = JSON.parse(text);
  } catch (error) {
    throw new Error(`connection file ${path}: is not JSON: ${(error as Error).message}`);
  }
  const wrong = connectionProblem(fields);
  if (wrong) throw new Error(`connection file ${path}: ${wrong}`);
  return fields as Connection;
}

function connectionProblem(fields: unknown): string | undefined {
  if (typeof fields !== 'object' || fields === null) return 'must be a JSON object';
  const record = fields as Record<string, unknown>;
  if (record['transport'] !== 'tcp' && record['transport'] !== 'ipc') {
    return `transport must be tcp or ipc, got ${String(record['transport'])}`;
  }
  if (record['signature_scheme'] !== undefined && record['signature_scheme'] !== 'hmac-sha256') {
    return `signature_scheme must be hmac-sha256, got ${String(record['signature_scheme'])}`;
  }
  for (const text of ['ip', 'key']) {
    if (typeof record[text] !== 'string') return `${text} must be a string, got ${String(record[text])}`;
  }
  for (const channel of channels) {
    const port = record[`${channel}_port`];
    if (!Number.isInteger(port)) return `${channel}_port must be an integer, got ${String(port)}`;
  }
  return undefined;
}

export interface OwnConnection {
  readonly connection: Connection;
  readonly file: string;
  /** Removes the connection file and, for ipc, the sockets beside it. */
  remove(): void;
}

/**
 * A fresh connection file, readable by this user only. Local sockets (ipc) in a private folder where the
 * platform has them: no port to race for, nothing on the network. Windows takes free loopback ports.
 */
export async function createConnection(
  transport: Connection['transport'] = process.platform === 'win32' ? 'tcp' : 'ipc',
): Promise<OwnConnection> {
  const folder = mkdtempSync(join(tmpdir(), 'emtd-'));
  const ipc = transport === 'ipc';
  const ports = ipc ? [1, 2, 3, 4, 5] : await freePorts(channels.length);
  const connection: Connection = {
    transport,
    ip: ipc ? join(folder, 'kernel') : '127.0.0.1',
    key: randomBytes(32).toString('hex'),
    signature_scheme: 'hmac-sha256',
    shell_port: ports[0]!,
    control_port: ports[1]!,
    stdin_port: ports[2]!,
    iopub_port: ports[3]!,
    hb_port: ports[4]!,
  };
  const file = join(folder, 'connection.json');
  writeFileSync(file, JSON.stringify(connection), { mode: 0o600 });
  return { connection, file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Free loopback ports; all are held until the last is known, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer()
            .once('error', reject)
            .listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}
