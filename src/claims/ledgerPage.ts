// The whole ledger as a page: each row with the paper's sentence, its verdict, the number that decided, the
// prediction of theory, and a link to the section of the notebook that measures it, with the figures there.
import { escapeHtml, htmlRow, printAs } from '../display/index.js';
import type { Claim, Verdict } from './claim.js';
import { countsCard } from './scrolledTables.js';
import { formatMeasurement } from './format.js';
import { claim } from './ledger.js';
import { markedVerdict, reasonOf } from './mark.js';
import type { Mention } from './claimMentions.js';
import { ledgerLines, verdictCounts } from './ledgerTable.js';
import { judge } from './verdict.js';
import type { Verdicts } from './verdicts.js';

const colours: Readonly<Record<Verdict, string>> = {
  supported: '#1b7f4d',
  refuted: '#b3401a',
  open: '#8a6d00',
  definition: '#555',
  theorem: '#555',
  'not testable': '#888',
};

/** Links begin with this: the notebooks lie beside the page. */
export interface LedgerPage {
  readonly verdicts: Verdicts;
  readonly places: Readonly<Record<string, Mention>>;
}

/**
 * The whole ledger as a page of a notebook.
 *
 * @example
 * const page = claims.ledgerPage({ verdicts: claims.readVerdicts(), places: {} }); // in a notebook: a table with a row per claim
 * Object.keys(page.verdicts).includes('EMTD-1.7'); // true
 */
export function ledgerPage(page: LedgerPage): LedgerPage {
  return printAs(page, (page) => ({
    'text/html': html(page),
    'text/plain': countsCard(verdictCounts(page.verdicts))['text/plain'],
  }));
}

function html({ verdicts, places }: LedgerPage): string {
  const head = htmlRow('th', ['row, section', 'sentence', 'verdict', 'number', 'expected']);
  const rows = ledgerLines(verdicts).map(({ id, verdict, mark, number, expectation }) => {
    const row = claim(id);
    const place = places[id];
    const link = place
      ? `<a href="${escapeHtml(`${place.notebook}.ipynb#${place.anchor}`)}" title="${escapeHtml(place.heading)}">${escapeHtml(id)}</a>`
      : escapeHtml(id);
    const figures = place?.figures.length
      ? `<br><small>figure ${place.figures.map(escapeHtml).join(', ')}</small>`
      : '';
    const why = mark ? `<br><small>${escapeHtml(reasonOf(row))}</small>` : '';
    const cells = [
      `${link}<br><small>${escapeHtml(row.section)}</small>`,
      `${row.quote === null ? `<i>${escapeHtml(row.claim)}</i>` : `“${escapeHtml(row.quote)}”`}${figures}`,
      `<span style="font-weight:bold;color:${colours[verdict]}">${markedVerdict(verdict, mark)}</span>${why}`,
      escapeHtml(number || '–'),
      escapeHtml(expectation),
    ];
    return `<tr>${cells.map((cell) => `<td style="text-align:left;vertical-align:top">${cell}</td>`).join('')}</tr>`;
  });
  return `<table><thead>${head}</thead><tbody>${rows.join('')}</tbody></table>`;
}

/**
 * Why a row has no verdict yet, from its numbers: which interval extends beyond the regions. Undefined for
 * rows with a verdict.
 *
 * @example claims.openReason(claims.claim('EMTD-1.7'), claims.readVerdicts()); // undefined, since it is decided
 */
export function openReason({ id }: Pick<Claim, 'id'>, verdicts: Verdicts): string | undefined {
  const measured = verdicts[id]?.quantities ?? {};
  const { verdict, findings, missing, unmet } = judge(claim(id), measured);
  if (verdict !== 'open') return undefined;
  if (missing.length > 0) return `not measured: ${missing.join(', ')}`;
  if (unmet.length > 0) return `a control does not hold: ${unmet.join(', ')}`;
  return Object.entries(findings)
    .filter(([, finding]) => finding === 'open')
    .map(
      ([name]) =>
        `${name} ${formatMeasurement(measured[name]!)} lies between the regions that would support or refute`,
    )
    .join('; ');
}
