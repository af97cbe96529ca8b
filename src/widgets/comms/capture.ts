// Captures the prints of a function: a listener's prints would otherwise belong to a message of
// the page, which no cell displays. Prints of other code in the meantime are not captured.
import { AsyncLocalStorage } from 'node:async_hooks';

interface Sink {
  printed: string;
}

const sinks = new AsyncLocalStorage<Sink>();
let patched = false;

/** Runs a function (maybe async); `onEnd` gets its prints, also when it throws. */
export async function capture<Result>(run: () => Result, onEnd: (printed: string) => void): Promise<Awaited<Result>> {
  patch();
  const sink: Sink = { printed: '' };
  try {
    return await sinks.run(sink, run);
  } finally {
    onEnd(sink.printed);
  }
}

function patch(): void {
  if (patched) return;
  patched = true;
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...parts: unknown[]) => boolean;
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      const sink = sinks.getStore();
      if (!sink) return write(chunk, ...rest);
      sink.printed += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      const done = rest.find((part) => typeof part === 'function') as (() => void) | undefined;
      if (done) process.nextTick(done);
      return true;
    };
  }
}
