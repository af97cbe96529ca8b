// `emtd claims [--json]`: the ledger with its committed verdicts, their counts, and the open ids.
import { claim, falseAlarmBound, ledgerLines, ledgerTable, readVerdicts, verdictCounts } from '../claims/index.js';

/** Prints the ledger; returns the exit status. */
export async function claimsCommand(args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => arg !== '--json');
  if (unknown !== undefined) {
    console.error(`emtd claims: unknown argument ${unknown}; usage: emtd claims [--json]`);
    return 2;
  }
  const verdicts = readVerdicts();
  const lines = ledgerLines(verdicts);
  const counts = verdictCounts(verdicts);
  const open = lines.filter(({ verdict }) => verdict === 'open').map(({ id }) => id);
  if (args.includes('--json')) {
    const claims = lines.map(({ id, verdict }) => ({ ...claim(id), verdict, measured: verdicts[id] ?? null }));
    console.log(JSON.stringify({ claims, counts, open, falseAlarmBound: falseAlarmBound(verdicts) }, infinities, 2));
    return 0;
  }
  console.log(ledgerTable(verdicts));
  console.log(`\n${Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`).join(', ')}`);
  console.log(`open: ${open.join(' ') || 'none'}`);
  console.log(`findings that fresh seeds would change, at most: ${falseAlarmBound(verdicts).toExponential(1)} expected`);
  return 0;
}

/** JSON has no infinity: an open end of a region is null, as in the ledger's own file. */
function infinities(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
