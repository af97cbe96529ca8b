// `emtd claims`: the ledger with its committed verdicts, their counts, by document too, and the open ids.
import { claim, falseAlarmBound, ledger, ledgerLines, ledgerTable, readVerdicts, verdictCounts } from '../claims/index.js';
import type { Call } from './table.js';
import type { tables } from './tables.js';

export function printLedger({ values: { json } }: Call<typeof tables.claims>): number {
  const verdicts = readVerdicts();
  const lines = ledgerLines(verdicts);
  const counts = verdictCounts(verdicts);
  const open = lines.filter(({ verdict }) => verdict === 'open').map(({ id }) => id);
  const bound = falseAlarmBound(verdicts);
  if (json) {
    const claims = lines.map(({ id, verdict }) => ({ ...claim(id), verdict, measured: verdicts[id] ?? null }));
    console.log(JSON.stringify({ claims, counts, open, falseAlarmBound: bound }, infinities, 2));
    return 0;
  }
  console.log(ledgerTable(verdicts));
  console.log(`\n${countsLine(counts)}`);
  for (const document of ['EMTD', 'AE']) console.log(`${document}: ${countsLine(verdictCounts(verdicts, ledger().filter((row) => row.document === document)))}`);
  console.log(`open: ${open.join(' ') || 'none'}`);
  console.log(`findings that fresh seeds would change, at most: ${bound.toExponential(1)} expected`);
  return 0;
}

const countsLine = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`).join(', ');

/** JSON has no infinity: an open end of a region is null, as in the ledger's own file. */
const infinities = (_key: string, value: unknown): unknown => (typeof value === 'number' && !Number.isFinite(value) ? null : value);
