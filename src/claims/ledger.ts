// The claims ledger: 105 rows of project data (ledger.json), each a sentence of EMTD or AE with its reading.
// In the file an infinite end of an interval is null: [null, 0.9] is everything up to 0.9.
import type { Claim, Control, Evidence, ClosedInterval, Quantity, Region } from './claim.js';
import { scrolledBundle } from './scrolledTables.js';
import {
  countText,
  escapeHtml,
  htmlTable,
  inspectText,
  type MimeBundle,
  plainTable,
  printAs,
  showAs,
  type TextTable,
} from '../display/index.js';
import { readOwnFile } from '../files/node.js';
import { got } from '../numerics/check.js';
import { describeRegions } from './format.js';
import { markOf, reasonOf } from './mark.js';
import { asFields, parsed } from './recordRules.js';

type Bounds = readonly (readonly [number | null, number | null])[];
type Written<Q> = Omit<Q, 'role' | 'supports' | 'refutes' | 'requires'>;
type WrittenQuantity =
  | (Written<Evidence> & { supports: Bounds; refutes: Bounds })
  | (Written<Control> & { requires: Bounds });
type WrittenClaim = Omit<Claim, 'quantities'> & { quantities?: Record<string, WrittenQuantity> };

let rows: ReadonlyMap<string, Claim> | undefined;

/**
 * Every claim, in the order of the two documents.
 *
 * @example ledger().length; // 105
 */
export function ledger(): readonly Claim[] {
  return printAs([...table().values()], ledgerBundle);
}

/**
 * The claim with this id.
 *
 * @throws if the ledger has no such id.
 * @example claims.claim('EMTD-1.7').section; // '1.1, Definition 1.2'
 */
export function claim(id: string): Claim {
  const row = table().get(id);
  if (!row) throw new Error(`claim: the ledger has no claim ${JSON.stringify(id)}`);
  return row;
}

function table(): ReadonlyMap<string, Claim> {
  rows ??= new Map(readLedger().map((row) => [row.id, row]));
  return rows;
}

function readLedger(): Claim[] {
  return parseLedger(readOwnFile('ledger', 'dist/src/claims/ledger.json'));
}

/** The claims of the text of a ledger. @throws TypeError, SyntaxError for a text that holds something else */
export function parseLedger(text: string): Claim[] {
  const rows = parsed('ledger', text);
  if (!Array.isArray(rows)) throw new TypeError(`ledger must be a list of claims, got ${got(rows)}`);
  rows.forEach(requireRow);
  return (rows as WrittenClaim[]).map((row) => {
    const quantities = Object.entries(row.quantities ?? {}).map(([name, quantity]) => [
      name,
      readQuantity(quantity),
    ]);
    return showClaim({ ...row, quantities: Object.fromEntries(quantities) });
  });
}

const rowTexts = ['id', 'document', 'section', 'claim', 'experiment', 'expectation', 'notebook', 'kind'];

function requireRow(row: unknown, at: number): void {
  const where = `ledger: row ${at}`;
  const fields = asFields(where, row);
  const need = (holds: boolean, name: string, rule: string): void => {
    if (!holds) throw new TypeError(`${where}: ${name} must be ${rule}, got ${got(fields[name])}`);
  };
  for (const name of rowTexts) need(typeof fields[name] === 'string', name, 'a text');
  for (const name of ['absent', 'argument', 'source', 'withdrawn', 'underRevision']) {
    need(['string', 'undefined'].includes(typeof fields[name]), name, 'a text');
  }
  need(fields['quote'] === null || typeof fields['quote'] === 'string', 'quote', 'a text or null');
  const { problem, resolution } = asFields(`${where}: reading`, fields['reading']);
  need(
    typeof problem === 'string' && typeof resolution === 'string',
    'reading',
    'a problem and a resolution',
  );
  for (const [name, quantity] of Object.entries(
    asFields(`${where}: quantities`, fields['quantities'] ?? {}),
  )) {
    const parts = asFields(`${where}: ${name}`, quantity);
    const regions = Object.hasOwn(parts, 'requires') ? ['requires'] : ['supports', 'refutes'];
    for (const each of regions)
      need(
        isBounds(parts[each]),
        'quantities',
        `regions of [low, high], null for an infinite end (${name}, ${each})`,
      );
    for (const each of ['meaning', 'method', 'unit'])
      need(typeof parts[each] === 'string', 'quantities', `texts (${name}, ${each})`);
  }
}

const isEnd = (end: unknown): boolean => end === null || typeof end === 'number';
const isBounds = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((bound) => Array.isArray(bound) && bound.length === 2 && bound.every(isEnd));

function readQuantity(written: WrittenQuantity): Quantity {
  return 'requires' in written
    ? { ...written, role: 'control', requires: region(written.requires) }
    : { ...written, role: 'evidence', supports: region(written.supports), refutes: region(written.refutes) };
}

const region = (bounds: Bounds): Region =>
  bounds.map(([low, high]): ClosedInterval => [low ?? -Infinity, high ?? Infinity]);

function claimBundle(claim: Claim): MimeBundle {
  const { id, document, section, kind, notebook, quote, absent, reading, experiment, argument, quantities } =
    claim;
  const mark = markOf(claim);
  const table: TextTable = {
    head: ['quantity', 'meaning', 'regions'],
    rows: Object.entries(quantities).map(([name, quantity]) => [
      name,
      quantity.meaning,
      describeRegions(quantity),
    ]),
  };
  const quotation = quote === null ? (absent ?? '') : `“${quote}”`;
  const parts = [
    ['problem', reading.problem],
    ['resolution', reading.resolution],
    ['experiment', experiment],
    ['argument', argument ?? ''],
    [mark ?? '', reasonOf(claim)],
  ].filter(([, text]) => text !== '');
  const heading = `${id}: ${kind} (${document}, ${section}; notebook ${notebook})`;
  const paragraphs = parts.map(([name, text]) => `<p><i>${name}</i> ${escapeHtml(text)}</p>`).join('');
  const regions = table.rows.length > 0;
  return {
    'text/html':
      `<div><p><b>${escapeHtml(heading)}</b></p><blockquote>${escapeHtml(quotation)}</blockquote>` +
      `<p>${escapeHtml(claim.claim)}</p>${paragraphs}${regions ? htmlTable(table) : ''}</div>`,
    'text/plain': [
      heading,
      `  ${quotation}`,
      `  ${claim.claim}`,
      ...parts.map(([name, text]) => `  ${name}: ${text}`),
      ...(regions ? [plainTable(table)] : []),
    ].join('\n'),
  };
}

/** The claim, displayed with its reading and regions, and printed as one line. */
function showClaim(claim: Claim): Claim {
  const mark = markOf(claim);
  const line = `${claim.id} (${claim.kind}, ${claim.notebook}${mark ? `, ${mark}` : ''}): ${claim.claim}`;
  return Object.defineProperty(showAs(claim, claimBundle), inspectText, {
    configurable: true,
    value: () => line,
  });
}

const ledgerBundle = (claims: readonly Claim[]): MimeBundle =>
  scrolledBundle({
    caption: countText(claims.length, 'claim'),
    head: ['claim', 'kind', 'notebook', 'what it says'],
    rows: claims.map(({ id, kind, notebook, claim }) => [id, kind, notebook, claim]),
  });
