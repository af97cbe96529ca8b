// Executes notebooks with the lab's kernel, one after another or several at a time.
import type { KernelClient } from '../../kernel/notebook/client.js';
import { executeNotebook, nextKernel, startKernel } from '../../kernel/notebook/notebook.js';
import type { Notebook } from '../../kernel/notebook/notebookFile.js';
import type { Parameters } from '../../kernel/notebook/parametersCell.js';
import { describe, progressLine } from './run.js';

export interface Run {
  readonly name: string;
  readonly notebook: Notebook;
  readonly failed: boolean;
}

export interface Executing {
  readonly pathOf: (name: string) => string;
  readonly parameters: Parameters;
  /** Called with each notebook as soon as it has run. */
  readonly keep?: (name: string, notebook: Notebook) => Promise<unknown>;
  /** Notebooks at a time; 1 by default. */
  readonly jobs?: number;
}

/**
 * Results are in the order of the names. A job has one kernel, which is made fresh for the next notebook while `keep` handles the last one. Ctrl-C ends all.
 *
 * @throws the first error of reading or keeping a notebook, of a kernel, or the interrupt; then the other notebooks stop too
 */
export async function executeAll(
  names: readonly string[], { pathOf, parameters, keep = () => Promise.resolve(), jobs = 1 }: Executing,
): Promise<Run[]> {
  const abort = new AbortController();
  const onInterrupt = (): void => abort.abort(new Error('interrupted; the kernel has ended'));
  process.once('SIGINT', onInterrupt);
  const runs: Run[] = [];
  const waiting = [...names.keys()];
  try {
    const ends = await Promise.allSettled(Array.from({ length: jobs }, () => work().catch((error: unknown) => {
      abort.abort(error); // the others stop too
      throw error;
    })));
    const failed = ends.find(({ status }) => status === 'rejected') as PromiseRejectedResult | undefined;
    if (failed) throw abort.signal.reason;
  } finally {
    process.off('SIGINT', onInterrupt);
  }
  return runs;

  async function work(): Promise<void> {
    let kernel: Promise<KernelClient> | undefined;
    try {
      for (let next = waiting.shift(); next !== undefined; ) {
        const [i, name, path] = [next, names[next], pathOf(names[next])];
        const fresh = (kernel ??= startKernel(path));
        const title = `[${i + 1}/${names.length}] ${name}`;
        const progress = progressLine(title);
        const { notebook, failure, seconds } = await executeNotebook(path, {
          parameters,
          signal: abort.signal,
          onProgress: progress.show,
          kernel: fresh,
        }).finally(progress.clear);
        next = abort.signal.aborted ? undefined : waiting.shift();
        if (next !== undefined) {
          kernel = nextKernel(pathOf(names[next]), { path, kernel: fresh });
          kernel.catch(() => {}); // the next notebook will say why
        }
        if (failure) console.error(describe(path, failure));
        await keep(name, notebook);
        console.log(`${title}: ${failure ? 'FAILED' : 'passed'} in ${seconds.toFixed(1)} s`);
        runs[i] = { name, notebook, failed: failure !== undefined };
      }
    } finally {
      await kernel?.then((client) => client.shutdown(), () => {});
    }
  }
}
