// The script of a thread that makes runs: it finds the function, then makes one run per message. Compiled
// code runs on this thread alone; the other cores have runs of their own.
import { setThreads, toStarter } from '../runtime/index.js';
import { need } from '../files/node.js';
import { checkpointOf } from './checkpoints.js';
import { codeOf } from './code.js';
import { findRun } from './found.js';
import { endingOf, type Run } from './oneRun.js';
import type { ToStarter, ToThread, Work } from './threads.js';

setThreads(1);
const stop = new AbortController();
let work: Work | undefined;
let run: Promise<Run> | undefined;

const post = toStarter((message) => void receive(message as ToThread));
const answer = (message: ToStarter): void => post(message);

/** @throws Error if the code is not that of the sweep any more */
async function found({ module, sweep, run: name, code }: Work): Promise<Run> {
  if (codeOf(need('sweep', 'node:url').fileURLToPath(module), name) !== code)
    throw new Error(`sweep: the code of ${name} has changed since the sweep began; start it again`);
  return findRun(module, sweep, name);
}

async function receive(message: ToThread): Promise<void> {
  if ('module' in message) {
    work = message;
    run = found(message);
    await run.then(
      () => answer({ isReady: true }),
      (error: unknown) => answer({ unfit: String(error) }),
    );
  } else if ('planned' in message) {
    const { key, parameters } = message.planned;
    const { signal } = stop;
    const begun = performance.now();
    try {
      const checkpoint = checkpointOf(work!.folder, key, work!.checkpointSeconds, signal);
      const ending = await endingOf(await run!, parameters, { signal, checkpoint });
      answer({ ending, seconds: (performance.now() - begun) / 1000 });
    } catch (error) {
      answer({ ending: { error: String(error) }, seconds: (performance.now() - begun) / 1000 });
    }
  } else stop.abort();
}
