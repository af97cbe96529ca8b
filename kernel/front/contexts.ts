// From output of user code to iopub messages: each is sent under the request that caused it, also when it
// comes after that request's `idle`.
import type { Output } from '../back/protocol.js';
import type { Header, Json, Message } from '../wire/message.js';
import { OutputLimit } from '../wire/outputLimit.js';
import type { HistoryEntry } from './history.js';

interface PublishOptions extends Pick<Output, 'metadata' | 'buffers'> {
  /** The request that the message belongs to. */
  parent?: Header;
  topic?: string;
}

/** Sends a message to everybody who listens on iopub. */
export type Publish = (type: string, content: Json, options?: PublishOptions) => void;

export interface Context {
  parent: Header;
  silent: boolean;
  /** Execution count; a comm message has none. */
  count?: number;
  /** In the history; a cell that is not stored has none. */
  entry?: HistoryEntry;
  /** The request, where its front end takes questions. */
  stdin?: Message;
}

/** Number of requests remembered: a print of an older one counts as output of the last one. */
const mostContexts = 10_000;

export class Contexts {
  readonly #contexts = new Map<string, Context>();
  #last: Context | undefined;
  #limit = new OutputLimit();

  constructor(readonly publish: Publish) {}

  open(context: Context): void {
    this.#last = context;
    this.#limit = new OutputLimit();
    this.#contexts.set(context.parent.msg_id, context);
    if (this.#contexts.size <= mostContexts) return;
    const [oldest] = this.#contexts.keys();
    this.#contexts.delete(oldest!);
  }

  clear(): void {
    this.#contexts.clear();
    this.#last = undefined;
  }

  find(id: string): Context | undefined {
    return this.#contexts.get(id) ?? this.#last;
  }

  /** Output of user code. */
  readonly output = (id: string, { type, content, metadata, buffers }: Output): void => {
    const context = this.find(id);
    if (!context || context.silent) return;
    const { parent, count, entry } = context;
    if (type !== 'execute_result') return this.publish(type, content, { parent, metadata, buffers });
    if (entry) entry.output = String((content['data'] as Record<string, unknown>)['text/plain']);
    this.publish(type, { execution_count: count, ...content }, { parent });
  };

  /** Prints of native code, a child process or Node itself; their request is unknown. */
  readonly printed = (name: 'stdout' | 'stderr', text: string): void => {
    const visible = this.#limit.printable(text);
    if (visible) this.output('', { type: 'stream', content: { name, text: visible } });
  };
}
