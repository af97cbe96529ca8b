// How an object shows itself in a notebook: a method under the symbol that Jupyter hosts of JavaScript share,
// which returns its content by mime type.
export const jupyterDisplay: unique symbol = Symbol.for('Jupyter.display');

/** Mime type to content. `text/plain` is always there; binary content is base64. */
export interface MimeBundle {
  'text/plain': string;
  [mime: string]: unknown;
}

/** Text made safe for HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
}
