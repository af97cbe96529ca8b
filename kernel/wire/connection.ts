// Where a kernel listens: the Jupyter connection file (jupyter_client documentation, "Connection files").
import { readFileSync } from 'node:fs';

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
