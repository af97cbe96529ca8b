// The back's second thread: owns the pipe to the front, carries messages both ways while the main thread
// runs user code, and stops that code on request (`Runtime.terminateExecution`, which no catch clause can
// stop).
import { Session } from 'node:inspector';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { workerData } from 'node:worker_threads';
import { suspendName } from './asyncHooks.js';
import { endChildren, killGroup } from './children.js';
import { FrameReader, lengthOf, pack } from './frames.js';
import { type CourierData, words } from './link.js';
import { Phase } from './cellPhase.js';
import type { Answer, FromBack, FromCourier, ToBack } from './protocol.js';
import { ownDescriptor } from './ownDescriptor.js';
import { interruption } from './interruption.js';

/** How long the main thread may take to answer a probe before its code counts as running, ms. */
const probePatience = 150;

/** How long the main thread may take to notice an interrupt before it is terminated once more, ms. */
const hearPatience = 50;

/** How often the courier asks whether async hooks are off; code of a cell may be in a hook for ever. */
const mostTries = 300;

const data = workerData as CourierData;
const phase = new Phase(data.phase);
const shared = new Int32Array(data.words);
const pipe = new Socket({ fd: ownDescriptor, readable: true, writable: true });
const reader = new FrameReader();

/** The main thread has sent something: its start is complete. */
let hasStarted = false;
let probes = 0;
let terminations = 0;
/** The termination that is under way. */
let stopping: Promise<void> | undefined;

/** The messages of one turn of the event loop, which are sent together. */
let outgoing: Buffer[] = [];
/** The number of their bytes that the main thread counts as under way. */
let bytes = 0;

function write(body: Buffer): void {
  if (outgoing.length === 0) setImmediate(flush, false);
  outgoing.push(lengthOf(body), body);
}

/** `isLast`: the exiting main thread waits until all is written. */
function flush(isLast: boolean): void {
  const size = bytes;
  pipe.write(Buffer.concat(outgoing), () => {
    Atomics.sub(shared, words.underWay, size);
    Atomics.notify(shared, words.underWay);
    if (isLast) Atomics.store(shared, words.flushed, 1);
    if (isLast) Atomics.notify(shared, words.flushed);
  });
  outgoing = [];
  bytes = 0;
}

function tellFront(message: FromBack): void {
  write(Buffer.from(pack(message)));
}

/** In order, and nothing but the decoy while a termination is under way. */
function tellMain(message: FromCourier): void {
  if (stopping) void stopping.then(() => deliver(message));
  else deliver(message);
}

function deliver(message: FromCourier): void {
  if (message.op === 'run') phase.request(message.id);
  data.port.postMessage(message);
}

/** The main thread is blocked while it waits for it. */
function answer(reply: Answer): void {
  data.answers.postMessage(reply);
  Atomics.add(shared, words.answers, 1);
  Atomics.notify(shared, words.answers);
}

async function interrupt(): Promise<void> {
  const { id, was } = phase.interrupt();
  if (was === 'requested' || was === 'loading') {
    tellFront({ op: 'reply', id, reply: { status: 'error', set: [], ...interruption } });
  }
  // A timer or a handler may loop outside every cell; but the loading of modules, the kernel's own
  // too, must not be terminated.
  const mayStop =
    was === 'running' || (hasStarted && was !== 'loading' && !isPreloading() && !(await answersProbe()));
  if (!mayStop) {
    endChildren();
    data.port.postMessage({ op: 'noticed' } satisfies FromCourier);
    return tellFront({ op: 'stopped' });
  }
  stopping ??= stop().finally(() => {
    stopping = undefined;
  });
  await stopping;
}

/**
 * Terminates until the main thread has noticed it: code whose wait ended just when the termination hit the
 * decoy would otherwise run on, perhaps for ever. Code that a further termination stops is notified once
 * more.
 */
async function stop(): Promise<void> {
  const isNoticed = (): boolean => Atomics.load(shared, words.interrupted) >= terminations;
  do {
    const number = ++terminations;
    await terminate(number);
    data.port.postMessage({ op: 'interrupted', number } satisfies FromCourier); // the main thread says `stopped`
    for (let waited = 0; waited < hearPatience && !isNoticed(); waited++) await sleep(1);
  } while (!isNoticed());
}

const isPreloading = (): boolean => Atomics.load(shared, words.preloading) > 0;

async function answersProbe(): Promise<boolean> {
  const number = ++probes;
  tellMain({ op: 'probe', number });
  const hasAnswered = (): boolean => Atomics.load(shared, words.probe) >= number;
  for (let waited = 0; waited < probePatience && !hasAnswered(); waited += 10) await sleep(10);
  return hasAnswered();
}

async function terminate(number: number): Promise<void> {
  const inspector = new Session();
  inspector.connectToMainThread();
  /** Resolves when the main thread has done it, between two steps of its code. */
  const ask = (method: string, params = {}): Promise<unknown> =>
    new Promise((resolve) => {
      inspector.post(method, params, (_error, answer) => resolve(answer));
      data.decoy.postMessage(null);
      endChildren(); // code that waits for one goes on, and is terminated
    });
  const suspend = { expression: `globalThis[Symbol.for('${suspendName}')](${number})` };
  try {
    const isAwaited = (): boolean => Atomics.load(shared, words.awaited) >= number;
    for (let tries = 0; !isAwaited() && tries < mostTries; tries++) {
      let isRefused = false;
      void ask('Runtime.evaluate', suspend).then(() => (isRefused = true));
      while (!isAwaited() && !isRefused) await sleep(1);
    }
    const terminated = ask('Runtime.terminateExecution');
    Atomics.store(shared, words.sent, number);
    await terminated;
  } finally {
    inspector.disconnect();
  }
}

data.port.on('message', (body: string | Uint8Array) => {
  hasStarted = true;
  if (body === 'flush') return flush(true);
  bytes += body.length;
  write(typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer));
});
pipe.on('data', (chunk: Buffer) => {
  for (const message of reader.push(chunk) as ToBack[]) {
    if (message.op === 'interrupt') void interrupt();
    else if (message.op === 'answer') answer(message.answer);
    else tellMain(message);
  }
});
pipe.on('error', () => {});
pipe.on('close', () => killGroup(process.pid)); // the front is gone
