// The last records of a live run: each observable over time as the mean over the chains and their spread (one
// standard deviation), and the present field.
import { mean, variance } from '../../statistics/index.js';
import type { ChainRecord } from './liveChain.js';

/** Number of records stored and drawn. */
const longest = 300;

export interface Course {
  readonly mean: number[];
  /** Standard deviation over the chains. */
  readonly spread: number[];
}

export class LiveHistory {
  readonly time: number[] = [];
  readonly observed: Readonly<Record<string, Course>>;
  field: Float64Array = new Float64Array();

  /** `timeStep`: the time of a step; without it, time is counted in steps. */
  constructor(
    readonly label: string,
    observables: readonly string[],
    readonly timeStep?: number,
  ) {
    this.observed = Object.fromEntries(observables.map((name) => [name, { mean: [], spread: [] }]));
  }

  get isTime(): boolean {
    return this.timeStep !== undefined;
  }

  add({ step, observed, field }: ChainRecord): void {
    this.field = field;
    keep(this.time, step * (this.timeStep ?? 1));
    for (const [name, values] of Object.entries(observed)) {
      keep(this.observed[name].mean, mean(values));
      keep(this.observed[name].spread, values.length > 1 ? Math.sqrt(variance(values)) : 0);
    }
  }
}

function keep(list: number[], value: number): void {
  list.push(value);
  if (list.length > longest) list.shift();
}
