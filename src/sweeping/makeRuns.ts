// Makes the runs of a sweep that are missing: on threads into a folder, or one after another in this process. Runs
// that others finish meanwhile are left out.
import { nextTurn } from '../files/nextTurn.js';
import { got } from '../numerics/check.js';
import { byDefault, type Options, type OptionsOf, readOptions, type Rule } from '../numerics/options.js';
import { aSignal, integer, positive } from '../numerics/rules.js';
import { shuffle, uniformGenerator } from '../randomness/index.js';
import { interrupts } from '../runtime/index.js';
import { checkpointOf, removeCheckpoint } from './checkpoints.js';
import { type Ending, endingOf, type Run } from './oneRun.js';
import type { Planned } from './plan.js';
import { progressOf } from './progressOf.js';
import type { Results } from './results.js';
import { onThreads } from './threads.js';

const aShard: Rule<readonly [index: number, count: number]> = (
  caller: string,
  name: string,
  value: unknown,
) => {
  const [index, count] = Array.isArray(value) ? value : [];
  if (Number.isInteger(index) && Number.isInteger(count) && index >= 0 && index < count) return;
  throw new RangeError(
    `${caller}: ${name} must be [i, n] with 0 <= i < n, got ${Array.isArray(value) ? `[${value.join()}]` : got(value)}`,
  );
};

const hereOptions = {
  /** Runs at a time; one per core by default. */
  threads: integer(1, 256),
  /** Aborting asks the runs under way to stop, and ends them after five seconds. */
  signal: aSignal,
  /** Only runs i, i + n, i + 2 n, ... of the plan, as [i, n]. */
  shard: aShard,
  /** Seconds from one checkpoint of a run to the next; 60 by default. */
  checkpointSeconds: byDefault(60, positive),
};

/** Options of `here`. */
export interface HereOptions extends Options, OptionsOf<typeof hereOptions> {}
export const readHere = (options: HereOptions) => readOptions('sweep: here', options, hereOptions);

/** What is to be made. */
export interface Making {
  readonly name: string;
  readonly code: string;
  readonly folder: string | undefined;
  readonly plan: { readonly module?: string; readonly run: string };
  readonly run?: Run;
  readonly results: Results;
  /** All runs, as they are known now. */
  runs(): readonly Planned[];
}

const look = 100; // ms between two looks into the folder

export async function makeRuns(making: Making, options: ReturnType<typeof readHere>): Promise<void> {
  const { name, results } = making;
  const [index, count] = options.shard ?? [0, 1];
  const ofShard = (): readonly Planned[] => making.runs().filter((_, k) => k % count === index);
  let failed = 0;
  for (let runs = ofShard(); ; runs = ofShard()) {
    const missing = runs.filter(({ key }) => !results.has(key));
    if (missing.length === 0) break;
    const queue = results.open() ? mixed(missing) : missing;
    const bar = progressOf(name, runs.length - missing.length, runs.length);
    let left = missing.length;
    const onEnd = (run: Planned, ending: Ending, seconds: number): void => {
      if ('isAborted' in ending) return;
      results.add(run, ending, seconds);
      removeCheckpoint(making.folder, run.key);
      if ('error' in ending && failed++ === 0)
        console.warn(`sweep: a run of ${name} failed, ${JSON.stringify(run.parameters)}: ${ending.error}`);
      bar.update(runs.length - --left, runs.length);
    };
    let isStopped: boolean;
    try {
      isStopped = await (making.plan.module === undefined ? inOrder : inFolder)(
        making,
        queue,
        options,
        onEnd,
      );
    } finally {
      bar.end();
    }
    if (!isStopped) continue;
    const done = making.runs().filter(({ key }) => results.has(key)).length;
    throw Object.assign(
      new Error(`sweep: ${name} stopped after ${done} of ${runs.length} runs; the same call goes on`),
      { name: 'AbortError' },
    );
  }
  if (failed > 1) console.warn(`sweep: ${failed} runs of ${name} failed; status names them`);
}

/** In an order by chance, so that two who work on one folder seldom make the same. */
function mixed(runs: readonly Planned[]): readonly Planned[] {
  const random = uniformGenerator(crypto.randomUUID());
  return Array.from(
    shuffle(
      Int32Array.from(runs, (_, k) => k),
      random,
    ),
    (k) => runs[k],
  );
}

type OnEnd = (run: Planned, ending: Ending, seconds: number) => void;

async function inFolder(
  { name, code, folder, plan, results }: Making,
  queue: readonly Planned[],
  { threads, signal, checkpointSeconds }: ReturnType<typeof readHere>,
  onEnd: OnEnd,
): Promise<boolean> {
  let at = 0;
  let last = performance.now();
  const next = (): Planned | undefined => {
    if (performance.now() - last > look) {
      results.refresh();
      last = performance.now();
    }
    while (at < queue.length && results.has(queue[at].key)) at++;
    return queue[at++];
  };
  const work = { module: plan.module!, sweep: name, run: plan.run, code, folder: folder!, checkpointSeconds };
  return onThreads(work, { threads, signal, most: queue.length, next, onEnd });
}

async function inOrder(
  { run, folder }: Making,
  queue: readonly Planned[],
  { signal, checkpointSeconds }: ReturnType<typeof readHere>,
  onEnd: OnEnd,
): Promise<boolean> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  const hostStops = interrupts(); // the Stop of a cell: a run that it ends has not failed
  hostStops?.add(stop);
  signal?.addEventListener('abort', stop);
  if (signal?.aborted) stop();
  try {
    for (const one of queue) {
      if (stopping.signal.aborted) return true;
      const begun = performance.now();
      const checkpoint = checkpointOf(folder, one.key, checkpointSeconds, stopping.signal);
      const ending = await endingOf(run!, one.parameters, { signal: stopping.signal, checkpoint });
      onEnd(one, ending, (performance.now() - begun) / 1000);
      await nextTurn();
    }
    return stopping.signal.aborted;
  } finally {
    hostStops?.delete(stop);
    signal?.removeEventListener('abort', stop);
  }
}
