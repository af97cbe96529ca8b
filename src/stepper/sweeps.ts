// Sweeps that change values in place: runs of at most so many, one after another, here or on all threads.
import { hasThreads, threadCount, type Outcome, type Phase } from '../machine/index.js';
import { runsHere, runsOnThreads, type RunOf } from './runs.js';

/** Of fewer moves than these a phase is done before all threads have met, and a run before they are awake. */
const [WORTH_A_PHASE, WORTH_A_RUN] = [4096, 2 ** 18];

/** @param moves of one sweep */
export function isWorthThreads(phases: readonly Phase[], moves: number, steps: number): boolean {
  if (!hasThreads() || threadCount() === 1 || phases.every(({ size, grain }) => size <= grain)) return false;
  return moves >= WORTH_A_PHASE * phases.length && steps * moves >= WORTH_A_RUN;
}

export const sweepsHere = (steps: number, most: number, runOf: RunOf): Outcome => runsHere({ count: steps, first: 0, most }, runOf);

/**
 * Fewer than asked when aborted or interrupted.
 *
 * @param values what the sweeps change
 * @throws StepperDied, the values as they were before the run in which a thread has died
 */
export function sweepsOnThreads(
  steps: number, most: number, runOf: RunOf, values: Float32Array | Int32Array, signal: AbortSignal | undefined,
): Promise<Outcome> {
  let before = values;
  const keeping: RunOf = (count, done) => {
    before = values.slice();
    return runOf(count, done);
  };
  const mended = (done: number): number => {
    (values as Float32Array).set(before); // some moves of the sweep that was begun are done, others not
    return done;
  };
  return runsOnThreads({ count: steps, first: 0, most }, keeping, mended, signal);
}
