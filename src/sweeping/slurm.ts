// An array job of Slurm that makes the runs of a sweep. Task i of the array makes the shard i of n: runs
// i, i + n, i + 2 n, ... of the plan that the folder does not have yet. Nothing of the lab runs between
// submit and collect. Slurm starts an array at about one task per second, so a task makes many runs.
//   https://slurm.schedmd.com/job_array.html
import { card, printAs } from '../display/index.js';
import { need, ownFile } from '../files/node.js';
import { writeAtomically } from '../files/writeAtomically.js';
import { byDefault, type Options, type OptionsOf, readOptions } from '../numerics/options.js';
import { aString, each, integer } from '../numerics/rules.js';
import { command, type Job, queuedTasks } from './slurmQueue.js';

const slurmOptions = {
  /** The partition; Slurm's default where it is not given. */
  partition: aString,
  /** Longest time of a task, as Slurm writes it: `1:00:00`. */
  time: aString,
  /** Runs per task; 64 by default. */
  perTask: byDefault(64, integer(1)),
  /** Cores per task: so many runs at a time; 1 by default. */
  cores: byDefault(1, integer(1)),
  /** Memory per task, as Slurm writes it: `2G`. */
  memory: aString,
  /** Further lines of the script, such as `#SBATCH --account=physics` or `module load node`. */
  lines: byDefault([] as readonly string[], each(aString)),
};

/** Options of `slurm`. */
export interface SlurmOptions extends Options, OptionsOf<typeof slurmOptions> {}

/** The runs that are to be submitted. */
export interface ToSubmit {
  readonly name: string;
  readonly folder: string;
  /** Places in the plan of the runs that have no result. */
  readonly missing: readonly number[];
  /** Runs of the plan. */
  readonly count: number;
}

/** Where `Sweep.on` submits runs. */
export interface Cluster {
  /** The script of the job; undefined where nothing is to be done. */
  script(runs: ToSubmit): string | undefined;
  /** @returns undefined where nothing is to be done: all is there, or in the queue */
  submit(runs: ToSubmit): Job | undefined;
}

/**
 * A Slurm cluster: `await runs.on(slurm({ partition: 'short', time: '1:00:00' }))` submits an array job. The
 * folder of the sweep, the module and this installation must be on a file system that the nodes share. A task
 * checkpoints its runs every minute, and two minutes before its time is up; a task that is requeued goes on.
 *
 * @throws TypeError or RangeError for an option that cannot be; Error, by `submit`, where there is no `sbatch`
 * @example
 * const cluster = sweeping.slurm({ time: '10:00', perTask: 50 });
 * const script = cluster.script({ name: 'ring', folder: '/data/ring', missing: [0, 1, 7], count: 200 })!;
 * script.split('\n', 3); // ['#!/bin/bash', '#SBATCH --job-name=ring', '#SBATCH --array=0-1,3']
 */
export function slurm(options: SlurmOptions = {}): Cluster {
  const { partition, time, perTask, cores, memory, lines } = readOptions('slurm', options, slurmOptions);
  const scriptOf = ({ name, folder, count }: ToSubmit, tasks: readonly number[]): string =>
    [
      '#!/bin/bash',
      `#SBATCH --job-name=${name}`,
      `#SBATCH --array=${ranges(tasks)}`,
      `#SBATCH --output=${folder}/log/%A-%a.txt`,
      '#SBATCH --open-mode=append',
      '#SBATCH --requeue',
      '#SBATCH --signal=B:TERM@120',
      `#SBATCH --cpus-per-task=${cores}`,
      ...(partition === undefined ? [] : [`#SBATCH --partition=${partition}`]),
      ...(time === undefined ? [] : [`#SBATCH --time=${time}`]),
      ...(memory === undefined ? [] : [`#SBATCH --mem=${memory}`]),
      ...lines,
      `exec ${quoted(need('slurm', 'node:process').execPath)} ${quoted(ownFile('bin/emtd.mjs'))} sweep run ${quoted(folder)} \\`,
      `  --shard $SLURM_ARRAY_TASK_ID/${Math.ceil(count / perTask)} --threads ${cores}`,
      '',
    ].join('\n');
  const tasksOf = ({ missing, count }: ToSubmit): number[] =>
    [...new Set(missing.map((place) => place % Math.ceil(count / perTask)))].sort((a, b) => a - b);
  const cluster: Cluster = {
    script(runs) {
      const tasks = tasksOf(runs);
      return tasks.length === 0 ? undefined : scriptOf(runs, tasks);
    },
    submit(runs) {
      const queued = new Set(queuedTasks(runs.folder, Math.ceil(runs.count / perTask)));
      const tasks = tasksOf(runs).filter((task) => !queued.has(task));
      if (tasks.length === 0) return undefined;
      need('slurm', 'node:fs').mkdirSync(`${runs.folder}/log`, { recursive: true });
      const job = command('sbatch', ['--parsable'], scriptOf(runs, tasks)).trim().split(';')[0];
      const submitted = { job, tasks, of: Math.ceil(runs.count / perTask), at: new Date().toISOString() };
      writeAtomically(`${runs.folder}/job-${job}.json`, `${JSON.stringify(submitted)}\n`);
      return { job, tasks };
    },
  };
  const facts = { partition, time, 'runs per task': perTask, 'cores per task': cores, memory };
  return printAs(cluster, () => card('Slurm', facts));
}

/** `0-3,7`. */
function ranges(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const n of numbers) {
    const last = parts.at(-1);
    if (last && last[1] === n - 1) last[1] = n;
    else parts.push([n, n]);
  }
  return parts.map(([a, b]) => (a === b ? `${a}` : `${a}-${b}`)).join();
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;
