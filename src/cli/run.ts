// `emtd run NOTEBOOK…`: executes notebooks with the lab's kernel and writes the executed copies.
import { accessSync, constants, mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { KernelDied } from '../../kernel/notebook/client.js';
import { type CellFailure, type Progress, executeNotebook } from '../../kernel/notebook/notebook.js';
import { NotebookError, writeNotebook } from '../../kernel/notebook/notebookFile.js';
import { type Parameters, parseParameter } from '../../kernel/notebook/parametersCell.js';

const usage = `usage: emtd run NOTEBOOK... [options]
  --output DIR   folder of the executed copies (default: out/notebooks)
  --in-place     overwrite the notebook itself, when every cell has passed
  --param k=v    override a parameter; may be repeated (values are JSON, or else text)
  --timeout S    longest time for one cell, seconds (default: 600)
The environment reaches the cells: FULL=1 emtd run NOTEBOOK makes the publication run.`;

interface Options {
  notebooks: string[];
  folder: string | undefined;
  parameters: Parameters;
  timeout: number;
}

/** Exit code: 0 when every cell passed, 1 when one failed, 2 for a wrong call, 130 after Ctrl-C. */
export async function runCommand(args: string[]): Promise<number> {
  let options: Options;
  try {
    options = parseOptions(args);
  } catch (error) {
    console.error(`emtd run: ${(error as Error).message}\n${usage}`);
    return 2;
  }
  const abort = new AbortController();
  const onInterrupt = (): void => abort.abort(new Error('interrupted'));
  process.once('SIGINT', onInterrupt);
  let failed = 0;
  try {
    for (const path of options.notebooks) {
      if (!(await runOne(path, options, abort.signal))) failed++;
    }
  } catch (error) {
    if (abort.signal.aborted) {
      console.error('emtd run: interrupted; the kernel has ended, nothing was written');
      return 130;
    }
    if (!(error instanceof NotebookError || error instanceof KernelDied)) throw error;
    console.error(`emtd run: ${error.message}`);
    return 1;
  } finally {
    process.off('SIGINT', onInterrupt);
  }
  return failed > 0 ? 1 : 0;
}

function parseOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      output: { type: 'string' },
      'in-place': { type: 'boolean' },
      param: { type: 'string', multiple: true },
      timeout: { type: 'string' },
    },
  });
  if (positionals.length === 0) throw new Error('no notebook given');
  if (values.output !== undefined && values['in-place'])
    throw new Error('either --output or --in-place, not both');
  const timeout = Number(values.timeout ?? 600);
  if (!(timeout > 0)) throw new Error(`--timeout must be positive, got ${values.timeout}`);
  return {
    notebooks: positionals,
    folder: values['in-place'] ? undefined : (values.output ?? join('out', 'notebooks')),
    parameters: Object.assign({}, ...(values.param ?? []).map(parseParameter)) as Parameters,
    timeout,
  };
}

/** True when every cell passed. A notebook that failed is written too, with its error, unless in place. */
async function runOne(path: string, options: Options, signal: AbortSignal): Promise<boolean> {
  const { folder, parameters, timeout } = options;
  const target = folder === undefined ? path : join(folder, basename(path));
  if (folder !== undefined) refuseUnwritable(folder);
  const progress = progressLine(basename(path));
  const { notebook, failure, seconds } = await executeNotebook(path, {
    parameters,
    timeout,
    signal,
    onProgress: progress.show,
  }).finally(progress.clear);
  if (!failure || folder !== undefined) writeNotebook(target, notebook);
  if (failure) console.error(describe(path, failure));
  console.log(
    `${basename(path)}: ${failure ? 'FAILED' : 'passed'} in ${seconds.toFixed(1)} s${
      failure && folder === undefined ? '' : ` -> ${target}`
    }`,
  );
  return failure === undefined;
}

function refuseUnwritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new NotebookError(
      `output folder ${resolve(folder)}: cannot be written: ${(error as Error).message}`,
    );
  }
}

/** The failed cell with its traceback, for the terminal. */
export function describe(path: string, { cell, ename, evalue, traceback }: CellFailure): string {
  const lines = traceback.length > 0 ? traceback : [`${ename}: ${evalue}`];
  return `${path}, code cell ${cell}:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

/** One line that updates on a terminal; a line for each cell elsewhere. */
export function progressLine(title: string): { show(progress: Progress): void; clear(): void } {
  const { stderr } = process;
  return {
    show({ cell, cells, state, source, seconds }) {
      const head =
        source
          .split('\n')
          .find((line) => line.trim() !== '')
          ?.trim() ?? '';
      const text = `${title} [${cell}/${cells}] ${head}`;
      if (stderr.isTTY) {
        stderr.write(`\r\x1b[2K${text.slice(0, (stderr.columns || 80) - 1)}`);
      } else if (state !== 'running') {
        stderr.write(`${title} [${cell}/${cells}] ${state} in ${seconds!.toFixed(2)} s\n`);
      }
    },
    clear() {
      if (stderr.isTTY) stderr.write('\r\x1b[2K');
    },
  };
}
