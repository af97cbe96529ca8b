// The kernel process: `node main.js CONNECTION_FILE`. Sockets and protocol in a worker thread (front),
// compiler and user code here on the main thread (back).
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { createBack } from './backServer.js';
import { readConnection } from './connection.js';
import type { FrontData } from './front.js';
import { Phase } from './phase.js';

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
  const workerData: FrontData = { connection: readConnection(file), phase: phase.buffer, decoy: port2 };
  const front = new Worker(new URL('./front.js', import.meta.url), {
    workerData,
    transferList: [port2],
    stdout: false,
    stderr: false,
  });
  const folder = process.cwd();
  const back = createBack({ root: packageRoot(folder), folder }, phase, front);
  front.on('message', back.receive);
  front.on('error', (error) => {
    throw error;
  });
  process.on('SIGINT', () => {}); // interrupts come as messages
}

main();
