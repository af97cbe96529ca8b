// How an object shows itself in a notebook: a method under the symbol that Jupyter hosts of JavaScript share,
// which returns its content by mime type. A bundle holds text/plain, then pictures and tables without
// scripts.
/**
 * The symbol of the method by which an object shows itself in a notebook: it returns content by mime type.
 *
 * @example
 * const reading = { kelvin: 4.2, [figures.jupyterDisplay]: () => ({ 'text/plain': '4.2 K', 'text/html': '<b>4.2 K</b>' }) };
 * reading[figures.jupyterDisplay]()['text/plain']; // '4.2 K', and a notebook shows the HTML
 */
export const jupyterDisplay: unique symbol = Symbol.for('Jupyter.display');

/** The method by which Node prints an object (`console.log`, `util.inspect`). */
export const inspectText: unique symbol = Symbol.for('nodejs.util.inspect.custom');

/** Mime type to content. `text/plain` is always there; binary content is base64. */
export interface MimeBundle {
  'text/plain': string;
  [mime: string]: unknown;
}

/** The display of an object whose name says everything. */
export const nameText = ({ name }: { readonly name: string }): MimeBundle => ({ 'text/plain': name });

/**
 * Gives a plain object or list its display. If it has no `toString` of its own, that gives the text/plain
 * too. Copies, JSON, comparisons and messages between threads do not see the display.
 *
 * @returns the same object
 */
export function showAs<Value extends object>(value: Value, show: (value: Value) => MimeBundle): Value {
  if (value.toString === Object.prototype.toString) {
    Object.defineProperty(value, 'toString', { configurable: true, value: () => show(value)['text/plain'] });
  }
  return Object.defineProperty(value, jupyterDisplay, { configurable: true, value: () => show(value) });
}

/**
 * The same, and `console.log` prints the text/plain: for objects that Node would print as a wall of numbers.
 */
export function printAs<Value extends object>(value: Value, show: (value: Value) => MimeBundle): Value {
  return Object.defineProperty(showAs(value, show), inspectText, {
    configurable: true,
    value: () => show(value)['text/plain'],
  });
}
