// The front: a worker thread with every socket and the protocol, so that heartbeat, control and output
// flow while user code keeps the main thread busy.
import { writeSync } from 'node:fs';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Connection } from '../wire/connection.js';
import { Latch } from '../back/latch.js';
import { watchParent } from './orphan.js';
import { Phase } from '../back/phase.js';
import { RemoteBack } from './remoteBack.js';
import { Session } from './session.js';
import { Transport } from './transport.js';

export interface FrontData {
  connection: Connection;
  phase: SharedArrayBuffer;
  decoy: MessagePort;
  /** Opened when the sockets are closed. */
  closed: SharedArrayBuffer;
}

/** How long user code may take to end after the kernel was told to, ms. */
const exitDeadline = 2000;

const { connection, phase, decoy, closed } = workerData as FrontData;
const log = (line: string): void => {
  try {
    writeSync(2, `kernel: ${line}\n`);
  } catch {
    // nobody reads it any more
  }
};

async function start(port: MessagePort): Promise<void> {
  const back: RemoteBack = new RemoteBack({
    port,
    decoy,
    phase: new Phase(phase),
    onOutput: (output) => session.output(output),
    onExit: () => void end(),
  });
  const transport: Transport = await Transport.open(connection, {
    shell: (message) => session.shell(message),
    control: (message) => session.control(message),
    stdin: () => {},
    subscribed: (topic) => session.subscribed(topic),
    log,
  });
  let ending = false;
  /** `stop` ends what runs; when user code itself is exiting there is nothing to stop. */
  const end = async (stop?: () => Promise<void>): Promise<void> => {
    if (ending) return;
    ending = true;
    stopWatching();
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), exitDeadline);
    await stop?.();
    await session.finished();
    await transport.close();
    new Latch(closed).open();
    if (stop) back.exit();
  };
  const session: Session = new Session({
    transport,
    back,
    log,
    shutdown: () => void end(() => back.interrupt()),
  });
  const stopWatching = watchParent(() => {
    log('the process that started this kernel is gone: ending');
    void end(() => back.interrupt());
  });
}

start(parentPort!).catch((error: unknown) => {
  log(`cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.kill(process.pid, 'SIGKILL');
});
