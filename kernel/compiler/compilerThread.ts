// The cell compiler in a thread of its own: heartbeat, control and output flow while a cell is checked, and
// completion and inspection answer while one runs.
import { parentPort, workerData } from 'node:worker_threads';
import type { CompilerName } from '../wire/compilerNames.js';
import { cellError, type Failed } from '../wire/content.js';
import { CellDiagnostics, type CellCompiler, type CompiledCell, type Folders } from './cellCompiler.js';
import { typeError } from './typeError.js';

export interface CompilerData {
  compiler: CompilerName;
  folders: Folders;
  /** Whether names of the prelude are known before a cell has run. */
  prelude: boolean;
}

export type Compiled = { status: 'ok'; cell: CompiledCell } | Failed;

/** The calls that the thread answers: the compiler's methods, with a cell's errors as text. */
export interface CompilerCalls
  extends Pick<CellCompiler, 'complete' | 'inspect' | 'names' | 'isComplete' | 'commit' | 'reset'> {
  compile(...args: Parameters<CellCompiler['compile']>): Compiled;
}

export interface CompilerRequest {
  id: number;
  call: keyof CompilerCalls;
  args: unknown[];
}
export type CompilerReply = { id: number; reply: unknown } | { id: number; failure: string };
/** A module that a cell is going to import. */
export type CompilerHint = { hint: string };

/**
 * How long the thread is idle before it warms up, ms: the warm-up must not delay a first cell that is on its
 * way, nor compete with a running one for the processor.
 */
const idle = 250;

/** The module whose exports cells may use without an import. */
const preludeModule = 'emtd-lab';

/** TypeScript 6 by default, or tslab. */
const create: Record<CompilerName, (folders: Folders, prelude: boolean) => Promise<CellCompiler>> = {
  typescript: async (folders, prelude) => {
    const { TypeScriptCompiler } = await import('./typescript/typescriptCompiler.js');
    return new TypeScriptCompiler(folders, preludeModule, prelude);
  },
  tslab: async (folders) => {
    const { TslabCompiler } = await import('./tslab/tslabCompiler.js');
    return new TslabCompiler(folders);
  },
};

const isTooDeep = (error: unknown): boolean =>
  error instanceof RangeError && error.message.includes('call stack');

async function serve(): Promise<void> {
  const { compiler: name, folders, prelude } = workerData as CompilerData;
  const compiler = await create[name](folders, prelude);
  compiler.onPrelude = () => parentPort!.postMessage({ hint: preludeModule } satisfies CompilerHint);
  const compile: CompilerCalls['compile'] = (code, options) => {
    try {
      return { status: 'ok', cell: compiler.compile(code, options) };
    } catch (error) {
      if (isTooDeep(error))
        return {
          status: 'error',
          ...cellError('RangeError', 'the cell is nested too deeply to be compiled'),
        };
      if (!(error instanceof CellDiagnostics)) throw error;
      return { status: 'error', ...typeError(error.diagnostics, code, options.name) };
    }
  };
  const reply = ({ call, args }: CompilerRequest): unknown =>
    call === 'compile'
      ? compile(...(args as Parameters<typeof compile>))
      : (compiler[call] as (...args: unknown[]) => unknown)(...args);
  let [isWarm, cellRuns] = [false, false];
  const warmUp = (): void => {
    isWarm = !compiler.warmUp();
    if (!isWarm) timer = setTimeout(warmUp, 0); // a cell that came meanwhile is first
  };
  let timer = setTimeout(warmUp, idle);
  parentPort!.on('message', (request: CompilerRequest) => {
    clearTimeout(timer);
    const { id, call } = request;
    let answer: CompilerReply;
    try {
      answer = { id, reply: reply(request) };
    } catch (error) {
      answer = { id, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
    parentPort!.postMessage(answer);
    if (call === 'compile') cellRuns = 'reply' in answer && (answer.reply as Compiled).status === 'ok';
    if (call === 'commit' || call === 'reset') cellRuns = false;
    if (!isWarm && !cellRuns) timer = setTimeout(warmUp, idle);
  });
}

void serve();
