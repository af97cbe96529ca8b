// The rows of the earlier form (earlier.json): the numbers of pages that have not been made anew. A row's words
// and place are those of its sentence. In the file an infinite end of an interval is null.
import { countText, type MimeBundle, printAs } from '../display/index.js';
import { readOwnFile } from '../files/node.js';
import { got } from '../numerics/check.js';
import type { Claim } from './claim.js';
import type { ClosedInterval, Quantities, Quantity, Region } from './quantity.js';
import { asFields, parsed } from './recordRules.js';
import { scrolledBundle } from './scrolledTables.js';
import { sentence } from './sentence.js';

type Bounds = readonly (readonly [number | null, number | null])[];
type Written<Q> = Omit<Q, 'yes' | 'no' | 'requires'> &
  ({ readonly yes: Bounds; readonly no: Bounds } | { readonly requires: Bounds });
type WrittenClaim = Omit<Claim, 'quantities'> & {
  readonly quantities?: Readonly<Record<string, Written<Quantity>>>;
};

let rows: readonly Claim[] | undefined;

/**
 * The rows of the earlier form, in the order of the two documents. They count on no scoreboard.
 *
 * @example claims.earlierRows().find(({ id }) => id === 'EMTD-1.7')?.notebook; // '02-hamiltonian'
 */
export function earlierRows(): readonly Claim[] {
  rows ??= parseEarlier(readOwnFile('earlierRows', 'dist/src/claims/earlier.json'));
  return printAs([...rows], rowsBundle);
}

/** The rows of the text of their file. @throws TypeError, SyntaxError for a text that holds something else */
export function parseEarlier(text: string): Claim[] {
  const found = parsed('earlier', text);
  if (!Array.isArray(found)) throw new TypeError(`earlier must be a list of rows, got ${got(found)}`);
  found.forEach(requireRow);
  return (found as WrittenClaim[]).map((row) => {
    const { document, section, quote, absent } = sentence(row.id);
    const quantities = Object.entries(row.quantities ?? {}).map(([name, one]) => [name, read(one)]);
    const place = { document, section, quote, ...(absent === undefined ? {} : { absent }) };
    return { ...row, ...place, quantities: Object.fromEntries(quantities) as Quantities };
  });
}

const rowTexts = ['id', 'claim', 'experiment', 'expectation', 'notebook', 'kind'];

function requireRow(row: unknown, at: number): void {
  const where = `earlier: row ${at}`;
  const fields = asFields(where, row);
  const need = (holds: boolean, name: string, rule: string): void => {
    if (!holds) throw new TypeError(`${where}: ${name} must be ${rule}, got ${got(fields[name])}`);
  };
  for (const name of rowTexts) need(typeof fields[name] === 'string', name, 'a text');
  for (const name of ['argument', 'source']) {
    need(['string', 'undefined'].includes(typeof fields[name]), name, 'a text');
  }
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
    const regions = Object.hasOwn(parts, 'requires') ? ['requires'] : ['yes', 'no'];
    for (const each of regions)
      need(
        isBounds(parts[each]),
        'quantities',
        `regions of [low, high], null for an infinite end (${name}, ${each})`,
      );
    for (const each of ['meaning', 'unit'])
      need(typeof parts[each] === 'string', 'quantities', `texts (${name}, ${each})`);
  }
}

const isEnd = (end: unknown): boolean => end === null || typeof end === 'number';
const isBounds = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((bound) => Array.isArray(bound) && bound.length === 2 && bound.every(isEnd));

function read(written: Written<Quantity>): Quantity {
  const { meaning, unit, expected } = written;
  return 'requires' in written
    ? { meaning, unit, expected, requires: region(written.requires) }
    : { meaning, unit, expected, yes: region(written.yes), no: region(written.no) };
}

const region = (bounds: Bounds): Region =>
  bounds.map(([low, high]): ClosedInterval => [low ?? -Infinity, high ?? Infinity]);

const rowsBundle = (claims: readonly Claim[]): MimeBundle =>
  scrolledBundle({
    caption: countText(claims.length, 'row') + ' of the earlier form',
    head: ['row', 'kind', 'notebook', 'what it says'],
    rows: claims.map(({ id, kind, notebook, claim }) => [id, kind, notebook, claim]),
  });
