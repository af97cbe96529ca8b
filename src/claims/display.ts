// How an object shows itself in a notebook: a method under this symbol that returns its mime bundle.
export const jupyterDisplay: unique symbol = Symbol.for('Jupyter.display');

export type MimeBundle = Record<string, unknown>;

/** Text made safe for HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]!);
}
