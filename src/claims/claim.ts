// A row of the claims ledger: the paper's sentence, our reading of it, and the regions of measured
// numbers that would support or refute it. The regions are data, committed before the run.
import type { Estimate } from '../statistics/index.js';

/** Closed interval [low, high]; an end may be infinite. */
export type ClosedInterval = readonly [number, number];

/** Union of closed intervals. */
export type Region = readonly ClosedInterval[];

/** How a row can be decided. Only a `measured` row takes its verdict from numbers. */
export type Kind = 'definition' | 'theorem' | 'measured' | 'not testable';

/** What the ledger says of a row. */
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

/** A number that decides; the row stays open where it lies in neither region. */
export interface Evidence extends QuantityText {
  readonly role: 'evidence';
  readonly supports: Region;
  readonly refutes: Region;
}

/** A number that must lie in its region for the experiment (or the definition) to be valid. */
export interface Control extends QuantityText {
  readonly role: 'control';
  readonly requires: Region;
}

/** A measured quantity of a row: evidence decides the verdict, a control must hold for the run to count. */
export type Quantity = Evidence | Control;

/** One row of the ledger: the paper's sentence, how it is read, and what would support or refute it. */
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
  /** Name of the notebook that checks the row. */
  readonly notebook: string;
  readonly kind: Kind;
  /** Written argument: required for definition, theorem and not testable. */
  readonly argument?: string;
  /** Source of a theorem, with its DOI. */
  readonly source?: string;
  /** Why the lab no longer stands by the verdict, in one sentence. */
  readonly withdrawn?: string;
  /**
   * Why the experiment is to be made again, in one sentence; until then nobody should rely on the verdict.
   */
  readonly underRevision?: string;
  readonly quantities: Readonly<Record<string, Quantity>>;
}

/** Measured numbers by name; the interval of each is plus and minus three standard errors. */
export type Measurements = Readonly<Record<string, Estimate>>;
