// Tables: rows or columns of numbers, text and measurements, displayed as HTML and text, and as a danfojs
// frame for grouping, queries and merges.
import {
  formatNumber,
  inspectText,
  jupyterDisplay,
  plainTable,
  tableBundle,
  type TextTable,
} from '../../display/index.js';
import { byDefault, type Filled, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { aList, aString, integer } from '../../numerics/rules.js';
import { formatMeasurement } from '../../claims/index.js';
import type { Estimate } from '../../statistics/index.js';
import { danfo as loadDanfo, type Danfo, type Frame } from './danfo.js';

/** One row of a table: a value by column name. */
export type Row = Readonly<Record<string, unknown>>;
/** A table by columns: a list of values by name. */
export type Columns = Readonly<Record<string, ArrayLike<unknown>>>;

const tableOptions = {
  /** Below the table. */
  caption: aString,
  /** Largest number of displayed rows, 30 by default; the frame holds all. */
  limit: byDefault(30, integer(0)),
};

/** Options of `table`. */
export interface TableOptions extends Options, OptionsOf<typeof tableOptions> {}

/**
 * Named columns of equal length that display themselves.
 *
 * @example
 * const rates = table({ temperature: [2, 2.5], rate: [0.45, 0.48] });
 * rates;
 * // temperature  rate
 * // -----------  ----
 * //           2  0.45
 * //         2.5  0.48
 */
export class Table {
  readonly #columns: readonly (readonly [string, readonly unknown[]])[];
  /** With the defaults. */
  readonly options: Filled<typeof tableOptions>;

  constructor(columns: Columns, options: TableOptions = {}) {
    this.options = readOptions('table', options, tableOptions);
    const [first, ...others] = Object.entries(columns);
    if (first === undefined) throw new RangeError('table: needs at least one column');
    for (const [name, values] of [first, ...others]) {
      aList('table', name, values as never);
      if (values.length === first[1].length) continue;
      const lengths = `'${first[0]}' has ${first[1].length} rows, '${name}' has ${values.length}`;
      throw new RangeError(`table: columns must have equal lengths; ${lengths}`);
    }
    this.#columns = [first, ...others].map(([name, values]) => [name, Array.from(values)]);
  }

  /**
   * A danfojs DataFrame; a measurement `m` becomes the columns `m`, `m lower`, `m upper`. Loads danfojs-node.
   */
  get frame(): Frame {
    const flat = this.#columns.flatMap(([name, values]): [string, unknown[]][] => {
      if (!values.some(isMeasurement)) return [[name, [...values]]];
      const part = (of: (m: Estimate) => number): unknown[] =>
        values.map((m) => (isMeasurement(m) ? of(m) : m));
      return [
        [name, part(({ estimate }) => estimate)],
        [`${name} lower`, part(({ interval }) => interval[0])],
        [`${name} upper`, part(({ interval }) => interval[1])],
      ];
    });
    return new (danfo().DataFrame)(Object.fromEntries(flat));
  }

  toString(): string {
    return plainTable(this.#texts());
  }

  [jupyterDisplay]() {
    return tableBundle(this.#texts());
  }

  [inspectText](): string {
    return this.toString();
  }

  #texts(): TextTable {
    const { limit, caption } = this.options;
    const count = this.#columns[0][1].length;
    return {
      caption,
      head: this.#columns.map(([name]) => name),
      rows: Array.from({ length: Math.min(count, limit) }, (_, k) =>
        this.#columns.map(([, values]) => textOf(values[k])),
      ),
      align: this.#columns.map(([, values]) => (values.some(isNumeric) ? 'right' : 'left')),
      ...(count > limit ? { more: `… ${count - limit} more rows` } : {}),
    };
  }
}

/**
 * A table of rows (one object each), of columns (one list each), or of a danfojs frame. A name that a row
 * lacks is an empty cell.
 *
 * @throws RangeError for no columns, columns of different lengths; TypeError for a column that is not a list
 * @example
 * table([
 *   { sampler: 'langevin', energy: { estimate: 24.47, interval: [24.3, 24.63] } },
 *   { sampler: 'mala', energy: { estimate: 24.52, interval: [24.4, 24.64] } },
 * ]);
 * // sampler         energy
 * // --------  ------------
 * // langevin  24.47 ± 0.16
 * // mala      24.52 ± 0.12
 */
export function table(data: readonly Row[] | Columns | Frame, options: TableOptions = {}): Table {
  if (isFrame(data)) return new Table(columnsOfFrame(data), options);
  return new Table(isRows(data) ? columnsOfRows(data) : data, options);
}

/**
 * The danfojs library, loaded on first use: `danfo().merge(...)`. Its frames show as tables.
 *
 * @example
 * const { DataFrame } = figures.danfo(); // needs danfojs-node
 * new DataFrame({ T: [1, 2], m: [0.9, 0.4] }).shape; // [2, 2]
 */
export const danfo = (): Danfo =>
  loadDanfo((frame) => table(isFrame(frame) ? frame : { value: frame.values })[jupyterDisplay]());

const isRows = (data: readonly Row[] | Columns): data is readonly Row[] => Array.isArray(data);

function isFrame(data: object): data is Frame {
  return Array.isArray((data as Frame).columns) && typeof (data as Frame).groupby === 'function';
}

function columnsOfRows(rows: readonly Row[]): Columns {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])]));
}

/** The index comes first unless it is 0, 1, 2, ... */
function columnsOfFrame({ columns, index, values }: Frame): Columns {
  const indexColumn: Columns = index.some((label, k) => label !== k) ? { '': index } : {};
  return {
    ...indexColumn,
    ...Object.fromEntries(columns.map((name, k) => [name, values.map((row) => row[k])])),
  };
}

function isMeasurement(value: unknown): value is Estimate {
  const { estimate, interval } = (value ?? {}) as Partial<Estimate>;
  return typeof estimate === 'number' && Array.isArray(interval) && interval.length === 2;
}

const isNumeric = (value: unknown): boolean => typeof value === 'number' || isMeasurement(value);

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : formatNumber(value);
  return isMeasurement(value) ? formatMeasurement(value) : String(value);
}
