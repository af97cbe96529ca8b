// check(id, measured): a notebook gives numbers to a finding and the verdict follows from its regions. The
// notebook displays the result and stores it in its outputs. Rows of the earlier form are checked the same way.
import type { Estimate } from '../statistics/index.js';
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
import { decidable, decidables } from './decidables.js';
import { answerOf } from './findings.js';
import { describeRegions, formatInterval, formatMeasurement } from './format.js';
import { publishedFor } from './publication.js';
import type { Measurements } from './quantity.js';
import { measuredText, scrolledBundle } from './scrolledTables.js';
import { quotation, sentence } from './sentence.js';
import { type Decidable, isFinding, type Judgement, judge, type Says, type Verdict } from './verdict.js';

export const checkMime = 'application/vnd.emtd.check+json';

/** The record of a check in the notebook: numbers, and their verdict under the regions of that day. */
export interface CheckRecord {
  readonly id: string;
  readonly verdict: Verdict;
  readonly quantities: Readonly<Record<string, Estimate & { readonly says: Says }>>;
  readonly missing: readonly string[];
  readonly unmet: readonly string[];
}

/**
 * The verdict on a finding by the numbers that a notebook measured.
 *
 * @example
 * const made = check('EMTD-1.7', { equipartition: claims.exactly(1) });
 * made.verdict; // 'open'
 * made.missing; // ['pairVariance', 'freeEnergy']
 */
export class Check implements Judgement {
  readonly verdict: Verdict;
  readonly says: Readonly<Record<string, Says>>;
  readonly missing: readonly string[];
  readonly unmet: readonly string[];

  constructor(
    /** The finding, or the row of the earlier form. */
    readonly of: Decidable,
    readonly measured: Measurements,
  ) {
    ({
      verdict: this.verdict,
      says: this.says,
      missing: this.missing,
      unmet: this.unmet,
    } = judge(of, measured));
  }

  get id(): string {
    return this.of.id;
  }

  toJSON(): CheckRecord {
    const quantities = Object.entries(this.measured).map(([name, { estimate, interval }]) => [
      name,
      { estimate, interval, says: this.says[name]! },
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
    const lines = this.#lines().map(
      ([name, number, published, regions, says]) =>
        `  ${name} ${number}${published && `  (publication run ${published})`}  ${regions}  ${says}`,
    );
    return [this.#title(), ...this.#words().map((text) => `  ${text}`), ...lines].join('\n');
  }

  [jupyterDisplay](): MimeBundle {
    return { [checkMime]: this.toJSON(), 'text/html': this.#html(), 'text/plain': this.toString() };
  }

  [inspectText](): string {
    return this.toString();
  }

  #title(): string {
    if (!isFinding(this.of)) return `${this.id}: ${this.verdict} (earlier form)`;
    const { withdrawn, derived } = this.of;
    const verdict = derived ? `derived: ${derived.answer}` : this.verdict;
    return `${this.id}: ${withdrawn === undefined ? verdict : 'withdrawn'}`;
  }

  /** The question and the answer; of a row of the earlier form the sentence and what was asked. */
  #words(math = ''): readonly string[] {
    const { of } = this;
    if (!isFinding(of))
      return [quotation(sentence(of.id), math), of.claim, of.argument ?? ''].filter(Boolean);
    return [of.question, of.withdrawn ?? answerOf(of), of.changed ?? ''].filter(Boolean);
  }

  #html(): string {
    const lines = this.#lines();
    const published = lines.some(([, , number]) => number !== '');
    const table = [['quantity', 'here', 'publication run', 'regions', 'says'], ...lines]
      .map((line) => (published ? line : line.toSpliced(2, 1)))
      .map((line, k) => htmlRow(k === 0 ? 'th' : 'td', line));
    const words = this.#words('$').map((text) => `<p>${escapeHtml(text)}</p>`);
    return (
      `<div><p><b>${escapeHtml(this.#title())}</b></p>${words.join('')}` +
      `${lines.length > 0 ? `<table>${table.join('')}</table>` : ''}</div>`
    );
  }

  /** One line per declared quantity: name, number, that of the publication run, regions, what it says. */
  #lines(): (readonly [string, string, string, string, string])[] {
    const published = publishedFor(this.of);
    const format = isFinding(this.of) ? formatInterval : formatMeasurement;
    return Object.entries(this.of.quantities).map(([name, quantity]) => {
      const [measured, beside] = [this.measured[name], published[name]];
      return [
        name,
        measured ? format(measured) : 'not given',
        beside ? format(beside) : '',
        describeRegions(quantity),
        this.says[name] ?? '',
      ];
    });
  }
}

/**
 * Gives measured numbers to a finding; the verdict follows from its regions.
 *
 * @param id such as 'F07', or of a row of the earlier form, as 'EMTD-1.7'
 * @param measured its quantities by name: estimate and interval
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
  const of = decidable('check', id);
  for (const [name, measurement] of Object.entries(measured)) validate(of, name, measurement);
  return new Check(of, measured);
}

const session = new Map<string, Check>();

/**
 * The checks of this process, the last of each id.
 *
 * @example
 * check('EMTD-0.1');
 * claims.sessionChecks().map(({ id }) => id).includes('EMTD-0.1'); // true
 */
export function sessionChecks(): readonly Check[] {
  return showChecks(decidables().flatMap(({ id }) => session.get(id) ?? []));
}

/** The checks, which show as a table. */
export const showChecks = <Checks extends readonly Check[]>(checks: Checks): Checks =>
  printAs(checks, checksBundle);

const checksBundle = (checks: readonly Check[]): MimeBundle =>
  scrolledBundle({
    caption: countText(checks.length, 'check'),
    head: ['id', 'verdict', 'measured'],
    rows: checks.map(({ id, verdict, measured }) => [id, verdict, measuredText(measured)]),
  });

function validate(of: Decidable, name: string, measured: Estimate): void {
  const declared = Object.keys(of.quantities);
  if (!declared.includes(name)) {
    const declaration = declared.length ? `it declares ${declared.join(', ')}` : 'it declares none';
    throw new Error(`check: ${of.id} has no quantity ${JSON.stringify(name)}; ${declaration}`);
  }
  const where = `check: ${of.id} ${name}:`;
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
