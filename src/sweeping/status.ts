// How far a sweep has come.
import { inspectText, jupyterDisplay, type MimeBundle } from '../display/index.js';
import type { Planned } from './plan.js';
import type { FailedRun, Results } from './results.js';

/** How far a sweep has come. */
export class SweepStatus {
  constructor(
    readonly name: string,
    /** How many runs it has; more than were planned where `until` added seeds. */
    readonly runs: number,
    readonly done: number,
    /** Runs that ended with an error; they are not made again before `retry`. */
    readonly failed: readonly FailedRun[],
    /** Results in the folder that cannot be read, or differ: each by its file and line. */
    readonly faults: readonly string[],
    /** Results of earlier code, or of values that are no longer asked for. */
    readonly others: number,
  ) {}

  get missing(): number {
    return this.runs - this.done - this.failed.length;
  }

  toString(): string {
    const { name, runs, done, missing, failed, faults, others } = this;
    return [
      `${name}: ${done} of ${runs} runs done, ${missing} missing, ${failed.length} failed`,
      ...some(failed.map(({ parameters, error }) => `failed: ${JSON.stringify(parameters)}: ${error}`)),
      ...some(faults.map((fault) => `fault: ${fault}`)),
      ...(others > 0 ? [`not used: ${others} results of earlier code or other parameters`] : []),
    ].join('\n');
  }

  [inspectText](): string {
    return this.toString();
  }

  [jupyterDisplay](): MimeBundle {
    return { 'text/plain': this.toString() };
  }
}

/** The first lines, and how many follow. */
const some = (lines: readonly string[]): string[] => [
  ...lines.slice(0, 10).map((line) => `  ${line}`),
  ...(lines.length > 10 ? [`  ... and ${lines.length - 10} more`] : []),
];

export function statusOf(name: string, runs: readonly Planned[], results: Results): SweepStatus {
  const done = runs.filter(({ key }) => results.record(key)).length;
  const failed = runs.flatMap(({ key }) => results.failure(key) ?? []);
  return new SweepStatus(name, runs.length, done, failed, results.faults, results.size - done);
}
