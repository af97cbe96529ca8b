// Shared code of long runs: the event loop gets its turn regularly, for progress, aborts and interrupts; and an aborted run
// returns its complete records, from which it continues as if it had not stopped: the run after a record depends only on the
// state there, the seed and the record's number.
import { Aborted, counted } from '../../display/index.js';
import { requireInteger, requirePositive } from '../../numerics/check.js';
import { Turns } from '../../runtime/index.js';

/** Options of a run that can be aborted. */
export interface LongRunOptions<Run> {
  readonly time: number;
  /** Number of records, equally spaced in time; 1 by default, the end. */
  readonly records?: number;
  /** A shorter run with the same options and spacing of records: this run continues it; the result is as if it had never stopped. */
  readonly resume?: Run;
  /** Called at every record, with the number of records done and the total. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Aborting rejects with Aborted, whose `partial` is the run up to its last complete record. */
  readonly signal?: AbortSignal;
}

export interface Recorded {
  /** Of the records. */
  readonly times: Float64Array;
}

/** @param run up to its last complete record */
export const aborted = <Run extends Recorded>(caller: string, run: Run): Aborted<Run> => new Aborted(caller, counted(run.times.length, 'record'), run);

/** The plan of a run's records, and `isAborted`, which gives the event loop its turn when it is due. */
export function recording(caller: string, { time, records = 1, resume, signal }: LongRunOptions<Recorded>): {
  readonly records: number; readonly done: number; readonly span: number; times(done: number): Float64Array; isAborted(): Promise<boolean>;
} {
  requirePositive(caller, 'time', time);
  requireInteger(caller, 'records', records, 1);
  const span = time / records;
  const done = resume?.times.length ?? 0;
  if (done > records || (done > 0 && Math.abs(resume!.times[0] / span - 1) > 1e-9)) {
    throw new RangeError(`${caller}: a resumed run must have at most ${records} records, every ${span}, got ${done}, every ${resume!.times[0]}`);
  }
  const turns = new Turns(signal);
  return {
    records, done, span,
    times: (made) => Float64Array.from({ length: made }, (_, k) => (k + 1) * span),
    isAborted: async () => turns.isDue && (await turns.take()),
  };
}
