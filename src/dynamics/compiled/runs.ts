// Steps as runs one after another, here or on all threads. The tables of a run hold so many steps, and the counter of its
// random words one high word (src/random/counter.ts), so that no run draws for steps on both sides of a multiple of 2^32.
import { pool, ThreadDied, type Outcome, type Run } from '../../runtime/index.js';
import { stepWords } from '../../random/counter.js';
import type { Key } from '../../random/index.js';

export interface Steps {
  readonly count: number;
  /** The first step that random words are drawn for. */
  readonly first: number;
  /** Steps of one run. */
  readonly most: number;
  /** After each run that was not cut off. */
  ran?(steps: number): void;
}

/** The run of the next `count` steps after `done`. */
export type RunOf = (count: number, done: number) => Run;

/** A thread has died: so many steps were done, and the stepper stands after them. */
export class StepperDied extends Error {
  constructor(readonly steps: number, cause: ThreadDied) {
    super(cause.message, { cause });
  }
}

/** The counter of a run from step `first` on, of which each step draws for `later` steps on. */
export function counterWords(first: number, later: number, { purpose, key }: { readonly purpose: number; readonly key: Key }): Readonly<Record<string, number>> {
  const [, high] = stepWords(first + later, purpose);
  return { firstStep: first % 2 ** 32, purpose: high, seed: key.seed, stream: key.stream };
}

function* cut({ count, first, most }: Steps): Generator<[count: number, done: number]> {
  for (let done = 0, now = 0; done < count; done += now) {
    now = Math.min(most, count - done, 2 ** 32 - ((first + done) % 2 ** 32));
    yield [now, done];
  }
}

/** Ends with a run that has done fewer steps than asked, or has a code. */
export async function inRuns(steps: Steps, run: (count: number, done: number) => Promise<Outcome>): Promise<Outcome> {
  for (const [count, done] of cut(steps)) {
    const outcome = await run(count, done);
    steps.ran?.(outcome.steps);
    if (outcome.code !== 0 || outcome.steps < count) return { steps: done + outcome.steps, code: outcome.code };
  }
  return { steps: steps.count, code: 0 };
}

/**
 * Fewer steps than asked when aborted or interrupted.
 *
 * @param mended makes the field whole when a thread has died in step `begun` of the run, and says after how many steps in all
 * @throws StepperDied
 */
export async function runOnThreads(run: Run, mended: (begun: number) => number, signal: AbortSignal | undefined): Promise<Outcome> {
  return pool.run(run, { signal }).catch((error: unknown) => {
    if (!(error instanceof ThreadDied)) throw error;
    throw new StepperDied(mended(error.steps), error);
  });
}
