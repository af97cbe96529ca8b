// What long runs share: the event loop gets its turn now and then, for progress, aborts and interrupts; and a run that is aborted
// hands on its whole records, from which it goes on as if it had not stopped: what follows a record depends on the state there, on
// the seed and on the record's number, and on nothing that came before.
import { counted, jupyterDisplay, messageAbove, type MimeBundle } from '../display/index.js';
import { requireInteger, requirePositive } from '../graph/check.js';

/** Of a run that can be aborted. */
export interface LongRunOptions<Run> {
  readonly time: number;
  /** Records, equally far apart in time; 1 by default, the end. */
  readonly records?: number;
  /** A run with the same options but time and records, as far apart: what it did is not done again, the whole comes out as if never stopped. */
  readonly resume?: Run;
  /** Called at every record, with records done and in all. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Aborting rejects with RunAborted, which carries the run up to its last whole record. */
  readonly signal?: AbortSignal;
}

export interface Recorded {
  /** Of the records. */
  readonly times: Float64Array;
}

/** Thrown when the signal aborts; `run` holds the whole records, and is the `resume` to go on with. */
export class RunAborted<Run extends Recorded = Recorded> extends Error {
  override readonly name = 'AbortError';
  constructor(caller: string, readonly run: Run) {
    super(`${caller}: aborted after ${counted(run.times.length, 'record')}; go on with resume: error.run`);
  }

  [jupyterDisplay](): MimeBundle {
    return messageAbove(this.message, (this.run as unknown as { [jupyterDisplay](): MimeBundle })[jupyterDisplay]());
  }
}

/** The event loop gets its turn this often, in milliseconds. */
const TURN = 40;

/** The plan of a run's records, and `isAborted`, which lets the event loop have its turn where it is due. */
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
  let turn = performance.now();
  return {
    records, done, span,
    times: (made) => Float64Array.from({ length: made }, (_, k) => (k + 1) * span),
    async isAborted() {
      if (performance.now() - turn > TURN) {
        await new Promise(setImmediate);
        turn = performance.now();
      }
      return signal?.aborted ?? false;
    },
  };
}
