// Notebooks by the lab's kernel, one after another or some at a time.
import type { KernelClient } from '../../kernel/notebook/client.js';
import { executeNotebook, startKernel } from '../../kernel/notebook/notebook.js';
import type { Notebook } from '../../kernel/notebook/notebookFile.js';
import type { Parameters } from '../../kernel/notebook/parameters.js';
import { describe, progressLine } from './run.js';

export interface Run {
  readonly name: string;
  readonly notebook: Notebook;
  readonly failed: boolean;
}

export interface Executing {
  readonly pathOf: (name: string) => string;
  readonly parameters: Parameters;
  /** What is done with each as soon as it has run. */
  readonly keep?: (name: string, notebook: Notebook) => Promise<unknown>;
  /** Notebooks at a time; 1 by default. */
  readonly jobs?: number;
}

/**
 * In the order of their names, whichever ends first; the kernel of a next one starts while what one shows is kept. Ctrl-C ends all.
 *
 * @throws the first error of a notebook that could not be read or kept, of a kernel, or the interrupt: the others stop too
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
    let started: Promise<KernelClient> | undefined;
    try {
      for (let next = waiting.shift(); next !== undefined; ) {
        const [i, name, path] = [next, names[next], pathOf(names[next])];
        const title = `[${i + 1}/${names.length}] ${name}`;
        const progress = progressLine(title);
        const { notebook, failure, seconds } = await executeNotebook(path, {
          parameters,
          signal: abort.signal,
          onProgress: progress.show,
          ...(started ? { kernel: started } : {}),
        }).finally(progress.clear);
        next = abort.signal.aborted ? undefined : waiting.shift();
        started = next === undefined ? undefined : startKernel(pathOf(names[next]));
        started?.catch(() => {}); // the reason is told when it is asked for
        if (failure) console.error(describe(path, failure));
        await keep(name, notebook);
        console.log(`${title}: ${failure ? 'FAILED' : 'passed'} in ${seconds.toFixed(1)} s`);
        runs[i] = { name, notebook, failed: failure !== undefined };
      }
    } finally {
      await started?.then((kernel) => kernel.shutdown(), () => {});
    }
  }
}
