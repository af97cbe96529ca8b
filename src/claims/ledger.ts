// The claims ledger: 105 rows of project data (ledger.json), each a sentence of EMTD or AE with its reading.
// In the file an infinite end of an interval is null: [null, 0.9] is everything up to 0.9.
import { readFileSync } from 'node:fs';
import type { Claim, Control, Evidence, Interval, Quantity, Region } from './claim.js';
import { shownClaim, shownClaims } from './display.js';

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
  return shownClaims([...table().values()]);
}

/**
 * The claim with this id.
 *
 * @throws if the ledger has no such id.
 * @example claim('EMTD-1.7').section; // '1.1, Definition 1.2'
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
  const text = readFileSync(new URL('./ledger.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as WrittenClaim[]).map((row) => shownClaim({
    ...row,
    quantities: Object.fromEntries(
      Object.entries(row.quantities ?? {}).map(([name, quantity]) => [name, readQuantity(quantity)]),
    ),
  }));
}

function readQuantity(written: WrittenQuantity): Quantity {
  return 'requires' in written
    ? { ...written, role: 'control', requires: region(written.requires) }
    : { ...written, role: 'evidence', supports: region(written.supports), refutes: region(written.refutes) };
}

function region(bounds: Bounds): Region {
  return bounds.map(([low, high]): Interval => [low ?? -Infinity, high ?? Infinity]);
}
