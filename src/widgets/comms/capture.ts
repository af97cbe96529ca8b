// Captures the prints of a function: a listener's prints would otherwise belong to a message of
// the page, which no cell displays. Prints of other code in the meantime are not captured. Without Node the
// host shows all prints itself.
import type { AsyncLocalStorage } from 'node:async_hooks';
import { builtin } from '../../files/node.js';

interface Sink {
  printed: string;
}

let sinks: AsyncLocalStorage<Sink> | undefined;

/** Runs a function (maybe async); `onEnd` gets its prints, also when it throws. */
export async function capture<Result>(
  run: () => Result,
  onEnd: (printed: string) => void,
): Promise<Awaited<Result>> {
  sinks ??= patched();
  const sink: Sink = { printed: '' };
  try {
    return await (sinks ? sinks.run(sink, run) : run());
  } finally {
    onEnd(sink.printed);
  }
}

function patched(): AsyncLocalStorage<Sink> | undefined {
  const [hooks, process] = [builtin('node:async_hooks'), builtin('node:process')];
  if (!hooks || !process) return undefined;
  const sinks = new hooks.AsyncLocalStorage<Sink>();
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...parts: unknown[]) => boolean;
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      const sink = sinks.getStore();
      if (!sink) return write(chunk, ...rest);
      sink.printed += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
      const done = rest.find((part) => typeof part === 'function') as (() => void) | undefined;
      if (done) process.nextTick(done);
      return true;
    };
  }
  return sinks;
}
