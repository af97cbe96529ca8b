// The back process: `node main.js ROOT`, started by the front in the notebook's folder with a pipe on
// descriptor 3. User code runs here on the main thread; the courier carries messages in a second one.
import { format } from 'node:util';
import { guardAsyncHooks } from './asyncHooks.js';
import { CellModules } from './cellModules.js';
import { Contexts } from './contexts.js';
import { Displays, broadcastSymbol, mimeBundle } from './display.js';
import { Epochs } from './epochs.js';
import { Executor } from './executor.js';
import { Link } from './link.js';
import { captureStreams, createOutlet } from './outlet.js';
import { Phase } from './phase.js';
import type { Request, RunReply } from './protocol.js';
import { Tracebacks } from './tracebacks.js';

const root = process.argv[2]!;
const folder = process.cwd();
process.on('SIGINT', () => {}); // a terminal's Ctrl-C: interrupts come as messages

const phase = new Phase();
const contexts = new Contexts();
const epochs = new Epochs();
const tracebacks = new Tracebacks(root);
const link = new Link(phase, (message) => {
  if (message.op === 'interrupted') {
    resumeChecks();
    displays.forget();
    executor.interrupted();
    link.send({ op: 'stopped' });
  } else void answer(message);
});
const emit = createOutlet(link, contexts);
const displays = new Displays(emit);
const modules = new CellModules({ folder, emit, epochs, tracebacks });
const executor = new Executor({ folder, phase, contexts, epochs, modules, tracebacks });

const resumeChecks = guardAsyncHooks();
tracebacks.install();
captureStreams(emit);
const { display, clearOutput, broadcast } = displays;
Object.assign(globalThis, { display, clearOutput, [broadcastSymbol]: broadcast });
for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error: unknown) => {
    const unclaimed = executor.stray(error);
    if (unclaimed) process.stderr.write(unclaimed.traceback.join('\n') + '\n');
  });
}

async function answer({ op, id, request }: Request): Promise<void> {
  try {
    link.send({ op: 'reply', id, reply: await answers[op](request) });
  } catch (error) {
    link.send({ op: 'failure', id, message: format('%s', error) });
  }
}

const answers = {
  run: (request: Request['request']): Promise<RunReply> =>
    executor.run(request, async (value) => {
      if (request.value === 'return') return await mimeBundle(value);
      if (request.value === 'show' && value !== undefined) {
        emit({ type: 'execute_result', content: { ...(await mimeBundle(value)) } });
      }
      await displays.settled();
      return undefined;
    }),
};

link.send({ op: 'ready' });
