// The back process: `node main.js ROOT`, started by the front in the notebook's folder with a pipe on
// descriptor 3. User code runs here on the main thread; the courier carries messages in a second one.
// The modules of Node without a name below are those that the lab asks for at their first use: loaded before
// any cell, since an interrupt in the middle of a first load would leave half a module for good.
import 'node:child_process';
import 'node:crypto';
import 'node:module';
import 'node:os';
import 'node:worker_threads';
import { format } from 'node:util';
import type { CellError } from '../wire/content.js';
import { guardAsyncHooks } from './asyncHooks.js';
import { CellModules } from './cellModules.js';
import { Comms, commsSymbol } from './comms.js';
import { Contexts } from './contexts.js';
import { Displays, broadcastSymbol } from './displays.js';
import { Epochs } from './epochs.js';
import { Executor } from './executor.js';
import { createInput } from './input.js';
import { interruptsSymbol } from './interruption.js';
import { Link } from './link.js';
import { isEmpty, mimeBundle } from './mimeBundle.js';
import { captureStreams, createOutlet } from './outlet.js';
import { refuseOwnDescriptor } from './ownDescriptor.js';
import { Phase } from './cellPhase.js';
import type { CommRequest, Request, RunReply, RunRequest } from './protocol.js';
import { Tracebacks } from './tracebacks.js';

/** Globals that Node makes at their first use: the same. */
void [performance, crypto, navigator];

process.on('SIGINT', () => {}); // a terminal's Ctrl-C: interrupts come as messages

const phase = new Phase();
const contexts = new Contexts();
const tracebacks = new Tracebacks(process.argv[2]!);
const link = new Link(phase, (message) => {
  if (message.op === 'interrupted') {
    afterTermination(message.number);
    executor.interrupted();
    tellOthers();
    for (const id of handling) link.send({ op: 'reply', id, reply: undefined });
    handling.clear();
    link.send({ op: 'stopped' });
    process.emit('SIGINT', 'SIGINT'); // background work gets the signal as in a terminal
  } else if (message.op === 'noticed') {
    tellOthers();
    process.emit('SIGINT', 'SIGINT');
  } else void answer(message);
});
const emit = createOutlet(link, contexts);
const displays = new Displays(emit, contexts);
const modules = new CellModules(process.cwd(), emit, new Epochs(), tracebacks);
const executor = new Executor(modules, phase, contexts);

const interrupts = new Set<() => void>();

const afterTermination = guardAsyncHooks(link.words);
tracebacks.install();
refuseOwnDescriptor();
captureStreams(emit);
const { display, clearOutput, broadcast } = displays;
const comms = new Comms(emit);
const { open, target } = comms;
Object.assign(globalThis, createInput(link, contexts), {
  display,
  clearOutput,
  [broadcastSymbol]: broadcast,
  [commsSymbol]: { open, target },
  [interruptsSymbol]: interrupts,
});
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error: unknown) => {
    const unclaimed = executor.stray(error);
    if (unclaimed) report(unclaimed);
  });
}

/** An interrupt does not stop work in other threads: this notifies the libraries that have some. */
function tellOthers(): void {
  for (const callback of interrupts) {
    try {
      callback();
    } catch (error) {
      report(tracebacks.of(error));
    }
  }
}

const handling = new Set<number>();

async function answer(message: Request): Promise<void> {
  const { id } = message;
  try {
    if (message.op === 'run') link.send({ op: 'reply', id, reply: await run(id, message.request) });
    else if (message.op === 'comm') handle(id, message.request);
    else {
      const ended = link.preloading();
      modules
        .preload([message.request])
        .catch(() => {})
        .finally(ended); // the cell itself reports the error
      link.send({ op: 'reply', id, reply: undefined });
    }
  } catch (error) {
    link.send({ op: 'failure', id, message: format('%s', error) });
  }
}

function run(id: number, request: RunRequest): Promise<RunReply> {
  return executor.run(id, request, async (value) => {
    if (request.value === 'return') return await mimeBundle(value);
    if (request.value === 'show' && value !== undefined) {
      const bundle = await mimeBundle(value);
      if (!isEmpty(bundle)) emit({ type: 'execute_result', content: { ...bundle } });
    }
    await displays.settled();
  });
}

/**
 * Handles a comm message, also while a cell waits; prints and errors of the handler show under the comm
 * message.
 */
function handle(id: number, request: CommRequest): void {
  handling.add(id);
  contexts.run(request.context, () => {
    try {
      comms.receive(request);
    } catch (error) {
      report(tracebacks.of(error));
    }
  });
  handling.delete(id);
  link.send({ op: 'reply', id, reply: undefined });
}

function report({ traceback }: CellError): void {
  process.stderr.write(traceback.join('\n') + '\n');
}

link.send({ op: 'ready' });
