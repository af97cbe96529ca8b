// Numbers that decide, and the regions that they are held against. Regions are data, committed before the run.
import type { Estimate } from '../statistics/index.js';

/** Closed interval [low, high]; an end may be infinite. */
export type ClosedInterval = readonly [number, number];

/** Union of closed intervals. */
export type Region = readonly ClosedInterval[];

interface QuantityText {
  /** What the number is. */
  readonly meaning: string;
  readonly unit: string;
  /** What theory predicts, where it predicts a number. Never a result. */
  readonly expected: number | null;
}

/** A number that decides: `yes` inside one region, `no` inside the other, open elsewhere. */
export interface Evidence extends QuantityText {
  readonly yes: Region;
  readonly no: Region;
}

/** A number that must lie in its region for the experiment to count: a planted model, or an exact result. */
export interface Control extends QuantityText {
  readonly requires: Region;
}

/** A number that decides, or one that must hold. */
export type Quantity = Evidence | Control;

/** Quantities by name. */
export type Quantities = Readonly<Record<string, Quantity>>;

/** Measured numbers with their intervals, by name. */
export type Measurements = Readonly<Record<string, Estimate>>;

export const isControl = (quantity: Quantity): quantity is Control => 'requires' in quantity;
