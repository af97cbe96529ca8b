// Where everything that user code shows leaves the process: with the context it belongs to.
import type { Contexts } from './contexts.js';
import type { Link } from './link.js';
import type { Output } from './protocol.js';

export type Emit = (output: Output) => void;

export function createOutlet(link: Link, contexts: Contexts): Emit {
  return ({ type, content, metadata, buffers }) =>
    link.send({
      op: 'output',
      context: contexts.current().id,
      type,
      body: JSON.stringify({ content, metadata }),
      ...(buffers ? { buffers } : {}),
    });
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
