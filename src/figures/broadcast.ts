// Live outputs (progress bars): the host kernel puts one function on globalThis, under this symbol, and that
// function sends one display message to the front end. A value that is displayed once needs only a method
// named by `jupyterDisplay`.
import type { MimeBundle } from '../display/index.js';

/** Content of the Jupyter messages `display_data` and `update_display_data`. */
export interface DisplayContent {
  data: MimeBundle;
  metadata: Record<string, unknown>;
  transient: { display_id?: string };
}

/** Sends one display message to the front end; a host without a front end has no such function. */
export type Broadcast = (type: 'display_data' | 'update_display_data', content: DisplayContent) => void;

export const jupyterBroadcast: unique symbol = Symbol.for('Jupyter.broadcast');

/** The host's broadcast function, if it has one. */
export function hostBroadcast(): Broadcast | undefined {
  return (globalThis as { [jupyterBroadcast]?: Broadcast })[jupyterBroadcast];
}
