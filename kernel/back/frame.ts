// Data frames of any library (danfojs and its like) that do not show themselves: known by their columns,
// their shape and their rows, and shown as a table. The lab's own frames show themselves.
import { formatNumber, tableBundle } from '../../src/display/index.js';

const mostRows = 30;

interface Frame {
  readonly columns: readonly unknown[];
  readonly shape: readonly [rows: number, columns: number];
  readonly values: readonly (readonly unknown[])[];
}

/** Whether the value looks like a data frame: as many columns as its shape says, and its rows as lists. */
export function isFrame(value: unknown): value is Frame {
  if (typeof value !== 'object' || value === null) return false;
  const { columns, shape, values } = value as Partial<Frame>;
  if (!Array.isArray(columns) || !Array.isArray(shape) || !Array.isArray(values)) return false;
  const [rows, width] = shape as readonly unknown[];
  const first: unknown = values[0];
  return (
    shape.length === 2 &&
    width === columns.length &&
    rows === values.length &&
    (rows === 0 || Array.isArray(first))
  );
}

/** The first rows as HTML and text. */
export function frameBundle({ columns, shape, values }: Frame): {
  'text/html': unknown;
  'text/plain': string;
} {
  const first = values.slice(0, mostRows);
  const { 'text/html': html, 'text/plain': text } = tableBundle({
    caption: `${shape[0]} rows × ${shape[1]} columns`,
    head: columns.map(String),
    rows: first.map((row) => row.map(textOf)),
    align: columns.map((_, k) => (first.some((row) => typeof row[k] === 'number') ? 'right' : 'left')),
    more: first.length < values.length ? `… ${values.length - first.length} more rows` : undefined,
  });
  return { 'text/html': html, 'text/plain': text };
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'number' && !Number.isInteger(value) ? formatNumber(value) : String(value);
}
