// Long tables of the ledger: they scroll.
import { clippedTable, htmlTable, type MimeBundle, plainTable, type TextTable } from '../display/index.js';
import type { Measurements } from './quantity.js';
import { formatMeasurement } from './format.js';

/** Long tables scroll in HTML. */
const scrolled = (table: TextTable): string =>
  `<div style="max-height:480px;overflow:auto">${htmlTable({ ...table, unbroken: 2 })}</div>`;

export const scrolledBundle = (table: TextTable, mostLines = 30): MimeBundle => ({
  'text/html': scrolled(table),
  'text/plain': plainTable(clippedTable(table, mostLines)),
});

export const measuredText = (measured: Measurements): string =>
  Object.entries(measured)
    .map(([name, one]) => `${name} ${formatMeasurement(one)}`)
    .join('; ');
