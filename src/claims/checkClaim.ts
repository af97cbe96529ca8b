// check(id, measured): a notebook gives numbers to the ledger and the verdict follows from the row's regions.
// The notebook displays the result and stores it in its outputs.
import type { Estimate } from '../statistics/index.js';
import type { Claim, Measurements, Verdict } from './claim.js';
import {
  countText,
  escapeHtml,
  htmlRow,
  inspectText,
  jupyterDisplay,
  type MimeBundle,
  printAs,
} from '../display/index.js';
import { got } from '../numerics/check.js';
import { measuredText, scrolledBundle } from './scrolledTables.js';
import { claim as claimOf, ledger } from './ledger.js';
import { markedVerdict, markOf, reasonOf } from './mark.js';
import { publishedFor } from './publication.js';
import { describeRegions, formatMeasurement } from './format.js';
import { type Finding, type Judgement, judge } from './verdict.js';

export const checkMime = 'application/vnd.emtd.check+json';

/** The record of a check in the notebook: numbers, and their verdict under the ledger of that day. */
export interface CheckRecord {
  readonly id: string;
  readonly verdict: Verdict;
  readonly quantities: Readonly<Record<string, Estimate & { readonly finding: Finding }>>;
  readonly missing: readonly string[];
  readonly unmet: readonly string[];
}

/**
 * The verdict of one claim by the numbers that a notebook measured.
 *
 * @example
 * const made = check('EMTD-1.7', { equipartition: claims.exactly(1) });
 * made.verdict; // 'open'
 * made.missing; // ['pairVariance', 'freeEnergy']
 */
export class Check implements Judgement {
  readonly verdict: Verdict;
  readonly findings: Readonly<Record<string, Finding>>;
  readonly missing: readonly string[];
  readonly unmet: readonly string[];

  constructor(
    readonly claim: Claim,
    readonly measured: Measurements,
  ) {
    ({
      verdict: this.verdict,
      findings: this.findings,
      missing: this.missing,
      unmet: this.unmet,
    } = judge(claim, measured));
  }

  get id(): string {
    return this.claim.id;
  }

  /** The verdict, with the mark of a row that is withdrawn or under revision. */
  private get marked(): string {
    return markedVerdict(this.verdict, markOf(this.claim));
  }

  toJSON(): CheckRecord {
    const quantities = Object.entries(this.measured).map(([name, { estimate, interval }]) => [
      name,
      { estimate, interval, finding: this.findings[name]! },
    ]);
    return {
      id: this.id,
      verdict: this.verdict,
      quantities: Object.fromEntries(quantities),
      missing: this.missing,
      unmet: this.unmet,
    };
  }

  toString(): string {
    const lines = this.lines().map(
      ([name, number, published, regions, finding]) =>
        `  ${name} ${number}${published && `  (publication run ${published})`}  ${regions}  ${finding}`,
    );
    const reason = reasonOf(this.claim);
    const texts = [reason, quotation(this.claim), this.claim.claim]
      .filter(Boolean)
      .map((text) => `  ${text}`);
    return [`${this.id}: ${this.marked}`, ...texts, ...lines].join('\n');
  }

  [jupyterDisplay](): MimeBundle {
    return { [checkMime]: this.toJSON(), 'text/html': this.html(), 'text/plain': this.toString() };
  }

  [inspectText](): string {
    return this.toString();
  }

  private html(): string {
    const { claim } = this;
    const published = this.lines().some(([, , number]) => number !== '');
    const lines = [['quantity', 'measured', 'publication run', 'regions', 'finding'], ...this.lines()].map(
      (line) => (published ? line : line.toSpliced(2, 1)),
    );
    const reason = reasonOf(claim) && `<br>${escapeHtml(reasonOf(claim))}`;
    const argument = claim.argument ? `<p>${escapeHtml(claim.argument)}</p>` : '';
    const rows = lines.map((line, k) => htmlRow(k === 0 ? 'th' : 'td', line));
    const table = rows.length > 1 ? `<table>${rows.join('')}</table>` : '';
    return (
      `<div><p><b>${claim.id}: ${this.marked}</b> (${claim.document}, ${escapeHtml(claim.section)})${reason}</p>` +
      `<blockquote>${escapeHtml(quotation(claim, '$'))}</blockquote>` +
      `<p>${escapeHtml(claim.claim)}</p>${argument}${table}</div>`
    );
  }

  /** One line per declared quantity: name, number, that of the publication run, regions, finding. */
  private lines(): (readonly [string, string, string, string, string])[] {
    const published = publishedFor(this.claim);
    return Object.entries(this.claim.quantities).map(([name, quantity]) => {
      const [measured, beside] = [this.measured[name], published[name]];
      const number = measured ? formatMeasurement(measured) : 'not given';
      return [
        name,
        number,
        beside ? formatMeasurement(beside) : '',
        describeRegions(quantity),
        this.findings[name] ?? '',
      ];
    });
  }
}

/**
 * Checks measured numbers against the ledger; the verdict follows from the row's regions.
 *
 * @param id the claim's id, such as 'EMTD-1.7'
 * @param measured the row's quantities by name: estimate and interval (plus and minus three standard errors)
 * @throws on an unknown id or quantity, a number that is not finite, a reversed interval, or an estimate
 * outside it
 * @example
 * check('EMTD-1.7', {
 *   equipartition: { estimate: 1.001, interval: [0.997, 1.005] },
 *   pairVariance: { estimate: 0.999, interval: [0.99, 1.008] },
 *   freeEnergy: { estimate: 0.002, interval: [0, 0.004] },
 * }).verdict; // 'supported'
 */
export function check(id: string, measured: Measurements = {}): Check {
  const result = checkOf(id, measured);
  session.set(id, result);
  return result;
}

/**
 * The same for numbers that are read back; it does not count as a check of this session.
 * @throws as `check`
 */
export function checkOf(id: string, measured: Measurements): Check {
  const row = claimOf(id);
  for (const [name, measurement] of Object.entries(measured)) validate(row, name, measurement);
  return new Check(row, measured);
}

const session = new Map<string, Check>();

/**
 * The checks of this process, the last of each claim, in the ledger's order: the ledger of a session.
 *
 * @example
 * check('EMTD-0.1');
 * claims.sessionChecks().map(({ id }) => id).includes('EMTD-0.1'); // true
 */
export function sessionChecks(): readonly Check[] {
  return showChecks(ledger().flatMap(({ id }) => session.get(id) ?? []));
}

/** The checks, which show as a table. */
export const showChecks = <Checks extends readonly Check[]>(checks: Checks): Checks =>
  printAs(checks, checksBundle);

const checksBundle = (checks: readonly Check[]): MimeBundle =>
  scrolledBundle({
    caption: countText(checks.length, 'check'),
    head: ['claim', 'verdict', 'measured'],
    rows: checks.map(({ id, claim, verdict, measured }) => [
      id,
      markedVerdict(verdict, markOf(claim)),
      measuredText(measured),
    ]),
  });

function validate(row: Claim, name: string, measured: Estimate): void {
  const declared = Object.keys(row.quantities);
  if (!declared.includes(name)) {
    const declaration = declared.length ? `it declares ${declared.join(', ')}` : 'it declares none';
    throw new Error(`check: ${row.id} has no quantity ${JSON.stringify(name)}; ${declaration}`);
  }
  const where = `check: ${row.id} ${name}:`;
  if (!Array.isArray(measured?.interval) || measured.interval.length !== 2) {
    throw new TypeError(`${where} must be { estimate, interval: [low, high] }, got ${got(measured)}`);
  }
  const {
    estimate,
    interval: [low, high],
  } = measured;
  if (![estimate, low, high].every(Number.isFinite)) {
    throw new Error(`${where} estimate and interval must be finite, got ${estimate} in [${low}, ${high}]`);
  }
  if (low > high) throw new Error(`${where} interval must be ordered, got [${low}, ${high}]`);
  if (estimate < low || estimate > high) {
    throw new Error(`${where} interval must contain the estimate, got ${estimate} outside [${low}, ${high}]`);
  }
}

/** The quotation; `math` goes around one that is a bare formula. */
function quotation({ quote, absent }: Claim, math = ''): string {
  if (quote === null) return absent ?? '';
  return quote.includes('\\') && !quote.includes('$') ? `“${math}${quote}${math}”` : `“${quote}”`;
}
