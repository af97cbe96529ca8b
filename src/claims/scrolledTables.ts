// How the ledger and its parts show: tables of claims and verdicts, a claim with its reading and regions.
import {
  card,
  clippedTable,
  countText,
  htmlTable,
  type MimeBundle,
  plainTable,
  type TextTable,
} from '../display/index.js';
import type { Measurements } from './claim.js';
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

export const countsCard = (counts: Readonly<Record<string, number>>) =>
  card(
    `${countText(
      Object.values(counts).reduce((sum, n) => sum + n, 0),
      'claim',
    )}`,
    counts,
  );
