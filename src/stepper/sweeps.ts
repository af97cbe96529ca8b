// Sweeps that change values in place: runs of at most so many, one after another, here or on all threads.
import { hasThreads, pool, runHere, ThreadDied, threadCount, type Outcome, type Phase, type Run } from '../machine/index.js';
import { StepperDied } from './wasmStepper.js';

/** The run of the next `count` sweeps after `done`. */
export type RunOf = (count: number, done: number) => Run;

/** Of fewer moves than these a phase is done before all threads have met, and a run before they are awake. */
const [WORTH_A_PHASE, WORTH_A_RUN] = [4096, 2 ** 18];

/** @param moves of one sweep */
export function isWorthThreads(phases: readonly Phase[], moves: number, steps: number): boolean {
  if (!hasThreads() || threadCount() === 1 || phases.every(({ size, grain }) => size <= grain)) return false;
  return moves >= WORTH_A_PHASE * phases.length && steps * moves >= WORTH_A_RUN;
}

export function sweepsHere(steps: number, most: number, runOf: RunOf): Outcome {
  for (let done = 0; done < steps; done += most) runHere(runOf(Math.min(most, steps - done), done));
  return { steps, code: 0 };
}

/**
 * Fewer than asked when aborted or interrupted.
 *
 * @param values what the sweeps change
 * @throws StepperDied, the values as they were before the run in which a thread has died
 */
export async function sweepsOnThreads(
  steps: number, most: number, runOf: RunOf, values: Float32Array | Int32Array, signal: AbortSignal | undefined,
): Promise<Outcome> {
  for (let done = 0; done < steps; ) {
    const count = Math.min(most, steps - done);
    const before = values.slice();
    const outcome = await pool.run(runOf(count, done), { signal }).catch((error: unknown) => {
      if (!(error instanceof ThreadDied)) throw error;
      (values as Float32Array).set(before); // some moves of the sweep that was begun are done, others not
      throw new StepperDied(done, error);
    });
    done += outcome.steps;
    if (outcome.steps < count) return { steps: done, code: 0 };
  }
  return { steps, code: 0 };
}
