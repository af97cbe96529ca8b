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
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`connection file ${path}: cannot be read: ${(error as Error).message}`, { cause: error });
  }
  return parseConnection(text, path);
}

/** The connection in the text of its file. @throws as `readConnection` */
export function parseConnection(text: string, path: string): Connection {
  const refuse = (why: string): never => {
    throw new Error(`connection file ${path}: ${why}`);
  };
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    refuse(`is not JSON: ${(error as Error).message}`);
  }
  if (typeof parsed !== 'object' || parsed === null) return refuse('must be a JSON object');
  const fields = parsed as Record<string, unknown>;
  const check = (name: string, isGood: (value: unknown) => boolean, rule: string): void => {
    if (!isGood(fields[name])) refuse(`${name} must be ${rule}, got ${shown(fields[name])}`);
  };
  check('transport', (value) => value === 'tcp' || value === 'ipc', 'tcp or ipc');
  check('signature_scheme', (value) => value === undefined || value === 'hmac-sha256', 'hmac-sha256');
  for (const name of ['ip', 'key']) check(name, (value) => typeof value === 'string', 'a string');
  const [most, rule] =
    fields['transport'] === 'tcp'
      ? [65535, 'an integer from 1 to 65535']
      : [Number.MAX_SAFE_INTEGER, 'an integer >= 1'];
  const isPort = (value: unknown): boolean =>
    Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most;
  for (const channel of channels) check(`${channel}_port`, isPort, rule);
  return parsed as Connection;
}

/** A value in a message: texts in quotes, lists and objects by their kind. */
const shown = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 60));
  return typeof value === 'object' && value !== null
    ? Array.isArray(value)
      ? 'a list'
      : 'an object'
    : String(value);
};
