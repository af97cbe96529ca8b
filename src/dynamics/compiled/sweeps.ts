// Sweeps that change values in place, here or on all threads.
import { hasThreads, runHere, threadCount, type Outcome, type Phase } from '../../runtime/index.js';
import { stepWords } from '../../random/counter.js';
import { Purpose, type Key } from '../../random/index.js';
import { counterWords, inRuns, runOnThreads, type RunOf, type Steps } from './runs.js';

/** What the sweeps of one call need to know. */
export interface MoveDrive {
  /** The number of the first sweep: the random words follow from it. */
  readonly firstStep: number;
  readonly key: Key;
  /** One for all nodes, or [nodes]. */
  temperature(step: number): number | ArrayLike<number>;
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

/** Of sweeps that met an energy change that is not a number (code 1): `steps` are whole, and the values are those after them. */
export interface Swept<Values> extends Outcome {
  /** The values as the sweep left them that is not whole. */
  readonly broken?: Values;
}

/**
 * Fewer than asked when aborted or interrupted.
 *
 * @param values what the sweeps change
 * @throws StepperDied, the values as they were before the run in which a thread has died
 */
export async function swept<Values extends Float32Array | Int32Array>(
  sweeps: Steps, runOf: RunOf, values: Values, onThreads: boolean, signal: AbortSignal | undefined,
): Promise<Swept<Values>> {
  let broken: Values | undefined;
  const outcome = await inRuns(sweeps, async (count, done) => {
    const before = values.slice() as Values;
    const mended = (): number => {
      values.set(before); // some moves of the sweep that was begun are done, others not
      return done;
    };
    const run = runOf(count, done);
    const { steps, code } = onThreads ? await runOnThreads(run, mended, signal) : runHere(run);
    if (code === 0) return { steps, code };
    broken = values.slice() as Values;
    values.set(before);
    const again = runOf(steps - 1, done);
    return { ...(steps > 1 ? runHere(again) : { steps: 0 }), code };
  });
  return { ...outcome, ...(broken ? { broken } : {}) };
}
