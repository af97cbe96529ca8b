// The result of `certify`: numbers measured from the samples, findings in words, and its display.
import { countText, escapeHtml, htmlRow, type MimeBundle, printAs } from '../../display/index.js';
import { type Estimate, short, withInterval } from '../../statistics/index.js';
import type { TotalVariation } from './enumeratedLaw.js';

/** An observable over all chains: its mean with interval, and how the chains explore it. */
export interface ObservableReport extends Estimate {
  /** Integrated autocorrelation time, in records. */
  readonly tau: number;
  /** Effective sample size over all chains. */
  readonly ess: number;
  /** Rank-normalised split R-hat. */
  readonly rHat: number;
}

/** The numbers of a certificate. Intervals are at 95 %. */
export interface CertificateNumbers {
  readonly sampler: string;
  readonly declaredTemperature: number;
  /** How the temperature was measured. */
  readonly method: 'configurational temperature' | 'spin temperature';
  readonly temperature: Estimate;
  /** On observables that are blind to the field's gauge. */
  readonly observables: Readonly<Record<string, ObservableReport>>;
  /** The longest autocorrelation time, the smallest effective sample size, the largest R-hat. */
  readonly tau: number;
  readonly ess: number;
  readonly rHat: number;
  /** Mean accepted fraction, where moves can be rejected. */
  readonly acceptance: number | undefined;
  /** For small systems of +-1 spins. */
  readonly tv: TotalVariation | undefined;
  readonly chains: number;
  readonly records: number;
}

/** Whether samples are those of their energy and temperature, with the numbers behind it. */
export interface Certificate extends CertificateNumbers {
  /** What is wrong with the samples, in words. */
  readonly findings: readonly string[];
  readonly passed: boolean;
}

export const certificateOf = (numbers: CertificateNumbers, findings: readonly string[]): Certificate =>
  printAs<Certificate>({ ...numbers, findings, passed: findings.length === 0 }, certificateCard);

function certificateCard(certificate: Certificate): MimeBundle {
  const { sampler, chains, records, findings, passed } = certificate;
  const verdict = passed ? 'passed' : countText(findings.length, 'finding');
  const heading = `Certificate of ${sampler}, ${chains} chains of ${records} records: ${verdict}`;
  const rows = rowsOf(certificate);
  const lines = rows.map(([what, value, note]) => `  ${what.padEnd(30)}${value.padEnd(28)}${note}`);
  const table = [
    htmlRow('th', ['quantity', 'value [95 %]', 'remarks']),
    ...rows.map((row) => htmlRow('td', row)),
  ];
  const list = findings.map((finding) => `<li>${escapeHtml(finding)}</li>`).join('');
  return {
    'text/html': `<p><b>${escapeHtml(heading)}</b></p><table>${table.join('')}</table>${list && `<ul>${list}</ul>`}`,
    'text/plain': [heading, ...lines, ...findings.map((finding) => `  ! ${finding}`)].join('\n'),
  };
}

type Row = [what: string, value: string, note: string];

function rowsOf({
  method,
  temperature,
  declaredTemperature,
  observables,
  tv,
  acceptance,
}: Certificate): Row[] {
  const rows: Row[] = [[method, withInterval(temperature), `declared ${short(declaredTemperature)}`]];
  for (const [name, report] of Object.entries(observables)) {
    const { tau, ess, rHat } = report;
    rows.push([
      name,
      withInterval(report),
      `tau ${short(tau)}, effective ${Math.round(ess)}, R-hat ${rHat.toFixed(3)}`,
    ]);
  }
  if (tv)
    rows.push([
      'total variation distance',
      short(tv.distance),
      `noise floor ${short(tv.noiseFloor)}, limit ${short(tv.limit)}`,
    ]);
  if (acceptance !== undefined) rows.push(['accepted moves', `${short(100 * acceptance)} %`, '']);
  return rows;
}
