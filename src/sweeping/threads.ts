// Makes runs on threads of this machine, one at a time on each. Piscina could start the threads too; what is
// hard here is its own in either case (find the run, stop with a checkpoint, name the run of a thread that
// died), and the room `runtime` starts threads already, so that the lab needs no further package.
import { need, ownFile } from '../files/node.js';
import { coreCount, startThread, type Thread, interrupts } from '../runtime/index.js';
import type { Ending } from './oneRun.js';
import type { Planned } from './plan.js';

/** What all threads of a sweep are told. */
export interface Work {
  /** Address of the file that has the run. */
  readonly module: string;
  readonly sweep: string;
  /** Name of the function. */
  readonly run: string;
  /** Hash of the code that the results are stored under. */
  readonly code: string;
  readonly folder: string;
  readonly checkpointSeconds: number;
}
export type ToThread = Work | { readonly planned: Planned } | { readonly abort: true };
export type ToStarter =
  | { readonly isReady: true }
  | { readonly unfit: string }
  | { readonly ending: Ending; readonly seconds: number };

export interface ThreadsOptions {
  readonly threads: number | undefined;
  readonly signal: AbortSignal | undefined;
  /** No more threads than there are runs. */
  readonly most: number;
  /** The next run, undefined when there is none. */
  next(): Planned | undefined;
  /** Its end; an error thrown here ends all. */
  onEnd(run: Planned, ending: Ending, seconds: number): void;
}

/** Milliseconds that runs under way have to stop by themselves. */
const GRACE = 5000;
/** The copy that other programs import: the module of a run shares it, and with it one thread for compiled code. */
const script = (): URL => need('sweep', 'node:url').pathToFileURL(ownFile('dist/lib/sweepThread.js'));

/**
 * Makes runs until there is no other, or until the signal aborts; then those under way are asked to stop,
 * and ended after five seconds.
 *
 * @returns whether they were stopped, by the signal or the interrupt of a cell
 * @throws Error if the function of the run cannot be found, and what `onEnd` throws
 */
export async function onThreads(
  work: Work,
  { threads, signal, most, next, onEnd }: ThreadsOptions,
): Promise<boolean> {
  const crew = new Set<Thread>();
  let failure: { readonly error: unknown } | undefined;
  let isStopped = false;
  let grace: ReturnType<typeof setTimeout> | undefined;
  let resolveEnded: () => void = () => {};
  const ended = new Promise<void>((resolve) => (resolveEnded = resolve));
  const alive = setInterval(() => {}, 1000); // threads alone do not keep the process alive
  const hostStops = interrupts();
  /** Called by events, not awaited: the interrupt of a cell drops what awaits. */
  const done = (): void => {
    clearInterval(alive);
    clearTimeout(grace);
    hostStops?.delete(stop);
    signal?.removeEventListener('abort', stop);
    resolveEnded();
  };
  const endAll = (): void => {
    for (const thread of crew) thread.end();
    crew.clear();
    done();
  };
  const fail = (error: unknown): void => {
    failure ??= { error };
    endAll();
  };
  const attempt = (action: () => void): void => {
    try {
      action();
    } catch (error) {
      fail(error);
    }
  };

  function start(): void {
    let current: Planned | undefined;
    const leave = (): void => {
      thread.end();
      crew.delete(thread);
      if (crew.size === 0) done();
    };
    const goOn = (): void => {
      current = isStopped || failure ? undefined : next();
      if (current) thread.post({ planned: current });
      else leave();
    };
    const thread = startThread(script(), {
      onMessage: (message) =>
        attempt(() => {
          const answer = message as ToStarter;
          if ('unfit' in answer) return fail(new Error(answer.unfit));
          if ('ending' in answer) onEnd(current!, answer.ending, answer.seconds);
          if (crew.has(thread)) goOn();
        }),
      onEnd: (reason) =>
        attempt(() => {
          if (!crew.has(thread)) return;
          crew.delete(thread);
          if (!current) return fail(new Error(`sweep: a thread died before its first run: ${reason}`));
          if (!isStopped) onEnd(current, { error: `the thread of the run ended: ${reason}` }, 0);
          if (!isStopped) start();
          else if (crew.size === 0) done();
        }),
    });
    crew.add(thread);
    thread.post(work);
  }

  const stop = (): void => {
    if (isStopped) return;
    isStopped = true;
    for (const thread of crew) thread.post({ abort: true });
    grace = setTimeout(endAll, GRACE);
  };
  hostStops?.add(stop);
  signal?.addEventListener('abort', stop);
  for (let k = 0; k < Math.min(most, threads ?? coreCount()); k++) start();
  if (signal?.aborted) stop();
  await ended;
  if (failure) throw failure.error;
  return isStopped;
}
