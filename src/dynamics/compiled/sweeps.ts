// Sweeps that change values in place, here or on all threads.
import { type Outcome, type Phase, type Run, runHere } from '../../runtime/index.js';
import { stepWords, Purpose, type Key } from '../../randomness/index.js';
import { counterWords, type Draws, inRuns, isWorthThreads, runProgram, type Steps } from './runs.js';

/** What the sweeps of one call need to know. */
export interface MoveDrive extends Draws {
  /** One for all nodes, or [nodes]. */
  temperature(step: number): number | ArrayLike<number>;
}

/** The words of a job that the counters of a run from sweep `first` on are made of. */
export function moveWords(first: number, key: Key): Readonly<Record<string, number>> {
  return {
    ...counterWords(first, 0, { purpose: Purpose.acceptance, key }),
    orderPurpose: stepWords(first, Purpose.order)[1],
  };
}

export interface Sweeps<Values> extends Steps {
  /** The run of the next `count` sweeps after `done`, and what it has counted. */
  runOf(count: number, done: number): Run;
  ran?(steps: number): void;
  readonly values: Values;
  readonly phases: readonly Phase[];
  /** Moves of one sweep. */
  readonly moves: number;
}

/**
 * Fewer sweeps than asked when aborted or interrupted, or where a sweep met an energy change that is not a
 * number (code 1).
 *
 * @throws StepperDied, the values as they were before the run in which a thread has died
 */
export async function swept<Values extends Float32Array | Int32Array>(
  sweeps: Sweeps<Values>,
  signal: AbortSignal | undefined,
): Promise<Outcome & { readonly broken?: Values }> {
  const { values, phases, moves } = sweeps;
  const onThreads =
    phases.some(({ size, grain }) => size > grain) &&
    isWorthThreads(moves, sweeps.count, [4096 * phases.length, 2 ** 18]);
  let [before, start] = [values, 0];
  const outcome = await inRuns(sweeps, async (count, done) => {
    [before, start] = [values.slice() as Values, done];
    const mended = (): number => {
      values.set(before); // some moves of the sweep that was begun are done, others not
      return done;
    };
    const { steps, code } = await runProgram(sweeps.runOf(count, done), onThreads, mended, signal);
    if (code === 0) sweeps.ran?.(steps);
    return { steps, code };
  });
  if (outcome.code === 0) return outcome;
  const broken = values.slice() as Values;
  values.set(before);
  const whole = outcome.steps - 1 - start;
  runHere(sweeps.runOf(whole, start));
  sweeps.ran?.(whole);
  return { steps: outcome.steps - 1, code: outcome.code, broken };
}
