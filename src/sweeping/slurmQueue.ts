// The jobs of Slurm that were submitted from a folder, as the queue has them.
import { need } from '../files/node.js';

/** A job that was submitted. */
export interface Job {
  readonly job: string;
  /** Which tasks of the array. */
  readonly tasks: readonly number[];
}

/** @throws Error with what the command says, or where it is not installed */
export function command(name: string, words: readonly string[], input?: string): string {
  const { spawnSync } = need('slurm', 'node:child_process');
  const { status, stdout, stderr, error } = spawnSync(name, words, { input, encoding: 'utf8' });
  if (error) throw new Error(`slurm: cannot run ${name}: ${error.message}`, { cause: error });
  if (status !== 0) throw new Error(`slurm: ${name} failed: ${stderr.trim()}`);
  return stdout;
}

interface Submitted extends Job {
  readonly of: number;
}

function jobsOf(folder: string): Submitted[] {
  const fs = need('slurm', 'node:fs');
  const names = fs.existsSync(folder)
    ? fs.readdirSync(folder).filter((name) => /^job-.*[.]json$/.test(name))
    : [];
  return names.map((name) => JSON.parse(fs.readFileSync(`${folder}/${name}`, 'utf8')) as Submitted);
}

/** Job and task of what is waiting or running. */
function queue(
  jobs: readonly Submitted[],
): { readonly job: string; readonly task: number; readonly of: number }[] {
  if (jobs.length === 0) return [];
  return command('squeue', ['--noheader', '--array', '--format=%F %K'])
    .split('\n')
    .flatMap((line) => {
      const [job, task] = line.trim().split(' ');
      const found = jobs.find((one) => one.job === job);
      return found ? [{ job, task: Number(task), of: found.of }] : [];
    });
}

/** Tasks of earlier jobs that will make their shards; a shard of another number of tasks has other runs. */
export const queuedTasks = (folder: string, of: number): number[] =>
  queue(jobsOf(folder)).flatMap((one) => (one.of === of ? [one.task] : []));

/** How many tasks of the sweep in this folder wait or run; undefined where it was never submitted. */
export function inQueue(folder: string): number | undefined {
  const jobs = jobsOf(folder);
  return jobs.length === 0 ? undefined : queue(jobs).length;
}

/** Cancels every task of the sweep in this folder. @returns how many waited or ran */
export function cancelJobs(folder: string): number {
  const tasks = queue(jobsOf(folder));
  for (const job of new Set(tasks.map((one) => one.job))) command('scancel', [job]);
  return tasks.length;
}
