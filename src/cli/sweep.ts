// `emtd sweep VERB FILE`: makes the runs of a sweep here, on Slurm or as one shard, and collects the results.
import { resolve } from 'node:path';
import { writeAtomically } from '../files/writeAtomically.js';
import { openSweep, cancelJobs, inQueue, slurm } from '../sweeping/index.js';
import { CommandError, countOf, numberOf } from './command.js';
import type { Call } from './table.js';
import type { tables } from './tables.js';

type Of<Verb extends string> = Call<(typeof tables)[`sweep ${Verb}` & keyof typeof tables]>;

const opened = ({ operands: [file, ...more], values }: Of<'status'>) => {
  if (more.length > 0) throw new CommandError(`one file or folder, got ${more.length + 1}`);
  return openSweep(file, values.name);
};

/** On SIGTERM, which Slurm sends before the time is up, runs under way write their checkpoints. */
export async function runHere(call: Of<'run'>): Promise<number> {
  const { threads, shard, checkpoint = '60' } = call.values;
  const [, index, count] = shard === undefined ? [] : (/^(\d+)\/(\d+)$/.exec(shard) ?? []);
  if (shard !== undefined && !(Number(index) < Number(count)))
    throw new CommandError(`--shard must be i/n, with i from 0 to n - 1, got ${JSON.stringify(shard)}`);
  const options = {
    threads: threads === undefined ? undefined : countOf('threads', threads),
    shard: shard === undefined ? undefined : ([Number(index), Number(count)] as const),
    checkpointSeconds: numberOf('checkpoint', checkpoint, (seconds) => seconds > 0, 'seconds above 0'),
  };
  const sweep = await opened(call);
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once('SIGTERM', onSignal);
  const status = await sweep.here({ ...options, signal: stop.signal });
  process.off('SIGTERM', onSignal);
  console.log(String(status));
  return status.failed.length > 0 ? 1 : 0;
}

export async function submit(call: Of<'submit'>): Promise<number> {
  const { partition, time, memory, line, 'per-task': perTask, cores, 'dry-run': isDry } = call.values;
  const cluster = slurm({
    partition,
    time,
    memory,
    lines: line,
    perTask: perTask === undefined ? undefined : countOf('per-task', perTask),
    cores: cores === undefined ? undefined : countOf('cores', cores),
  });
  const sweep = await opened(call);
  if (isDry) {
    console.log(sweep.scriptFor(cluster) ?? 'nothing to submit');
    return 0;
  }
  const job = await sweep.on(cluster);
  console.log(
    job ? `job ${job.job}: ${job.tasks.length} tasks` : 'nothing to submit: all is done or in the queue',
  );
  return 0;
}

export async function printStatus(call: Of<'status'>): Promise<number> {
  const { status, folder } = await opened(call);
  console.log(String(status));
  const tasks = inQueue(folder!);
  if (tasks !== undefined) console.log(`  ${tasks} tasks of Slurm wait or run`);
  return 0;
}

export async function collect(call: Of<'collect'>): Promise<number> {
  const { partial, out } = call.values;
  const { records, status } = await opened(call);
  if (status.done < status.runs && !partial)
    throw new CommandError(`${String(status).split('\n', 1)[0]}; --partial collects what is there`, 1);
  if (records.length === 0) throw new CommandError('no run is done', 1);
  for (const fault of status.faults) console.error(fault);
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const lines = records.map((record) => names.map((name) => cell(record[name])).join());
  const text = `${[names.map(cell).join(), ...lines].join('\n')}\n`;
  if (out === undefined) process.stdout.write(text);
  else writeAtomically(resolve(out), text);
  return 0;
}

export async function retry(call: Of<'retry'>): Promise<number> {
  const count = (await opened(call)).retry();
  console.log(`${count} failed runs count as missing; run or submit makes them`);
  return 0;
}

export async function cancel(call: Of<'cancel'>): Promise<number> {
  console.log(`${cancelJobs((await opened(call)).folder!)} tasks cancelled`);
  return 0;
}

/** All digits: a number read back is the same. */
function cell(value: number | string | undefined): string {
  if (value === undefined) return '';
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
