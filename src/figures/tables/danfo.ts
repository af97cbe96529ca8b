// danfojs-node, the data frames of the lab: an optional peer, loaded at the first use of a frame. Its frames
// print badly in Node (`toHTML` does not work there), so the lab displays them as its own tables.
import { jupyterDisplay, type MimeBundle } from '../../display/index.js';
import { optionalPackage } from '../../files/optionalPackage.js';

/** The part of a danfojs DataFrame in the lab's own types; all its other members exist too. */
export interface Frame {
  readonly columns: string[];
  readonly index: (string | number)[];
  readonly values: unknown[][];
  readonly shape: [number, number];
  column(name: string): Column;
  head(rows?: number): Frame;
  tail(rows?: number): Frame;
  describe(): Frame;
  query(condition: Column | boolean[]): Frame;
  sortValues(by: string, options?: { ascending?: boolean }): Frame;
  groupby(columns: string[]): Groups;
}

/** A danfojs Series. */
export interface Column {
  readonly values: unknown[];
  eq(value: unknown): Column;
  ne(value: unknown): Column;
  gt(value: unknown): Column;
  ge(value: unknown): Column;
  lt(value: unknown): Column;
  le(value: unknown): Column;
  and(other: Column): Column;
  or(other: Column): Column;
  mean(): number;
  std(): number;
  min(): number;
  max(): number;
}

/** Rows of a data frame in groups, to be averaged or counted. */
export interface Groups {
  mean(): Frame;
  std(): Frame;
  sum(): Frame;
  min(): Frame;
  max(): Frame;
  count(): Frame;
}

/** The part of danfo.js that the lab uses. */
export interface Danfo {
  DataFrame: new (columns: Record<string, unknown[]>) => Frame;
  Series: new (values: unknown[]) => Column;
  merge(options: {
    left: Frame;
    right: Frame;
    on: string[];
    how: 'inner' | 'left' | 'right' | 'outer';
  }): Frame;
}

/**
 * Overrides that make danfojs-node 1.2.0 install and run: only those in the root project's package.json
 * count.
 */
const overrides = {
  'danfojs-node': {
    '@tensorflow/tfjs-node': 'npm:@tensorflow/tfjs@4.22.0',
    request: 'npm:@cypress/request@3.0.9',
    xlsx: 'npm:@e965/xlsx@0.20.3',
    mathjs: '^14.0.0',
  },
};

let library: Danfo | undefined;

/**
 * The danfojs library, for operations that are not methods of a frame: `danfo().merge({ left, right, on:
 * ['node'], how: 'inner' })`.
 * @param show the display of its frames
 * @throws if danfojs-node is not installed; the message holds what to add to package.json.
 */
export function danfo(show: (frame: Frame | Column) => MimeBundle): Danfo {
  if (library === undefined) {
    library = load((name) => optionalPackage('table', name));
    Object.defineProperty(rootPrototype(library.DataFrame.prototype as object), jupyterDisplay, {
      configurable: true,
      value(this: Frame | Column) {
        return show(this);
      },
    });
  }
  return library;
}

/** The prototype from which frames and series of every danfojs class inherit. */
function rootPrototype(prototype: object): object {
  const parent: unknown = Object.getPrototypeOf(prototype);
  return parent === Object.prototype || parent === null ? prototype : rootPrototype(parent as object);
}

/** @throws an error with the fix, in place of Node's. */
export function load(require: (name: string) => unknown): Danfo {
  try {
    return require('danfojs-node') as Danfo;
  } catch (cause) {
    const block = JSON.stringify({ dependencies: { 'danfojs-node': '1.2.0' }, overrides }, null, 2);
    const message =
      'table: data frames need danfojs-node, which did not load. Add this to your package.json and run ' +
      `npm install (its own dependencies do not install without the overrides):\n${block}`;
    throw new Error(message, { cause });
  }
}
