// What a row of the claims ledger is: the paper's sentence, our reading of it, and the regions of measured
// numbers that would support or refute it. The regions are data, committed before the run.

/** Closed interval [low, high]; an end may be infinite. */
export type Interval = readonly [number, number];

/** Union of closed intervals. */
export type Region = readonly Interval[];

/** How a row can be decided. Only a `measured` row takes its verdict from numbers. */
export type Kind = 'definition' | 'theorem' | 'measured' | 'not testable';

export type Verdict = 'definition' | 'theorem' | 'supported' | 'refuted' | 'open' | 'not testable';

interface QuantityText {
  /** What the number is. */
  readonly meaning: string;
  /** How to compute it. */
  readonly method: string;
  readonly unit: string;
  /** What theory predicts, where it predicts a number. Never a result. */
  readonly expected: number | null;
}

/** A number that decides: between the two regions lies an open gap. */
export interface Evidence extends QuantityText {
  readonly role: 'evidence';
  readonly supports: Region;
  readonly refutes: Region;
}

/** A number that must lie in its region for the experiment (or the definition) to count at all. */
export interface Control extends QuantityText {
  readonly role: 'control';
  readonly requires: Region;
}

export type Quantity = Evidence | Control;

export interface Claim {
  readonly id: string;
  readonly document: 'EMTD' | 'AE';
  readonly section: string;
  /** The paper's sentence, or null where the paper has none (then `absent` says so). */
  readonly quote: string | null;
  readonly absent?: string;
  readonly claim: string;
  readonly reading: { readonly problem: string; readonly resolution: string };
  readonly experiment: string;
  readonly expectation: string;
  /** Name of the notebook that is the row's home. */
  readonly notebook: string;
  readonly kind: Kind;
  /** Written argument: required for definition, theorem and not testable. */
  readonly argument?: string;
  /** Source of a theorem, with its DOI. */
  readonly source?: string;
  readonly quantities: Readonly<Record<string, Quantity>>;
}

/** A measured number: the estimate and its interval of plus and minus three standard errors. */
export interface Measurement {
  readonly estimate: number;
  readonly interval: Interval;
}

export type Measurements = Readonly<Record<string, Measurement>>;
