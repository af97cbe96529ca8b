// Where everything that user code shows leaves the process: with the context it belongs to.
import type { Context, Contexts } from './contexts.js';
import type { Link } from './link.js';
import type { Output } from './protocol.js';

export type Emit = (output: Output) => void;

/** What makes a cell's output longer, other than printing. */
const additions = new Set(['display_data', 'execute_result']);

export function createOutlet(link: Link, contexts: Contexts): Emit {
  const send = (output: Output, { id: context, limit }: Context): void => {
    if (additions.has(output.type) && !limit.hasRoom) throw new RangeError('the cell has displayed more than 100 MB');
    const size = link.send({ op: 'output', context, ...output });
    if (additions.has(output.type)) limit.displayed(size);
  };
  return (output) => {
    const context = contexts.current();
    if (output.type === 'clear_output') context.limit.clear();
    if (output.type !== 'stream') return send(output, context);
    const text = context.limit.printable(String(output.content['text']));
    if (text) send({ ...output, content: { ...output.content, text } }, context);
  };
}

/** What cells print goes to the front as `stream` messages instead of the process's own streams. */
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
