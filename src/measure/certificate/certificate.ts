// The result of `certify`: numbers measured from the samples, findings in words, and its display.
import { escapeHtml, htmlRow, inspectText, jupyterDisplay } from '../../display/index.js';
import type { Estimate } from '../../statistics/estimate.js';
import type { TotalVariation } from './enumeratedLaw.js';
import { short, withInterval } from '../../statistics/words.js';

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

/** A certificate, the result of `certify`. */
export class Certificate implements CertificateNumbers {
  declare readonly sampler: string;
  declare readonly declaredTemperature: number;
  declare readonly method: CertificateNumbers['method'];
  declare readonly temperature: Estimate;
  declare readonly observables: CertificateNumbers['observables'];
  declare readonly tau: number;
  declare readonly ess: number;
  declare readonly rHat: number;
  declare readonly acceptance: number | undefined;
  declare readonly tv: TotalVariation | undefined;
  declare readonly chains: number;
  declare readonly records: number;

  /** @param findings what is wrong with the samples, in words */
  constructor(numbers: CertificateNumbers, readonly findings: readonly string[]) {
    Object.assign(this, numbers);
  }

  /** Whether there are no findings. */
  get passed(): boolean {
    return this.findings.length === 0;
  }

  toString(): string {
    const rows = this.rows().map(([what, value, note]) => `  ${what.padEnd(30)}${value.padEnd(28)}${note}`);
    return [this.heading(), ...rows, ...this.findings.map((finding) => `  ! ${finding}`)].join('\n');
  }

  [jupyterDisplay](): { 'text/html': string; 'text/plain': string } {
    return { 'text/html': this.html(), 'text/plain': this.toString() };
  }

  [inspectText](): string {
    return this.toString();
  }

  private heading(): string {
    const verdict = this.passed ? 'passed' : `${this.findings.length} finding${this.findings.length === 1 ? '' : 's'}`;
    return `Certificate of ${this.sampler}, ${this.chains} chains of ${this.records} records: ${verdict}`;
  }

  private rows(): [what: string, value: string, note: string][] {
    const { acceptance, tv } = this;
    return [
      [this.method, withInterval(this.temperature), `declared ${short(this.declaredTemperature)}`],
      ...Object.entries(this.observables).map(([name, report]): [string, string, string] => [
        name,
        withInterval(report),
        `tau ${short(report.tau)}, effective ${Math.round(report.ess)}, R-hat ${report.rHat.toFixed(3)}`,
      ]),
      ...(tv ? [tvRow(tv)] : []),
      ...(acceptance === undefined ? [] : [['accepted moves', `${short(100 * acceptance)} %`, ''] as [string, string, string]]),
    ];
  }

  private html(): string {
    const table = this.rows().map((row) => htmlRow('td', row)).join('');
    const findings = this.findings.map((finding) => `<li>${escapeHtml(finding)}</li>`).join('');
    return (
      `<p><b>${escapeHtml(this.heading())}</b></p>` +
      `<table>${htmlRow('th', ['quantity', 'value [95 %]', ''])}${table}</table>${findings && `<ul>${findings}</ul>`}`
    );
  }
}

const tvRow = ({ distance, noiseFloor, limit }: TotalVariation): [string, string, string] => [
  'total variation distance',
  short(distance),
  `noise floor ${short(noiseFloor)}, limit ${short(limit)}`,
];
