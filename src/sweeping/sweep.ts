// Many runs of one function, over all combinations of some values, on all cores or on a cluster.
//
// Sketch. A run is a pure function of (code, parameters, seed); `plan.ts` lists the runs and addresses each
// by a hash of the three, `code.ts` says what counts as code. A folder has what is done, and is the truth:
// `results.ts` appends a line with a checksum per run, `checkpoints.ts` keeps how far runs under way have
// come. Whoever makes runs (threads here, a task of Slurm, a shard elsewhere) reads the folder, makes what is
// missing and appends; nothing else is shared. `threads.ts` makes runs on threads, which find the function by
// its module (`found.ts`). `slurm.ts` writes the script of an array job whose tasks are shards of the plan.
// In a page, and where no module is named, the same call makes the runs one after another and in memory.
import { card, formatNumber, inspectText, jupyterDisplay } from '../display/index.js';
import { builtin, need } from '../files/node.js';
import { writeAtomically } from '../files/writeAtomically.js';
import { type Frame, table } from '../figures/index.js';
import { codeOf } from './code.js';
import { announce, isListening, wait } from './found.js';
import { type HereOptions, makeRuns, readHere } from './makeRuns.js';
import type { Run } from './oneRun.js';
import { type Numbers, type Over, type Planned, planned } from './plan.js';
import { Results } from './results.js';
import type { Until } from './seeds.js';
import type { Cluster, ToSubmit } from './slurm.js';
import type { Job } from './slurmQueue.js';
import { statusOf, type SweepStatus } from './status.js';
import { type ParametersOf, requireSweep, type SweepOptions } from './sweepOptions.js';

/** What the folder of a sweep says about it, in plan.json. */
export interface Plan {
  readonly name: string;
  readonly over: Over;
  readonly until?: Until;
  /** Address of the file that has the run, and the name of the function. */
  readonly module?: string;
  /** What stands for the code of a run that has no module. */
  readonly code?: string;
  readonly run: string;
}

/** Many runs and their results: see `sweep`. */
export class Sweep<Result extends object = Numbers> {
  readonly #results: Results;

  /** @param run the function, where the runs are made in memory */
  constructor(
    readonly plan: Plan,
    /** Where the results are; undefined where they are in memory. */
    readonly folder: string | undefined,
    readonly run?: Run,
  ) {
    this.#results = new Results(folder);
  }

  get name(): string {
    return this.plan.name;
  }

  /**
   * Makes the runs that are missing, on all cores of this machine. A second call makes what is missing and
   * nothing else; so does a call after Stop, Ctrl-C or a crash, which lose the runs under way at most.
   *
   * @throws Error if the function is not found, a result cannot be written, or the signal aborts
   */
  async here(options: HereOptions = {}): Promise<SweepStatus> {
    const checked = readHere(options);
    if (isListening()) return wait();
    const code = this.#keep();
    await makeRuns(
      { ...this, name: this.name, code, results: this.#results, runs: () => this.#runs(code) },
      checked,
    );
    return this.#statusOf(code);
  }

  /**
   * Submits the runs that are missing, and not in the queue, to a cluster. Nothing waits for them: the results
   * are there as they come, for `records`, or for `npx emtd sweep status` and `collect`.
   *
   * @throws Error where the sweep has no module, or the cluster takes no jobs
   */
  async on(cluster: Cluster): Promise<Job | undefined> {
    if (isListening()) return wait();
    if (this.plan.module === undefined)
      throw new Error(
        `sweep: a cluster needs a module that has the run of ${this.name}; give module: import.meta.url`,
      );
    return cluster.submit(this.#toSubmit(this.#keep()));
  }

  /** The script that `on` would submit; undefined where every run is done. */
  scriptFor(cluster: Cluster): string | undefined {
    return cluster.script(this.#toSubmit(this.#code()));
  }

  #toSubmit(code: string): ToSubmit {
    const { name, folder } = this;
    if (folder === undefined || this.plan.module === undefined)
      throw new Error(
        `sweep: a cluster needs the module that has the run of ${name}; give module: import.meta.url`,
      );
    const runs = this.#runs(code);
    const missing = runs.flatMap(({ key }, index) => (this.#results.has(key) ? [] : [index]));
    return { name, folder, missing, count: runs.length };
  }

  /** Runs that failed count as missing from now on. @returns how many */
  retry(): number {
    const failed = this.#runs(this.#code()).filter(({ key }) => this.#results.failure(key));
    this.#results.retry(failed.map(({ key }) => key));
    return failed.length;
  }

  /** Parameters and numbers of each run that is done, in the order of the plan; partial at any time. */
  get records(): readonly Result[] {
    return this.#runs(this.#code()).flatMap(({ key, parameters }) => {
      const record = this.#results.record(key);
      return record ? [{ ...parameters, ...record } as unknown as Result] : [];
    });
  }

  /** The records as a danfojs frame. Needs danfojs-node. */
  get frame(): Frame {
    return table(this.records as readonly Numbers[]).frame;
  }

  /** How many runs are done, which failed, and what is wrong in the folder. */
  get status(): SweepStatus {
    return this.#statusOf(this.#code());
  }

  #statusOf(code: string): SweepStatus {
    return statusOf(this.name, this.#runs(code), this.#results);
  }

  #code(): string {
    const { module, code = 'memory', run } = this.plan;
    return module === undefined ? code : codeOf(need('sweep', 'node:url').fileURLToPath(module), run);
  }

  /** Writes the plan beside the results. @returns the code */
  #keep(): string {
    const code = this.#code();
    if (this.folder !== undefined) {
      need('sweep', 'node:fs').mkdirSync(this.folder, { recursive: true });
      writeAtomically(`${this.folder}/plan.json`, `${JSON.stringify(this.plan)}\n`);
    }
    return code;
  }

  #runs(code: string): readonly Planned[] {
    this.#results.refresh();
    const { over, until } = this.plan;
    return planned(over, code, until, this.#results.record);
  }

  toString(): string {
    return this[jupyterDisplay]()['text/plain'];
  }

  [inspectText](): string {
    return this.toString();
  }

  [jupyterDisplay]() {
    const { over, run } = this.plan;
    const { runs, done, failed, faults } = this.status;
    const shown = Object.entries(over).map(([name, values]): [string, string] => {
      const some = values
        .slice(0, 5)
        .map((value) => (typeof value === 'number' ? formatNumber(value) : String(value)));
      return [name, some.join(', ') + (values.length > 5 ? `, ... (${values.length})` : '')];
    });
    return card(`Sweep ${this.name} of ${run}`, {
      ...Object.fromEntries(shown),
      runs: `${done} of ${runs} done`,
      failed: failed.length || undefined,
      faults: faults.length || undefined,
      results: this.folder ?? 'in memory',
    });
  }
}

/**
 * Plans many runs of one function: one for each combination of the values in `over`. `here()` makes them on all
 * cores, `on(slurm(...))` on a cluster; `records` has the results. They are in a folder, each under the hash of
 * its code and parameters: what is done is never made again, and an edit of the code makes new runs.
 *
 * As code count the module of the run and what it imports, without comments and types; of the lab what is
 * built, of other packages the version. Files that a run reads do not count: pass what is in them as a
 * parameter. The version of Node does not count either, and stands beside the results. Other threads import the module, so that what it does before `sweep(...)` happens there too.
 *
 * @throws TypeError or RangeError for an option that cannot be
 * @example
 * const runs = sweep({
 *   name: 'ring',
 *   over: { nodes: [10, 20], seed: seeds(2) },
 *   // module: import.meta.url, in a file: on all cores, and kept in out/sweeps/ring
 *   run: async ({ nodes, seed }, { signal }) => {
 *     const sampler = langevin(hamiltonian(ring(nodes), [interaction()]), { temperature: 1, timeStep: 0.05 });
 *     const { states } = await sample(sampler, { steps: 100, every: 100, seed, signal });
 *     return { first: states[0][0] };
 *   },
 * });
 * (await runs.here()).done; // 4
 * runs.records.map(({ nodes, seed }) => [nodes, seed]); // [[10, 1], [10, 2], [20, 1], [20, 2]]
 */
export function sweep<const O extends Over, R extends Numbers>(
  options: SweepOptions<O, R>,
): Sweep<ParametersOf<O> & R> {
  requireSweep(options);
  const { name, over, run, module, until } = options;
  const isKept = module !== undefined && builtin('node:fs') !== undefined;
  const plan = {
    name,
    over,
    until,
    run: run.name || 'a function',
    module: isKept ? addressOf(module) : undefined,
  };
  const folder = isKept
    ? need('sweep', 'node:path').resolve(options.folder ?? `out/sweeps/${name}`)
    : undefined;
  const made = new Sweep<ParametersOf<O> & R>(plan, folder, run as unknown as Run);
  announce(made);
  return made;
}

/** A sweep whose runs are made one after another in this process, and kept in a folder if there is one. */
export function inProcess<const O extends Over, R extends Numbers>(options: {
  readonly name: string;
  readonly over: O;
  readonly run: Run<ParametersOf<O>, R>;
  /** What stands for the code: results of another code are not used. */
  readonly code: string;
  readonly folder: string | undefined;
}): Sweep<ParametersOf<O> & R> {
  const { name, over, run, code, folder } = options;
  requireSweep<O, R>({ name, over, run });
  return new Sweep({ name, over, code, run: run.name || 'a function' }, folder, run as unknown as Run);
}

function addressOf(module: string | URL): string {
  const text = String(module);
  return text.startsWith('file:') ? text : need('sweep', 'node:url').pathToFileURL(text).href;
}
