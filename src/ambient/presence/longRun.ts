// Runs in continuous time that keep records. An aborted run returns its whole records and continues from them as
// if it had not stopped: the run after a record depends only on the state there, the seed and the record's number.
import { countText } from '../../display/index.js';
import { requireRecords } from '../../numerics/check.js';
import { needed, type Options, type OptionsOf, typed } from '../../numerics/options.js';
import { aFunction, anything, aSignal, positive } from '../../numerics/rules.js';
import { LongRun } from '../../runtime/index.js';

const longRunOptions = {
  /** Time at the end, from the start of the first run. */
  time: needed(positive),
  /** Time between two records, of which `time` is a multiple; `time` by default: one record, at the end. */
  every: positive,
  /** Called at every record, with the number of records done and the total. */
  onProgress: typed<(done: number, total: number) => void>(aFunction),
  /** Aborting rejects with Aborted, whose `partial` is the run up to its last complete record. */
  signal: aSignal,
};
export const longRunRules = { ...longRunOptions, resume: anything };

/** Options of runs in continuous time. */
export interface LongRunOptions<Run> extends Options, OptionsOf<typeof longRunOptions> {
  /**
   * A shorter run with the same options and the same `every`: this run continues it; the result is as if it
   * had never stopped.
   */
  readonly resume?: Run;
}

/** A run with the times of its records. */
export interface Recorded {
  /** Times of the records. */
  readonly times: Float64Array;
}

/** The plan of a run's records: a run that is aborted hands on what is collected up to its last record. */
export class Recording<Run extends Recorded> extends LongRun<Run> {
  /** Time between two records. */
  readonly span: number;
  readonly #records: number;
  readonly #done: number;

  constructor(
    caller: string,
    readonly options: LongRunOptions<Run>,
    partial: () => Run,
  ) {
    const where = ({ times }: Run): string => countText(times.length, 'record');
    super({ caller, signal: options.signal, where, partial });
    const { time, every, resume } = options;
    const records = (this.#records = requireRecords(caller, time, every));
    const span = (this.span = time / records);
    const done = (this.#done = resume?.times.length ?? 0);
    if (done > records || (done > 0 && Math.abs(resume!.times[0] / span - 1) > 1e-9)) {
      throw new RangeError(
        `${caller}: a resumed run must have at most ${records} records, every ${span}, got ${done}, every ${resume!.times[0]}`,
      );
    }
  }

  /** Times of the records made. */
  times(made: number): Float64Array {
    return Float64Array.from({ length: made }, (_, k) => (k + 1) * this.span);
  }

  /** The number of each record that is to do, one after another; reports progress. @throws Aborted<Run> */
  async *spans(): AsyncGenerator<number, void> {
    for (let record = this.#done; record < this.#records; record++) {
      if (this.isLate) await this.turn();
      yield record;
      this.options.onProgress?.(record + 1, this.#records);
    }
  }
}
