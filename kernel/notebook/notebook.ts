// Executes a notebook with a kernel process of its own, by messages only, as any Jupyter client does.
// The result holds no times: equal runs give equal notebooks.
import { dirname, resolve } from 'node:path';
import { CellOutputs, type DisplayRegistry } from './cellOutputs.js';
import { KernelClient, KernelDied } from './client.js';
import type { KernelOptions } from './kernelProcess.js';
import { type CellError, cellError } from '../wire/content.js';
import type { Json } from '../wire/message.js';
import { type Cell, type CodeCell, type Notebook, NotebookError, readNotebook } from './notebookFile.js';
import { type Parameters, injectParameters } from './parametersCell.js';
import { kernelspecMetadata } from './kernelspecMetadata.js';

export interface ExecuteOptions extends Omit<KernelOptions, 'folder'> {
  /** Override the cell tagged `parameters`. */
  parameters?: Parameters;
  /** Longest time for one cell, seconds (default 600). */
  timeout?: number;
  /** Interrupts the running cell and ends the kernel; the call rejects with the signal's reason. */
  signal?: AbortSignal;
  /**
   * A fresh kernel in the notebook's folder (`startKernel`, `nextKernel`), which the caller ends; without it,
   * one of its own.
   */
  kernel?: Promise<KernelClient>;
  onProgress?: (progress: Progress) => void;
}

export interface Progress {
  /** Number of the code cell, from 1. */
  cell: number;
  cells: number;
  state: 'running' | 'done' | 'failed';
  source: string;
  /** Duration of this cell, when it has ended. */
  seconds?: number;
}

export interface CellFailure extends CellError {
  /** Number of the code cell, from 1. */
  cell: number;
  id: string;
}

export interface Executed {
  notebook: Notebook;
  /** The first cell that failed, if any. */
  failure?: CellFailure;
  seconds: number;
}

/** How long an interrupted cell may take to stop, ms. */
const interruptDeadline = 5000;

/**
 * Executes every code cell of a notebook in order, stopping at the first that fails. Cells import from
 * the notebook's folder. The file itself is not touched: `writeNotebook` stores the result.
 *
 * @throws NotebookError for a file that is not a TypeScript notebook, KernelDied when no kernel starts
 */
export async function executeNotebook(path: string, options: ExecuteOptions = {}): Promise<Executed> {
  const began = performance.now();
  let own: Promise<KernelClient> | undefined;
  try {
    const source = readNotebook(path);
    refuseOtherLanguages(source, path);
    const notebook = injectParameters(source, options.parameters ?? {}, path);
    options.signal?.throwIfAborted();
    const kernel = options.kernel ?? (own = startKernel(path, options));
    const executed = await execute(await kernel, notebook, options);
    return { ...executed, seconds: (performance.now() - began) / 1000 };
  } finally {
    await own?.then(
      (client) => client.shutdown(),
      () => {},
    );
  }
}

async function execute(
  kernel: KernelClient,
  notebook: Notebook,
  options: ExecuteOptions,
): Promise<Omit<Executed, 'seconds'>> {
  // There is no page for widgets here; a message says so at once, so that they show their resting state.
  const stopListening = kernel.onIopub(({ header, content }) => {
    if (header.msg_type === 'comm_open')
      kernel.tell('comm_close', { comm_id: content['comm_id'], data: { page: 'none' } });
  });
  const stop = (): void => void interruptOrKill(kernel);
  options.signal?.addEventListener('abort', stop);
  try {
    const { cells, failure } = await runCells(kernel, notebook.cells, options);
    options.signal?.throwIfAborted();
    const info = await kernel.request('control', 'kernel_info_request').catch(() => undefined);
    const metadata = {
      ...notebook.metadata,
      kernelspec: kernelspecMetadata,
      ...(info ? { language_info: info.content['language_info'] } : {}),
    };
    return { notebook: { ...notebook, metadata, cells }, failure };
  } finally {
    options.signal?.removeEventListener('abort', stop);
    stopListening();
  }
}

/** A kernel for a notebook, in its folder, with the compiler up: its cells can start at once. */
export async function startKernel(
  path: string,
  options: Omit<KernelOptions, 'folder'> = {},
): Promise<KernelClient> {
  const kernel = await KernelClient.start({ ...options, folder: dirname(resolve(path)) });
  try {
    await kernel.request('shell', 'is_complete_request', { code: '' });
    return kernel;
  } catch (error) {
    await kernel.shutdown();
    throw error;
  }
}

/**
 * A kernel for the next notebook: the old one, restarted, if it is alive and the folder is the same;
 * otherwise a new one.
 */
export async function nextKernel(
  path: string,
  before: { path: string; kernel: Promise<KernelClient> },
): Promise<KernelClient> {
  const kernel = await before.kernel;
  if (dirname(resolve(path)) === dirname(resolve(before.path))) {
    try {
      await kernel.restart();
      return kernel;
    } catch (error) {
      if (!(error instanceof KernelDied)) throw error;
    }
  }
  await kernel.shutdown();
  return startKernel(path);
}

async function runCells(
  kernel: KernelClient,
  cells: readonly Cell[],
  options: ExecuteOptions,
): Promise<{ cells: Cell[]; failure?: CellFailure }> {
  const displays: DisplayRegistry = new Map();
  const total = cells.filter((cell) => cell.cell_type === 'code').length;
  const done: Cell[] = [];
  let failure: CellFailure | undefined;
  let count = 0;
  for (const cell of cells) {
    if (cell.cell_type !== 'code') {
      done.push(cell);
      continue;
    }
    count++;
    if (options.signal?.aborted || failure) {
      done.push({ ...cell, outputs: [], execution_count: null });
      continue;
    }
    const began = performance.now();
    const report = (state: Progress['state'], seconds?: number): void =>
      options.onProgress?.({ cell: count, cells: total, state, source: cell.source, seconds });
    report('running');
    const ran = await runCell(kernel, cell, displays, (options.timeout ?? 600) * 1000);
    report(ran.failed ? 'failed' : 'done', (performance.now() - began) / 1000);
    done.push(ran.cell);
    if (ran.failed) failure = { cell: count, id: cell.id, ...ran.failed };
  }
  return { cells: done, failure };
}

/** `timeout`: ms. */
async function runCell(
  kernel: KernelClient,
  cell: CodeCell,
  displays: DisplayRegistry,
  timeout: number,
): Promise<{ cell: CodeCell; failed?: CellError }> {
  const collected = new CellOutputs(displays);
  const { outputs } = collected;
  let late = false;
  const deadline = setTimeout(() => {
    late = true;
    void interruptOrKill(kernel);
  }, timeout);
  try {
    const { content } = await kernel.execute(cell.source, (message) => collected.add(message));
    const executed = { ...cell, outputs, execution_count: Number(content['execution_count']) };
    if (content['status'] === 'ok') return { cell: executed };
    if (late) return { cell: executed, failed: timedOut(timeout) };
    const { ename, evalue, traceback } = content as Json & CellError;
    return { cell: executed, failed: { ename, evalue, traceback } };
  } catch (error) {
    if (!(error instanceof KernelDied)) throw error;
    const failed = late ? timedOut(timeout) : deathFailure(error);
    outputs.push({ output_type: 'error', ...failed });
    return { cell: { ...cell, outputs }, failed };
  } finally {
    clearTimeout(deadline);
  }
}

const timedOut = (timeout: number): CellError =>
  cellError('CellTimeout', `the cell ran longer than ${timeout / 1000} s`);

const deathFailure = ({ message }: KernelDied): CellError => ({
  ename: 'KernelDied',
  evalue: message.split('\n')[0],
  traceback: `KernelDied: ${message}`.split('\n'),
});

/** Stops the running cell; a kernel that does not obey is killed. */
async function interruptOrKill(kernel: KernelClient): Promise<void> {
  const deadline = setTimeout(() => void kernel.kill(), interruptDeadline);
  await kernel.interrupt().catch(() => {});
  await kernel.settled();
  clearTimeout(deadline);
}

function refuseOtherLanguages({ metadata }: Notebook, path: string): void {
  const { language, name } = (metadata['kernelspec'] ?? {}) as { language?: string; name?: string };
  if (language === undefined || language === 'typescript') return;
  throw new NotebookError(
    `notebook ${path}: its kernel is for ${language} (${name}), this one runs typescript`,
  );
}
