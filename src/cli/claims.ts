// `emtd claims`: the ledger with its committed verdicts, their counts, by document too, and the open ids.
// `emtd claims ID`: one row whole.
import {
  Check,
  type Claim,
  claim,
  falseAlarmBound,
  ledger,
  ledgerLines,
  ledgerTable,
  readVerdicts,
  verdictCounts,
  type Verdicts,
} from '../claims/index.js';
import { got } from '../numerics/check.js';
import { CommandError } from './command.js';
import { didYouMean } from './parseCall.js';
import type { Call } from './table.js';
import type { tables } from './tables.js';

export function printLedger({ values: { json }, operands: [id] }: Call<typeof tables.claims>): number {
  const verdicts = readVerdicts();
  if (id !== undefined) return say(json ? recordOf(rowOf(id), verdicts) : wholeRow(rowOf(id), verdicts));
  const counts = verdictCounts(verdicts);
  const open = ledgerLines(verdicts)
    .filter(({ verdict }) => verdict === 'open')
    .map(({ id }) => id);
  const bound = falseAlarmBound(verdicts);
  if (json) {
    const claims = ledger().map((row) => recordOf(row, verdicts));
    return say({ claims, counts, open, falseAlarmBound: bound });
  }
  console.log(ledgerTable(verdicts));
  console.log(`\n${countsLine(counts)}`);
  for (const document of ['EMTD', 'AE']) {
    const rows = ledger().filter((row) => row.document === document);
    console.log(`${document}: ${countsLine(verdictCounts(verdicts, rows))}`);
  }
  console.log(`open: ${open.join(' ') || 'none'}`);
  console.log(`findings that fresh seeds would change, at most: ${bound.toExponential(1)} expected`);
  return 0;
}

/** @throws CommandError if the ledger has no row with this id */
function rowOf(id: string): Claim {
  const ids = ledger().map((row) => row.id);
  if (!ids.includes(id)) throw new CommandError(`unknown claim ${got(id)}${didYouMean(id, ids)}`);
  return claim(id);
}

/** The row as its notebook shows it, then how it was read and what was done. */
function wholeRow(row: Claim, verdicts: Verdicts): string {
  const { document, section, notebook, reading, experiment, argument, source, quantities } = row;
  const parts: readonly [string, string | undefined][] = [
    ...Object.entries(quantities).map(([name, { meaning }]) => [name, meaning] as [string, string]),
    ['problem', reading.problem],
    ['resolution', reading.resolution],
    ['experiment', experiment],
    ['argument', argument],
    ['source', source],
    ['place', `${document}, ${section}; notebook ${notebook}`],
  ];
  const check = new Check(row, verdicts[row.id]?.quantities ?? {});
  return [check, ...parts.filter(([, text]) => text).map(([name, text]) => `  ${name}: ${text}`)].join('\n');
}

const recordOf = (row: Claim, verdicts: Verdicts): object => {
  const measured = verdicts[row.id] ?? null;
  return { ...row, verdict: new Check(row, measured?.quantities ?? {}).verdict, measured };
};

const countsLine = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([verdict, count]) => `${count} ${verdict}`)
    .join(', ');

/** Prints a text, or an object as JSON. */
function say(what: string | object): number {
  console.log(typeof what === 'string' ? what : JSON.stringify(what, infinities, 2));
  return 0;
}

/** JSON has no infinity: an open end of a region is null, as in the ledger's own file. */
const infinities = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? null : value;
