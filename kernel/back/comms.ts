// Comms: two-way channels between libraries in cells and the front end's widgets, as the host capability
// `globalThis[Symbol.for('Jupyter.comms')]`.
import { randomUUID } from 'node:crypto';
import type { Json } from '../wire/message.js';
import { Map, Uint8Array } from './intrinsics.js';
import type { Emit } from './outlet.js';
import type { CommRequest } from './protocol.js';

export const commsSymbol = Symbol.for('Jupyter.comms');

export interface CommExtra {
  metadata?: Json;
  buffers?: Uint8Array[];
}

export type OnOpen = (comm: Comm, data: Json, buffers: Uint8Array[]) => void;

export interface Comm {
  readonly id: string;
  readonly target: string;
  onMessage?: (data: Json, buffers: Uint8Array[]) => void;
  onClose?: (data: Json) => void;
  send(data: Json, extra?: CommExtra): void;
  close(data?: Json): void;
}

export class Comms {
  readonly #targets = new Map<string, OnOpen>();
  readonly #open = new Map<string, Comm>();

  constructor(readonly emit: Emit) {}

  /** Opens a comm to a target of the front end. */
  readonly open = (
    target: string,
    data: Json,
    { id = randomUUID(), ...extra }: CommExtra & { id?: string } = {},
  ): Comm => {
    const comm = this.#add(id, target);
    this.emit({ type: 'comm_open', content: { comm_id: id, target_name: target, data }, ...extra });
    return comm;
  };

  /** Lets the front end open comms to this target. */
  readonly target = (name: string, onOpen: OnOpen): void => void this.#targets.set(name, onOpen);

  /** A comm message of the front end; what a handler throws goes to the caller. */
  receive({ type, id, target, data, buffers }: CommRequest): void {
    const own = buffers.map((bytes) => Uint8Array.from(bytes)); // each with a buffer of its own
    if (type === 'comm_open') return this.#opened(id, target ?? '', data, own);
    const comm = this.#open.get(id);
    if (type === 'comm_msg') return comm?.onMessage?.(data, own);
    this.#open.delete(id);
    comm?.onClose?.(data);
  }

  #opened(id: string, target: string, data: Json, buffers: Uint8Array[]): void {
    const onOpen = this.#targets.get(target);
    const comm = this.#add(id, target);
    if (!onOpen) return comm.close(); // as the protocol wants it
    try {
      onOpen(comm, data, buffers);
    } catch (error) {
      comm.close();
      throw error;
    }
  }

  #add(id: string, target: string): Comm {
    const comm: Comm = {
      id,
      target,
      send: (data, extra) => this.emit({ type: 'comm_msg', content: { comm_id: id, data }, ...extra }),
      close: (data = {}) => {
        this.#open.delete(id);
        this.emit({ type: 'comm_close', content: { comm_id: id, data } });
      },
    };
    this.#open.set(id, comm);
    return comm;
  }
}
