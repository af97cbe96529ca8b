// The back: compiler, user code and display on the process's main thread, serving the front's requests.
import { format } from 'node:util';
import type { MessagePort, Worker } from 'node:worker_threads';
import type {
  BackRequests,
  ExpressionResult,
  FromBack,
  Outcome,
  Output,
  ReplyOf,
  RequestName,
  ToBack,
} from './back.js';
import { CellModules } from './cellModules.js';
import { Displays, broadcastSymbol, mimeBundle } from './display.js';
import { Executor } from './executor.js';
import type { Phase } from './phase.js';
import { TslabCompiler } from '../compiler/tslabCompiler.js';
import type { Places } from '../compiler/tslabTypeScript.js';

export interface BackServer {
  receive(message: ToBack): void;
}

type Answers = {
  [N in RequestName]: (request: Parameters<BackRequests[N]>[0]) => ReplyOf<N> | Promise<ReplyOf<N>>;
};

/** `front` is where replies and outputs go. */
export function createBack(
  places: Places,
  phase: Phase,
  front: Pick<Worker | MessagePort, 'postMessage'>,
): BackServer {
  const post = (message: FromBack): void => front.postMessage(message);
  const emit = (output: Output): void => post({ op: 'output', output });
  captureStreams(emit);
  const displays = new Displays(emit);
  const { display, clearOutput, broadcast } = displays;
  Object.assign(globalThis, { display, clearOutput, [broadcastSymbol]: broadcast });
  const compiler = new TslabCompiler(places);
  const modules = new CellModules(places.folder, emit);
  const executor = new Executor({ compiler, modules, phase, ...places });

  for (const event of ['uncaughtException', 'unhandledRejection']) {
    process.on(event, (error: unknown) => {
      const unclaimed = executor.stray(error);
      if (unclaimed) emit({ type: 'stream', name: 'stderr', text: unclaimed.traceback.join('\n') + '\n' });
    });
  }

  const answers: Answers = {
    async execute({ code, name, silent }): Promise<Outcome> {
      const ran = await executor.execute(code, name, async (value) => {
        if (value !== undefined && !silent) emit({ type: 'execute_result', bundle: await mimeBundle(value) });
        await displays.settled();
      });
      return ran.status === 'ok' ? { status: 'ok' } : ran;
    },
    async evaluate({ expressions }) {
      const results: Record<string, ExpressionResult> = {};
      for (const [key, code] of Object.entries(expressions)) {
        const ran = await executor.execute(code, `expression[${key}]`, mimeBundle);
        results[key] = ran.status === 'ok' ? { status: 'ok', ...ran.result } : ran;
      }
      return results;
    },
    complete: ({ code, position }) => compiler.complete(code, position),
    inspect: ({ code, position }) => compiler.inspect(code, position),
    isComplete: ({ code }) => compiler.isComplete(code),
  };

  async function answer<N extends RequestName>(
    op: N,
    id: number,
    request: Parameters<BackRequests[N]>[0],
  ): Promise<void> {
    try {
      post({ op: 'reply', id, reply: await answers[op](request) });
    } catch (error) {
      post({ op: 'failure', id, message: format('%s', error) });
    }
  }

  return {
    receive(message) {
      if (message.op === 'interrupted') executor.interrupted();
      else if (message.op === 'exit') process.exit(0);
      else void answer(message.op, message.id, message.request);
    },
  };
}

/** What cells print goes to the front instead of the process's own streams. */
function captureStreams(emit: (output: Output) => void): void {
  for (const name of ['stdout', 'stderr'] as const) {
    const decoder = new TextDecoder();
    process[name].write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      emit({
        type: 'stream',
        name,
        text: typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }),
      });
      const done = rest.find((argument) => typeof argument === 'function') as (() => void) | undefined;
      if (done) process.nextTick(done);
      return true;
    };
  }
}
