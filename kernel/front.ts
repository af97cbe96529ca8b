// The front: a worker thread with every socket and the protocol, so that heartbeat, control and output
// flow while user code keeps the main thread busy.
import { writeSync } from 'node:fs';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Connection } from './connection.js';
import { watchParent } from './orphan.js';
import { Phase } from './phase.js';
import { RemoteBack } from './remoteBack.js';
import { Session } from './session.js';
import { Transport } from './transport.js';

export interface FrontData {
  connection: Connection;
  phase: SharedArrayBuffer;
  decoy: MessagePort;
}

/** How long user code may take to end after the kernel was told to, ms. */
const exitDeadline = 2000;

const { connection, phase, decoy } = workerData as FrontData;
const log = (line: string): void => {
  writeSync(2, `kernel: ${line}\n`);
};

async function start(port: MessagePort): Promise<void> {
  const back: RemoteBack = new RemoteBack(port, decoy, new Phase(phase), (output) => session.output(output));
  const transport: Transport = await Transport.open(connection, {
    shell: (message) => session.shell(message),
    control: (message) => session.control(message),
    stdin: () => {},
    subscribed: (topic) => session.subscribed(topic),
    log,
  });
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    stopWatching();
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), exitDeadline);
    await transport.close();
    back.exit();
  };
  const session: Session = new Session({ transport, back, log, shutdown: () => void end() });
  const stopWatching = watchParent(() => {
    log('the process that started this kernel is gone: ending');
    void end();
  });
}

start(parentPort!).catch((error: unknown) => {
  log(`cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.kill(process.pid, 'SIGKILL');
});
