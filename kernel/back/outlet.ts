// Sends all output of user code from the process, with the context it belongs to.
import type { Context, Contexts } from './contexts.js';
import { Set } from './intrinsics.js';
import type { Link } from './link.js';
import type { Output } from './protocol.js';

export type Emit = (output: Output) => void;

/** Messages other than prints that make a cell's output longer. */
const additions = new Set(['display_data', 'execute_result']);

export function createOutlet(link: Pick<Link, 'send'>, contexts: Contexts): Emit {
  const send = ({ id: context }: Context, output: Output): number =>
    link.send({ op: 'output', context, ...output });
  return (output) => {
    const context = contexts.current();
    const { limit } = context;
    if (output.type === 'stream') {
      const text = limit.printable(String(output.content['text']));
      if (text) send(context, { ...output, content: { ...output.content, text } });
    } else if (!additions.has(output.type)) {
      if (output.type === 'clear_output') limit.clear();
      send(context, output);
    } else if (limit.hasRoom) {
      limit.displayed(send(context, output));
    } else {
      const text = limit.dropped();
      if (text) send(context, { type: 'stream', content: { name: 'stderr', text } });
    }
  };
}

/** Sends the prints of cells to the front as `stream` messages instead of the process's own streams. */
export function captureStreams(emit: Emit): void {
  for (const name of ['stdout', 'stderr'] as const) {
    const decoder = new TextDecoder();
    process[name].write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
      emit({ type: 'stream', content: { name, text } });
      const done = rest.find((argument) => typeof argument === 'function') as (() => void) | undefined;
      if (done) process.nextTick(done);
      return true;
    };
  }
}
