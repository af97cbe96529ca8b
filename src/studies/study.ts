// What a study hands back, and how its runs are made. A study is a whole experiment as a function: it takes any
// energy or rule that fits, makes its runs as a sweep, and gives rows of numbers, a figure and estimates.
import { inspectText, jupyterDisplay } from '../display/index.js';
import { builtin, need } from '../files/node.js';
import { type Figure, type Frame, type Table, table } from '../figures/index.js';
import { sha256Of } from '../numerics/sha256.js';
import {
  labHash,
  type Numbers,
  type Over,
  type ParametersOf,
  type Run,
  inProcess,
} from '../sweeping/index.js';

/**
 * The outcome of a study: one row per point, and a figure of them, as which it shows itself.
 *
 * @example
 * const figure = figures.plot([0.2, 0.9], { name: 'agreement', y: 'P(consensus)' });
 * new studies.Study([{ sweeps: 10, agreed: 0.2 }, { sweeps: 100, agreed: 0.9 }], figure).table;
 * // sweeps  agreed
 * // ------  ------
 * //     10     0.2
 * //    100     0.9
 */
export class Study<Row extends object> {
  constructor(
    readonly rows: readonly Row[],
    readonly figure: Figure,
  ) {}

  /** The rows as a table. */
  get table(): Table {
    return table(this.rows as readonly Readonly<Record<string, unknown>>[]);
  }

  /** The rows as a danfojs frame. Needs danfojs-node. */
  get frame(): Frame {
    return this.table.frame;
  }

  toString(): string {
    return String(this.table);
  }

  [inspectText](): string {
    return this.toString();
  }

  [jupyterDisplay]() {
    return this.figure[jupyterDisplay]();
  }
}

/** The runs of a study. */
export interface StudyRuns<O extends Over, R extends Numbers> {
  readonly name: string;
  /** What the runs depend on besides `over`, as text: formulas, parameters, the text of functions. */
  readonly model: readonly unknown[];
  readonly over: O;
  readonly run: Run<ParametersOf<O>, R>;
  /** Whether results stay in out/sweeps/NAME, so that the same call goes on where it was stopped. */
  readonly keep: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Makes the runs one after another in this process, each on all cores by its sampler. What an energy's function
 * finds outside itself counts by the formula that it gives, and by nothing else.
 */
export async function runsOf<const O extends Over, R extends Numbers>({
  name,
  model,
  over,
  run,
  keep,
  signal,
}: StudyRuns<O, R>): Promise<readonly (ParametersOf<O> & R)[]> {
  const isKept = keep && builtin('node:fs') !== undefined;
  const folder = isKept ? need('study', 'node:path').resolve(`out/sweeps/${name}`) : undefined;
  const code = isKept ? sha256Of(JSON.stringify([labHash(), ...model.map(String)])).slice(0, 32) : 'memory';
  const sweep = inProcess({ name, over, run, code, folder });
  const { failed } = await sweep.here(signal ? { signal } : {});
  if (failed.length > 0) throw new Error(`${name}: a run failed: ${failed[0]!.error}`);
  return sweep.records;
}
