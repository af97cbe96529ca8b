// Sweeps that change values in place, here or on all threads.
import { hasThreads, threadCount, type Outcome, type Phase } from '../machine/index.js';
import { stepWords } from '../random/counter.js';
import { Purpose, type Key } from '../random/index.js';
import { counterWords, runsOnThreads, type RunOf, type Steps } from './runs.js';

/** What the sweeps of one call need to know. */
export interface MoveDrive {
  /** The number of the first sweep: the random words follow from it. */
  readonly firstStep: number;
  readonly key: Key;
  temperature(step: number): number;
}

/** The words of a job that the counters of a run from sweep `first` on are made of. */
export function moveWords(first: number, key: Key): Readonly<Record<string, number>> {
  return { ...counterWords(first, 0, { purpose: Purpose.acceptance, key }), orderPurpose: stepWords(first, Purpose.order)[1] };
}

/** Of fewer moves than these a phase is done before all threads have met, and a run before they are awake. */
const [WORTH_A_PHASE, WORTH_A_RUN] = [4096, 2 ** 18];

/** @param moves of one sweep */
export function isWorthThreads(phases: readonly Phase[], moves: number, steps: number): boolean {
  if (!hasThreads() || threadCount() === 1 || phases.every(({ size, grain }) => size <= grain)) return false;
  return moves >= WORTH_A_PHASE * phases.length && steps * moves >= WORTH_A_RUN;
}

/**
 * Fewer than asked when aborted or interrupted.
 *
 * @param values what the sweeps change
 * @throws StepperDied, the values as they were before the run in which a thread has died
 */
export function sweepsOnThreads(sweeps: Steps, runOf: RunOf, values: Float32Array | Int32Array, signal: AbortSignal | undefined): Promise<Outcome> {
  let before = values;
  const keeping: RunOf = (count, done) => {
    before = values.slice();
    return runOf(count, done);
  };
  const mended = (done: number): number => {
    (values as Float32Array).set(before); // some moves of the sweep that was begun are done, others not
    return done;
  };
  return runsOnThreads(sweeps, keeping, mended, signal);
}
