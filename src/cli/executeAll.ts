// Executes notebooks with the lab's kernel, one after another or several at a time.
import type { KernelClient } from '../../kernel/notebook/client.js';
import { executeNotebook, nextKernel, type Progress, startKernel } from '../../kernel/notebook/notebook.js';
import type { Notebook } from '../../kernel/notebook/notebookFile.js';
import type { Parameters } from '../../kernel/notebook/parametersCell.js';
import { CommandError, terminalLine } from './command.js';

export interface Run {
  readonly name: string;
  readonly notebook: Notebook;
  readonly failed: boolean;
}

interface Execution {
  /** The file of a notebook; the name itself by default. */
  readonly pathOf?: (name: string) => string;
  readonly parameters: Parameters;
  /** Longest time for one cell, seconds. */
  readonly timeout?: number;
  /** Called with each notebook as soon as it has run; its text stands after the line that says so. */
  readonly keep?: (run: Run) => Promise<string | void>;
  /** Notebooks at a time; 1 by default. */
  readonly jobs?: number;
}

/**
 * Results are in the order of the names. A job has one kernel, which is made fresh for the next notebook
 * while `keep` handles the last one. Ctrl-C and SIGTERM end all.
 *
 * @throws the first error of reading or keeping a notebook, of a kernel, or the interrupt; then the other
 * notebooks stop too
 */
export async function executeAll(
  names: readonly string[],
  { pathOf = (name) => name, parameters, timeout, keep = async () => {}, jobs = 1 }: Execution,
): Promise<Run[]> {
  const abort = new AbortController();
  const onInterrupt = (signal?: NodeJS.Signals): void =>
    abort.abort(
      new CommandError(
        'interrupted; the kernel has ended, and what was printed as passed is written',
        signal === 'SIGTERM' ? 143 : 130,
      ),
    );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onInterrupt);
  const runs: Run[] = [];
  const waiting = [...names.keys()];
  try {
    const ends = await Promise.allSettled(
      Array.from({ length: jobs }, () =>
        work().catch((error: unknown) => {
          abort.abort(error); // the others stop too
          throw error;
        }),
      ),
    );
    if (ends.some(({ status }) => status === 'rejected')) throw abort.signal.reason;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onInterrupt);
  }
  return runs;

  async function work(): Promise<void> {
    let kernel: Promise<KernelClient> | undefined;
    try {
      for (let next = waiting.shift(); next !== undefined; ) {
        const [i, name, path] = [next, names[next], pathOf(names[next])];
        const fresh = (kernel ??= startKernel(path));
        const title = `[${i + 1}/${names.length}] ${name}`;
        const { notebook, failure, seconds } = await executeNotebook(path, {
          parameters,
          timeout,
          signal: abort.signal,
          kernel: fresh,
          onProgress: (progress) => show(title, progress),
        }).finally(() => terminalLine(''));
        next = abort.signal.aborted ? undefined : waiting.shift();
        if (next !== undefined) {
          kernel = nextKernel(pathOf(names[next]), { path, kernel: fresh });
          kernel.catch(() => {}); // the next notebook will say why
        }
        if (failure) {
          const { cell, ename, evalue, traceback } = failure;
          const lines = traceback.length > 0 ? traceback : [`${ename}: ${evalue}`];
          console.error(`${path}, code cell ${cell}:\n${lines.map((line) => `  ${line}`).join('\n')}`);
        }
        runs[i] = { name, notebook, failed: failure !== undefined };
        const remark = await keep(runs[i]);
        console.log(`${title}: ${failure ? 'FAILED' : 'passed'} in ${seconds.toFixed(1)} s${remark ?? ''}`);
      }
    } finally {
      await kernel?.then(
        (client) => client.shutdown(),
        () => {},
      );
    }
  }
}

/** One line that changes on a terminal; a line for each cell elsewhere. */
function show(title: string, { cell, cells, state, source, seconds }: Progress): void {
  terminalLine(`${title} [${cell}/${cells}] ${source.trim().split('\n', 1)[0]}`);
  if (!process.stderr.isTTY && state !== 'running')
    console.error(`${title} [${cell}/${cells}] ${state} in ${seconds!.toFixed(2)} s`);
}
