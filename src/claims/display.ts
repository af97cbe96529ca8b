// How the ledger and its parts show: tables of claims and verdicts, a claim with its reading and regions.
import {
  card, clippedTable, counted, escapeHtml, htmlTable, inspectText, type MimeBundle, plainTable, shown, summarised, tableBundle,
  type TextTable,
} from '../display/index.js';
import type { Check } from './check.js';
import type { Claim, Measurement, Measurements } from './claim.js';
import { describeRegions, formatMeasurement, formatNumber } from './format.js';
import type { PublicationRun, PublicationRuns } from './publication.js';
import type { LedgerLine } from './table.js';
import type { Judgement } from './verdict.js';
import type { VerdictChange, Verdicts } from './verdicts.js';

/** Long tables scroll in HTML. */
const scrolled = (table: TextTable): string => `<div style="max-height:480px;overflow:auto">${htmlTable({ ...table, unbroken: 2 })}</div>`;

const scrolledBundle = (table: TextTable, mostLines = 30): MimeBundle =>
  ({ 'text/html': scrolled(table), 'text/plain': plainTable(clippedTable(table, mostLines)) });

function measurementText(measured: Measurement): MimeBundle {
  const [low, high] = measured.interval.map(formatNumber);
  return { 'text/plain': low === high ? formatMeasurement(measured) : `${formatMeasurement(measured)} [${low}, ${high}]` };
}

/** The measurement, which shows as "1.002 ± 0.004 [0.998, 1.006]". */
export const shownMeasurement = (measured: Measurement): Measurement => shown(measured, measurementText);

const claimText = ({ id, kind, notebook, claim }: Claim): string => `${id} (${kind}, ${notebook}): ${claim}`;

function claimBundle(claim: Claim): MimeBundle {
  const { id, document, section, kind, notebook, quote, absent, reading, experiment, argument, quantities } = claim;
  const table: TextTable = {
    head: ['quantity', 'meaning', 'regions'],
    rows: Object.entries(quantities).map(([name, quantity]) => [name, quantity.meaning, describeRegions(quantity)]),
  };
  const said = quote === null ? (absent ?? '') : `“${quote}”`;
  const parts = [['problem', reading.problem], ['resolution', reading.resolution], ['experiment', experiment], ['argument', argument ?? '']]
    .filter(([, text]) => text !== '');
  const heading = `${id}: ${kind} (${document}, ${section}; notebook ${notebook})`;
  const paragraphs = parts.map(([name, text]) => `<p><i>${name}</i> ${escapeHtml(text)}</p>`).join('');
  const regions = table.rows.length > 0;
  return {
    'text/html': `<div><p><b>${escapeHtml(heading)}</b></p><blockquote>${escapeHtml(said)}</blockquote>` +
      `<p>${escapeHtml(claim.claim)}</p>${paragraphs}${regions ? htmlTable(table) : ''}</div>`,
    'text/plain': [
      heading, `  ${said}`, `  ${claim.claim}`, ...parts.map(([name, text]) => `  ${name}: ${text}`), ...(regions ? [plainTable(table)] : []),
    ].join('\n'),
  };
}

/** The claim, which shows with its reading and regions, and prints as one line. */
export const shownClaim = (claim: Claim): Claim =>
  Object.defineProperty(shown(claim, claimBundle), inspectText, { configurable: true, value: () => claimText(claim) });

/** The claims, which show as a table. */
export const shownClaims = (claims: readonly Claim[]): readonly Claim[] => summarised(claims, ledgerBundle);

const ledgerBundle = (claims: readonly Claim[]): MimeBundle =>
  scrolledBundle({
    caption: counted(claims.length, 'claim'),
    head: ['claim', 'kind', 'notebook', 'what it says'],
    rows: claims.map(({ id, kind, notebook, claim }) => [id, kind, notebook, claim]),
  });

/** The checks, which show as a table. */
export const shownChecks = <Checks extends readonly Check[]>(checks: Checks): Checks => summarised(checks, checksBundle);

const checksBundle = (checks: readonly Check[]): MimeBundle =>
  scrolledBundle({
    caption: counted(checks.length, 'check'),
    head: ['claim', 'verdict', 'measured'],
    rows: checks.map(({ id, verdict, measured }) => [id, verdict, measuredText(measured)]),
  });

const measuredText = (measured: Measurements): string =>
  Object.entries(measured).map(([name, one]) => `${name} ${formatMeasurement(one)}`).join('; ');

/** The verdicts, which show as a table. */
export const shownVerdicts = (verdicts: Verdicts): Verdicts => summarised(verdicts, verdictsBundle);

function verdictsBundle(verdicts: Verdicts): MimeBundle {
  const rows = Object.entries(verdicts).map(([id, { verdict, quantities, notebook }]) => [id, verdict, measuredText(quantities), notebook]);
  return scrolledBundle({ caption: counted(rows.length, 'verdict'), head: ['claim', 'verdict', 'measured', 'notebook'], rows });
}

export const changesBundle = (changes: readonly VerdictChange[]): MimeBundle =>
  tableBundle({
    caption: changes.length === 0 ? 'no verdict changed' : `${counted(changes.length, 'verdict')} changed`,
    head: ['claim', 'committed', 'measured'],
    rows: changes.map(({ id, committed, measured }) => [id, committed ?? '–', measured ?? '–']),
  });

export const judgementCard = ({ verdict, findings, missing, unmet }: Judgement): MimeBundle =>
  card(`verdict: ${verdict}`, {
    ...findings,
    'not given': missing.length > 0 ? missing.join(', ') : undefined,
    'controls that do not hold': unmet.length > 0 ? unmet.join(', ') : undefined,
  });

export const linesBundle = (lines: readonly LedgerLine[]): MimeBundle =>
  scrolledBundle({
    head: ['claim', 'verdict', 'number', 'expectation', 'notebook'],
    rows: lines.map(({ id, verdict, number, expectation, notebook }) => [id, verdict, number || '–', expectation, notebook]),
  });

export const countsCard = (counts: Readonly<Record<string, number>>): MimeBundle =>
  card(`${counted(Object.values(counts).reduce((sum, n) => sum + n, 0), 'claim')}`, counts);

export const publicationBundle = ({ manifest, measured }: PublicationRun): MimeBundle =>
  scrolledBundle({
    caption: `publication run ${manifest.digest.slice(0, 16)}, seeds ${manifest.seeds.join(' ')}`,
    head: ['claim', 'measured'],
    rows: Object.entries(measured).map(([id, numbers]) => [id, measuredText(numbers)]),
  });

export const publicationsBundle = (runs: PublicationRuns): MimeBundle =>
  tableBundle({
    head: ['notebook', 'claims', 'run'],
    rows: Object.entries(runs).map(([name, { manifest, measured }]) =>
      [name, String(Object.keys(measured).length), manifest.digest.slice(0, 16)]),
  });

export const measurementsTable = (measured: Measurements): MimeBundle =>
  tableBundle({ head: ['quantity', 'measured'], rows: Object.entries(measured).map(([name, one]) => [name, formatMeasurement(one)]) });
