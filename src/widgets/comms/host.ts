// Comms: channels between objects of a notebook's process and objects in the page. The host kernel puts them
// on globalThis under a symbol, beside `Jupyter.broadcast`; a host without them (plain Node, Deno) has no
// such property, and widgets are then values with a static look. Source:
// https://jupyter-client.readthedocs.io/en/stable/messaging.html#custom-messages

export type Json = Record<string, unknown>;

/** Metadata and buffers of a comm message. */
export interface Extra {
  readonly metadata?: Json;
  readonly buffers?: Uint8Array[];
}

/** One open channel. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  send(data: Json, extra?: Extra): void;
  close(data?: Json): void;
  onMessage?: (data: Json, buffers: Uint8Array[]) => void;
  onClose?: (data: Json) => void;
}

/** The channels between a kernel and the page. */
export interface Comms {
  /** Opens a channel to `target` in the page. */
  open(target: string, data: Json, extra?: Extra & { readonly id?: string }): Comm;
  /** Sets the handler for channels that the page opens to `name`. */
  target(name: string, onOpen: (comm: Comm, data: Json, buffers: Uint8Array[]) => void): void;
}

export const jupyterComms: unique symbol = Symbol.for('Jupyter.comms');

/** The host's comms, if it has them. */
export function hostComms(): Comms | undefined {
  return (globalThis as { [jupyterComms]?: Comms })[jupyterComms];
}
