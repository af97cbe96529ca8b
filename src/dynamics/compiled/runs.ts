// Steps as runs one after another. The tables of a run hold so many steps, and the counter of its random
// words one high word (src/randomness/counter.ts), so that no run draws for steps on both sides of a multiple of
// 2^32.
import {
  hasThreads,
  pool,
  runHere,
  threadCount,
  ThreadDied,
  type Outcome,
  type Run,
} from '../../runtime/index.js';
import { stepWords, type Key } from '../../randomness/index.js';

export interface Draws {
  /** The number of the first step. */
  readonly firstStep: number;
  readonly key: Key;
}

export interface Steps {
  readonly count: number;
  /** The first step that random words are drawn for. */
  readonly first: number;
  /** Steps of one run. */
  readonly most: number;
}

/** With a code other than 0, the steps before the one that failed: these are whole. */
export interface Stepped extends Outcome {
  /** The field as the step left it that failed. */
  readonly broken?: Float32Array;
}

/** A thread has died: the stepper stands after this number of steps. */
export class StepperDied extends Error {
  constructor(
    readonly steps: number,
    cause: ThreadDied,
  ) {
    super(cause.message, { cause });
  }
}

/** The counter of a run from step `first` on, of which each step draws for `later` steps on. */
export function counterWords(
  first: number,
  later: number,
  { purpose, key }: { readonly purpose: number; readonly key: Key },
): Readonly<Record<string, number>> {
  const [, high] = stepWords(first + later, purpose);
  return { firstStep: first % 2 ** 32, purpose: high, seed: key.seed, stream: key.stream };
}

/** Runs of `count` steps after `done`, until one has done fewer steps than asked, or has a code. */
export async function inRuns(
  { count: all, first, most }: Steps,
  run: (count: number, done: number) => Outcome | Promise<Outcome>,
): Promise<Outcome> {
  for (let done = 0; done < all; ) {
    const count = Math.min(most, all - done, 2 ** 32 - ((first + done) % 2 ** 32));
    const { steps, code } = await run(count, done);
    done += steps;
    if (code !== 0 || steps < count) return { steps: done, code };
  }
  return { steps: all, code: 0 };
}

/** Whether to wake all threads: `work` is that of one step, and a step and a run need at least so much. */
export const isWorthThreads = (
  work: number,
  steps: number,
  [ofStep, ofRun]: readonly [number, number],
): boolean => hasThreads() && threadCount() > 1 && work >= ofStep && steps * work >= ofRun;

/**
 * A run on all threads, or on this one. Aborted or interrupted it does fewer steps.
 *
 * @param mended makes the field whole after a thread has died in step `begun` of the run; returns how many
 * steps are whole in all
 * @throws StepperDied
 */
export function runProgram(
  run: Run,
  onThreads: boolean,
  mended: (begun: number) => number,
  signal: AbortSignal | undefined,
): Outcome | Promise<Outcome> {
  if (!onThreads) return runHere(run);
  return pool.run(run, { signal }).catch((error: unknown) => {
    throw error instanceof ThreadDied ? new StepperDied(mended(error.steps), error) : error;
  });
}
