// From what user code shows to iopub messages: each goes out under the request that caused it, also when it
// comes after that request's `idle`.
import type { Output } from '../back/protocol.js';
import type { Header } from '../wire/message.js';
import type { History } from './history.js';
import type { Publish } from './publish.js';

export interface Context {
  parent: Header;
  silent: boolean;
  /** Execution count; a comm message has none. */
  count?: number;
}

/** How many requests are remembered: what an older one still prints counts as the last one's. */
const mostContexts = 10_000;

export class Contexts {
  readonly #parts: { publish: Publish; history: History };
  readonly #contexts = new Map<string, Context>();
  #last: Context | undefined;

  constructor(parts: { publish: Publish; history: History }) {
    this.#parts = parts;
  }

  open(context: Context): void {
    this.#contexts.set(context.parent.msg_id, context);
    this.#last = context;
    if (this.#contexts.size <= mostContexts) return;
    const [oldest] = this.#contexts.keys();
    this.#contexts.delete(oldest!);
  }

  /** What user code shows. */
  readonly output = (id: string, { type, content, metadata, buffers }: Output): void => {
    const context = this.#contexts.get(id) ?? this.#last;
    if (!context || context.silent) return;
    const { publish, history } = this.#parts;
    const { parent, count } = context;
    if (type !== 'execute_result') return publish(type, content, { parent, metadata, buffers });
    history.setOutput(count!, String((content['data'] as Record<string, unknown>)['text/plain']));
    publish(type, { execution_count: count, ...content }, { parent });
  };

  /** What its process prints past the kernel; nobody knows which request it belongs to. */
  readonly printed = (name: 'stdout' | 'stderr', text: string): void =>
    this.output('', { type: 'stream', content: { name, text } });
}
