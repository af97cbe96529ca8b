// Live outputs (progress bars): the host kernel puts one function on globalThis, under this symbol, and that
// function sends one display message to the front end. What shows itself once needs no more than a method
// named Symbol.for('Jupyter.display').

/** Mime type to content. `text/plain` is always there; binary content is base64. */
export interface MimeBundle {
  'text/plain': string;
  [mime: string]: unknown;
}

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
