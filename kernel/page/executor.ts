// User code in a worker of the page: the kernel's executor, displays and comms (back/), with the lab's doors as
// the modules that cells may import. Messages are those between front and back (back/protocol.ts). The page
// ends the worker where code does not stop when asked.
import './node/process.js';
import { format } from 'node:util';
import { Comms, commsSymbol } from '../back/comms.js';
import { Contexts } from '../back/contexts.js';
import { Phase } from '../back/cellPhase.js';
import { Displays, broadcastSymbol } from '../back/displays.js';
import { Epochs } from '../back/epochs.js';
import { Executor } from '../back/executor.js';
import { interruptsSymbol } from '../back/interruption.js';
import { isEmpty, mimeBundle } from '../back/mimeBundle.js';
import { captureStreams, createOutlet } from '../back/outlet.js';
import type { CommRequest, FromBack, Request, RunReply, RunRequest } from '../back/protocol.js';
import { quietTensorFlow } from '../back/quietTensorFlow.js';
import { Tracebacks } from '../back/tracebacks.js';
import type { CellError } from '../wire/content.js';
import { all, mount } from './node/fs.js';
import { lab } from './node/places.js';
import { PageModules } from './pageModules.js';

const send = (message: FromBack): number => {
  postMessage(message);
  return message.op === 'output' ? JSON.stringify(message.content).length : 0;
};
const page = globalThis as unknown as Record<symbol | string, unknown>;
quietTensorFlow();

const phase = new Phase(new ArrayBuffer(4) as unknown as SharedArrayBuffer); // nobody shares it
const contexts = new Contexts();
const tracebacks = new Tracebacks(lab);
const emit = createOutlet({ send }, contexts);
const displays = new Displays(emit, contexts);
const epochs = new Epochs();
const modules = new PageModules(epochs, tracebacks);
const executor = new Executor(modules, phase, contexts);
const comms = new Comms(emit);
const interrupts = new Set<() => void>();
tracebacks.install();
captureStreams(emit);
for (const [name, target] of Object.entries({
  log: 'stdout',
  info: 'stdout',
  debug: 'stdout',
  warn: 'stderr',
  error: 'stderr',
})) {
  page['console'] = Object.assign(page['console'] as object, {
    [name]: (...values: unknown[]) => void process[target as 'stdout'].write(`${format(...values)}\n`),
  });
}
const refused = (name: string) => () => {
  throw new Error(`${name}: needs Jupyter, since code in a page cannot wait for an answer`);
};
Object.assign(globalThis, {
  display: displays.display,
  clearOutput: displays.clearOutput,
  prompt: refused('prompt'),
  confirm: refused('confirm'),
  alert: refused('alert'),
  [broadcastSymbol]: displays.broadcast,
  [commsSymbol]: { open: comms.open, target: comms.target },
  [interruptsSymbol]: interrupts,
});

const report = ({ traceback }: CellError): void => void process.stderr.write(`${traceback.join('\n')}\n`);
const stray = (error: unknown): void => {
  const unclaimed = executor.stray(error);
  if (unclaimed) report(unclaimed);
};
addEventListener('error', (event) => (event.preventDefault(), stray(event.error)));
addEventListener('unhandledrejection', (event) => (event.preventDefault(), stray(event.reason)));

function run(id: number, request: RunRequest): Promise<RunReply> {
  phase.request(id);
  return executor.run(id, request, async (value) => {
    if (request.value === 'show' && value !== undefined) {
      const bundle = await mimeBundle(value);
      if (!isEmpty(bundle)) emit({ type: 'execute_result', content: { ...bundle } });
    }
    await displays.settled();
    return undefined;
  });
}

function handle(request: CommRequest): void {
  contexts.run(request.context, () => {
    try {
      comms.receive(request);
    } catch (error) {
      report(tracebacks.of(error));
    }
  });
}

function interrupt(): void {
  executor.interrupted();
  for (const callback of interrupts) callback();
  send({ op: 'stopped' });
}

addEventListener('message', ({ data }: MessageEvent<Request | { op: 'interrupt' }>) => {
  if (data.op === 'interrupt') interrupt();
  else if (data.op === 'run')
    void run(data.id, data.request).then((reply) => send({ op: 'reply', id: data.id, reply }));
  else if (data.op === 'comm') handle(data.request);
});

await mount(new URL('data.packed', import.meta.url));
page[Symbol.for('emtd.files')] = all;
send({ op: 'ready' });
void modules.preload(['emtd-lab']).catch(() => {}); // the cell itself reports the error
