// Comms, seen from the front: the open ones, and the front end's messages on them, checked before they go
// to user code.
import type { Output } from '../back/protocol.js';
import type { Json, Message } from '../wire/message.js';
import type { Back } from './back.js';
import type { Contexts } from './contexts.js';

const types = ['comm_open', 'comm_msg', 'comm_close'] as const;

export class FrontComms {
  /** Id to target. */
  readonly #open = new Map<string, string>();

  constructor(
    readonly back: Back,
    readonly contexts: Contexts,
  ) {}

  /** Updates the table of open comms by a message of user code. */
  note({ type, content }: Output): void {
    const id = String(content['comm_id']);
    if (type === 'comm_open') this.#open.set(id, String(content['target_name']));
    if (type === 'comm_close') this.#open.delete(id);
  }

  /**
   * Gives a message to user code; false if it is not a comm message.
   * @throws TypeError or RangeError for an invalid one
   */
  async receive(message: Message): Promise<boolean> {
    const type = types.find((name) => name === message.header.msg_type);
    if (!type) return false;
    const { comm_id: id, target_name: target, data = {} } = message.content;
    if (typeof id !== 'string') throw new TypeError(`${type}: comm_id must be a string, got ${String(id)}`);
    if (typeof data !== 'object' || data === null) throw new TypeError(`${type}: data must be an object`);
    if (type === 'comm_open') {
      if (typeof target !== 'string')
        throw new TypeError(`${type}: target_name must be a string, got ${String(target)}`);
      this.#open.set(id, target);
    } else if (!this.#open.has(id)) throw new RangeError(`${type}: no open comm has the id ${id}`);
    if (type === 'comm_close') this.#open.delete(id);
    const parent = message.header;
    this.contexts.open({ parent, silent: false });
    const { buffers } = message;
    await this.back.ask('comm', {
      type,
      context: parent.msg_id,
      id,
      data: data as Json,
      buffers,
      target: target as string | undefined,
    });
    return true;
  }

  /** For comm_info_reply. */
  list(target: unknown): Record<string, { target_name: string }> {
    const wanted = [...this.#open].filter(([, name]) => typeof target !== 'string' || target === name);
    return Object.fromEntries(wanted.map(([id, name]) => [id, { target_name: name }]));
  }

  /** The process of user code has ended; returns the ids of the open comms. */
  forget(): string[] {
    const ids = [...this.#open.keys()];
    this.#open.clear();
    return ids;
  }
}
