// The kernel process: `node main.js CONNECTION_FILE`. Sockets and protocol in a worker thread (front),
// compiler and user code here on the main thread (back).
import { existsSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import type { FromBack } from '../back/back.js';
import { createBack } from '../back/backServer.js';
import { readConnection } from '../wire/connection.js';
import type { FrontData } from './front.js';
import { Latch } from '../back/latch.js';
import { Phase } from '../back/phase.js';

/** How long an exiting process waits for the front to close its sockets, ms. */
const closeDeadline = 2000;

/** The nearest folder upwards that holds a package.json; the folder itself where there is none. */
function packageRoot(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return at;
    if (dirname(at) === at) return folder;
  }
}

function main(): void {
  const file = process.argv[2];
  if (!file) throw new Error('usage: node main.js CONNECTION_FILE');
  const phase = new Phase();
  const { port1: decoy, port2 } = new MessageChannel();
  decoy.on('message', () => {});
  const closed = new Latch();
  const connection = readConnection(file);
  const workerData: FrontData = { connection, phase: phase.buffer, decoy: port2, closed: closed.buffer };
  const front = new Worker(new URL('./front.js', import.meta.url), {
    workerData,
    transferList: [port2],
  });
  // ZeroMQ aborts a process that exits with open sockets: when user code exits, the front closes them first.
  process.on('exit', (code) => {
    front.postMessage({ op: 'exiting', code } satisfies FromBack);
    closed.wait(closeDeadline);
  });
  const folder = process.cwd();
  const back = createBack({ root: packageRoot(folder), folder }, phase, front);
  front.on('message', back.receive);
  front.on('error', (error) => writeSync(2, `kernel: ${error.stack ?? String(error)}\n`));
  front.on('exit', () => {
    closed.open();
    process.exit(1);
  });
  process.on('SIGINT', () => {}); // interrupts come as messages
}

try {
  main();
} catch (error) {
  writeSync(2, `kernel: ${(error as Error).message}\n`);
  process.exit(1);
}
