// The threads of the host: worker threads of Node, Web Workers in a page. The rest of this room does not
// depend on the host.
import { builtin } from '../../files/node.js';

/** Another thread, seen from the one that started it. */
export interface Thread {
  post(message: unknown): void;
  end(): void;
}

export interface ThreadEvents {
  onMessage(message: unknown): void;
  /** It has ended, by itself or not. */
  onEnd(reason: string): void;
}

export type StartThread = (script: URL, events: ThreadEvents) => Thread;

interface WebWorker {
  onmessage: (event: { data: unknown }) => void;
  onerror: (event: { message?: string }) => void;
  postMessage(message: unknown): void;
  terminate(): void;
}
interface Page {
  readonly Worker?: new (script: URL, options: { type: 'module' }) => WebWorker;
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly crossOriginIsolated?: boolean;
  onmessage: (event: { data: unknown }) => void;
  postMessage(message: unknown): void;
}

const page = globalThis as unknown as Page;
const node = builtin('node:worker_threads');

/** Whether threads can share memory: in a page only where it is cross-origin isolated. */
export function hasThreads(): boolean {
  return typeof SharedArrayBuffer === 'function' && (node !== undefined || page.crossOriginIsolated === true);
}

export function coreCount(): number {
  return builtin('node:os')?.availableParallelism() ?? page.navigator?.hardwareConcurrency ?? 1;
}

const startNode: StartThread = (script, { onMessage, onEnd }) => {
  let failure: string | undefined;
  const worker = new node!.Worker(script, { execArgv: [], name: 'emtd pool' });
  worker.on('message', onMessage);
  worker.on('error', (error: unknown) => (failure = String(error)));
  worker.on('exit', (code) => onEnd(failure ?? `it ended with exit code ${code}`));
  worker.unref(); // its listeners would keep the process alive
  return { post: (message) => worker.postMessage(message), end: () => void worker.terminate() };
};

const startWeb: StartThread = (script, { onMessage, onEnd }) => {
  const worker = new page.Worker!(script, { type: 'module' });
  worker.onmessage = ({ data }) => onMessage(data);
  let isEnding = false;
  const end = (reason: string): void => {
    if (isEnding) return;
    isEnding = true;
    worker.terminate(); // a page does not report the end
    setTimeout(() => onEnd(reason));
  };
  worker.onerror = ({ message }) => end(message ?? 'it could not be started');
  return { post: (message) => worker.postMessage(message), end: () => end('it was terminated') };
};

/** A thread that does not keep the process alive. */
export const startThread = node ? startNode : startWeb;

/** In a thread: the connection to the one that started it. */
export function toStarter(onMessage: (message: unknown) => void): (message: unknown) => void {
  if (node) {
    node.parentPort!.on('message', onMessage);
    return (message) => node.parentPort!.postMessage(message);
  }
  page.onmessage = ({ data }) => onMessage(data);
  return (message) => page.postMessage(message);
}
