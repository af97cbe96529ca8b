// The ledger as a table of text: claim, verdict, number, expectation, notebook. A row that has not been run
// shows no number, so that nobody takes an expectation for a result.
import { formatNumber, type MimeBundle, plainTable, showAs, type TextTable } from '../display/index.js';
import type { Claim, Measurements, Verdict } from './claim.js';
import { countsCard, scrolledBundle } from './scrolledTables.js';
import { formatMeasurement } from './format.js';
import { ledger } from './ledger.js';
import { type Mark, markedVerdict, markOf } from './mark.js';
import type { Verdicts } from './verdicts.js';
import { type Finding, judge } from './verdict.js';

const expectationWidth = 48;
const weightiest: readonly Finding[] = ['unmet', 'refutes', 'open', 'supports', 'met'];

/** One line of the ledger's table. */
export interface LedgerLine {
  readonly id: string;
  readonly verdict: Verdict;
  /** Whether the verdict is withdrawn or under revision. */
  readonly mark: Mark | undefined;
  /** The deciding quantity and its measurement, empty if nothing was measured. */
  readonly number: string;
  /** What theory predicts: for the deciding quantity where there is one, otherwise the row's sentence. */
  readonly expectation: string;
  readonly notebook: string;
}

/**
 * One line per claim: its verdict, or open if a measured row has not been run.
 *
 * @example
 * const line = claims.ledgerLines(claims.readVerdicts()).find(({ id }) => id === 'EMTD-1.7');
 * line?.verdict; // 'supported'
 */
export function ledgerLines(verdicts: Verdicts, claims: readonly Claim[] = ledger()): LedgerLine[] {
  const lines = claims.map((claim): LedgerLine => {
    const measured = verdicts[claim.id]?.quantities ?? {};
    const name = decidingQuantity(claim, measured);
    const expected = name === undefined ? null : claim.quantities[name]!.expected;
    return {
      id: claim.id,
      verdict: judge(claim, measured).verdict,
      mark: markOf(claim),
      number: name === undefined ? '' : `${name} ${formatMeasurement(measured[name]!)}`,
      expectation: expected === null ? claim.expectation : formatNumber(expected),
      notebook: claim.notebook,
    };
  });
  return showAs(lines, linesBundle);
}

/**
 * The ledger as aligned text.
 *
 * @example
 * const [, , row] = claims.ledgerTable(claims.readVerdicts()).split('\n');
 * row.split(/\s{2,}/).slice(0, 2); // ['EMTD-0.1', 'not testable']
 */
export function ledgerTable(verdicts: Verdicts, claims: readonly Claim[] = ledger()): string {
  return plainTable(
    tableOf(ledgerLines(verdicts, claims), (text) =>
      text.length <= expectationWidth ? text : `${text.slice(0, expectationWidth - 1).trimEnd()}…`,
    ),
  );
}

/**
 * Number of claims with each verdict. A row that is withdrawn or under revision counts as that and not by its
 * verdict.
 *
 * @example claims.verdictCounts(claims.readVerdicts()).definition; // 24
 */
export function verdictCounts(
  verdicts: Verdicts,
  claims: readonly Claim[] = ledger(),
): Record<Verdict | Mark, number> {
  const counts: Record<Verdict | Mark, number> = {
    definition: 0,
    theorem: 0,
    supported: 0,
    refuted: 0,
    open: 0,
    'not testable': 0,
    withdrawn: 0,
    'under revision': 0,
  };
  for (const { verdict, mark } of ledgerLines(verdicts, claims)) counts[mark ?? verdict] += 1;
  return showAs(counts, countsCard);
}

/** The quantity that decides the verdict: the first with the strongest finding. */
function decidingQuantity(claim: Claim, measured: Measurements): string | undefined {
  const { findings } = judge(claim, measured);
  const weight = (name: string) => weightiest.indexOf(findings[name]!);
  return Object.keys(findings).toSorted((a, b) => weight(a) - weight(b))[0];
}

const tableOf = (lines: readonly LedgerLine[], short: (expectation: string) => string): TextTable => ({
  head: ['claim', 'verdict', 'number', 'expectation', 'notebook'],
  rows: lines.map(({ id, verdict, mark, number, expectation, notebook }) => [
    id,
    markedVerdict(verdict, mark),
    number || '–',
    short(expectation),
    notebook,
  ]),
});

const linesBundle = (lines: readonly LedgerLine[]): MimeBundle =>
  scrolledBundle(tableOf(lines, (text) => text));
