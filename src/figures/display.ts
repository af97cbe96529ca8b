// The display protocol: an object with a method named by this symbol shows as the mime bundle which that
// method returns, in our kernel and in Deno alike. Live outputs (progress bars) go through a second symbol,
// a function that the host kernel puts on globalThis and that sends one message to the front end.

export const display: unique symbol = Symbol.for('Jupyter.display');
export const broadcast: unique symbol = Symbol.for('Jupyter.broadcast');

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

/** The host's broadcast function, if it has one. */
export function hostBroadcast(): Broadcast | undefined {
  return (globalThis as { [broadcast]?: Broadcast })[broadcast];
}
