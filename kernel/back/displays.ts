// `display(value)`, `clearOutput()` and the broadcast of libraries, as cells see them. Promised bundles keep
// the order of their requests: a bundle that comes after a newer one of its display is not shown.
import { randomUUID } from 'node:crypto';
import type { MimeBundle } from '../wire/content.js';
import type { Json } from '../wire/message.js';
import type { Contexts } from './contexts.js';
import { Promise, Set } from './intrinsics.js';
import { displaySymbol, isEmpty, mimeBundle } from './mimeBundle.js';
import type { Emit } from './outlet.js';
import type { Output } from './protocol.js';

/** The global function through which libraries send display messages (progress bars), here as in Deno. */
export const broadcastSymbol = Symbol.for('Jupyter.broadcast');

/** Messages that libraries may send: display and comm messages, not the kernel's own (status, error, …). */
const broadcastTypes = new Set([
  'display_data',
  'update_display_data',
  'clear_output',
  'comm_open',
  'comm_msg',
  'comm_close',
]);

export interface DisplayHandle {
  update(value: unknown): void;
  /** Shows nothing: the value has been shown. */
  [displaySymbol](): object;
}

export class Displays {
  constructor(
    readonly emit: Emit,
    readonly contexts: Contexts,
  ) {}

  readonly display = (value: unknown): DisplayHandle => {
    const transient = { display_id: randomUUID() };
    let requests = 0;
    /** The number of the visible bundle; 0 at first, for none. */
    let visible = 0;
    const update = (next: unknown): void => {
      const number = ++requests;
      const show = (bundle: MimeBundle): void => {
        if (number < visible || (visible === 0 && isEmpty(bundle))) return;
        const type = visible === 0 ? 'display_data' : 'update_display_data';
        visible = number;
        this.emit({ type, content: { ...bundle, transient } });
      };
      const bundle = mimeBundle(next);
      if (bundle instanceof Promise) this.#expect(bundle.then(show));
      else show(bundle);
    };
    update(value);
    return { update, [displaySymbol]: () => ({}) };
  };

  readonly clearOutput = (wait = false): void => this.emit({ type: 'clear_output', content: { wait } });

  /** A message to the front end with its content as it is. */
  readonly broadcast = (
    type: string,
    content: Json,
    extra: Pick<Output, 'metadata' | 'buffers'> = {},
  ): void => {
    if (!broadcastTypes.has(type)) {
      throw new TypeError(
        `Jupyter.broadcast: type must be one of ${[...broadcastTypes].join(', ')}, got ${type}`,
      );
    }
    this.emit({ type, content, ...extra });
  };

  /**
   * Resolves when every promised bundle of this context is sent; rejects with the error of one that failed.
   */
  async settled(): Promise<void> {
    await Promise.all(this.contexts.current().promised);
  }

  /** If it fails when nobody waits for it any more, it is an unhandled rejection of its cell. */
  #expect(showing: Promise<void>): void {
    const { promised } = this.contexts.current();
    const step: Promise<void> = showing.then(() => void promised.delete(step));
    promised.add(step);
  }
}
