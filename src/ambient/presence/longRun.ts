// Shared code of long runs: the event loop gets its turn regularly, for progress, aborts and interrupts; and
// an aborted run returns its complete records, from which it continues as if it had not stopped: the run
// after a record depends only on the state there, the seed and the record's number.
import { Aborted, countText } from '../../display/index.js';
import { requireRecords } from '../../numerics/check.js';
import { aFunction, anything, aSignal, needed, positive, type Rules } from '../../numerics/options.js';
import { Turns } from '../../runtime/index.js';

/** Options of runs in continuous time. */
export interface LongRunOptions<Run> {
  /** Time at the end, from the start of the first run. */
  readonly time: number;
  /** Time between two records, of which `time` is a multiple; `time` by default: one record, at the end. */
  readonly every?: number;
  /**
   * A shorter run with the same options and the same `every`: this run continues it; the result is as if it
   * had never stopped.
   */
  readonly resume?: Run;
  /** Called at every record, with the number of records done and the total. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Aborting rejects with Aborted, whose `partial` is the run up to its last complete record. */
  readonly signal?: AbortSignal;
}

/** A run with the times of its records. */
export interface Recorded {
  /** Times of the records. */
  readonly times: Float64Array;
}

/** Rules for the options of every long run. */
export const longRunRules: Rules<LongRunOptions<unknown>> = {
  time: needed(positive),
  every: positive,
  resume: anything,
  onProgress: aFunction,
  signal: aSignal,
};

/**
 * The plan of a run's records. `spans` gives the number of each record still to do, one after another, and
 * reports progress; `turn` gives the event loop its turn when it is due, and throws Aborted with what is
 * collected up to the last complete record.
 */
export function recording<Run extends Recorded>(
  caller: string,
  { time, every, resume, onProgress, signal }: LongRunOptions<Run>,
  collected: () => Run,
): {
  readonly span: number;
  times(made: number): Float64Array;
  spans(): AsyncGenerator<number, void>;
  turn(): Promise<void>;
} {
  const records = requireRecords(caller, time, every);
  const span = time / records;
  const done = resume?.times.length ?? 0;
  if (done > records || (done > 0 && Math.abs(resume!.times[0] / span - 1) > 1e-9)) {
    throw new RangeError(
      `${caller}: a resumed run must have at most ${records} records, every ${span}, got ${done}, every ${resume!.times[0]}`,
    );
  }
  const turns = new Turns(signal);
  const turn = async (): Promise<void> => {
    if (!turns.isDue || !(await turns.take())) return;
    const run = collected();
    throw new Aborted(caller, countText(run.times.length, 'record'), run);
  };
  return {
    span,
    times: (made) => Float64Array.from({ length: made }, (_, k) => (k + 1) * span),
    async *spans() {
      for (let record = done; record < records; record++) {
        await turn();
        yield record;
        onProgress?.(record + 1, records);
      }
    },
    turn,
  };
}
