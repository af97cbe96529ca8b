// From measured numbers to a verdict. An interval decides only if it lies entirely inside a region:
// inside `supports` it supports, inside `refutes` it refutes, and everything else is open.
import { card, showAs } from '../display/index.js';
import type { Claim, ClosedInterval, Measurements, Quantity, Region, Verdict } from './claim.js';

/** What one number says: about a claim (`supports`, `refutes`, `open`) or of a control (`met`, `unmet`). */
export type Finding = 'supports' | 'refutes' | 'open' | 'met' | 'unmet';

/** The verdict on a row, and what each number contributed. */
export interface Judgement {
  readonly verdict: Verdict;
  /** The finding from each given number. */
  readonly findings: Readonly<Record<string, Finding>>;
  /** Declared quantities that were not given. */
  readonly missing: readonly string[];
  /** Controls that were given and do not hold. */
  readonly unmet: readonly string[];
}

/** Whether an interval lies entirely inside one interval of the region. */
export function isInside([low, high]: ClosedInterval, region: Region): boolean {
  return region.some(([from, to]) => from <= low && high <= to);
}

/** The finding of one interval for its quantity. */
export function finding(quantity: Quantity, interval: ClosedInterval): Finding {
  if (quantity.role === 'control') return isInside(interval, quantity.requires) ? 'met' : 'unmet';
  if (isInside(interval, quantity.supports)) return 'supports';
  return isInside(interval, quantity.refutes) ? 'refutes' : 'open';
}

/**
 * The verdict that follows from the numbers. A measured row is open unless all its controls are given and
 * met; then one refuting quantity refutes it, and only all of its quantities together support it.
 * The verdict of another row is its kind; its controls are checked as well.
 *
 * @example
 * const measured = { equipartition: claims.exactly(1), pairVariance: claims.exactly(1), freeEnergy: claims.exactly(0) };
 * claims.judge(claims.claim('EMTD-1.7'), measured).verdict; // 'supported'
 * claims.judge(claims.claim('EMTD-1.7'), {}).missing; // ['equipartition', 'pairVariance', 'freeEnergy']
 */
export function judge(claim: Claim, measured: Measurements): Judgement {
  const names = Object.keys(claim.quantities);
  const given = names.filter((name) => name in measured);
  const findings = Object.fromEntries(
    given.map((name) => [name, finding(claim.quantities[name]!, measured[name]!.interval)]),
  );
  const missing = names.filter((name) => !(name in measured));
  const unmet = given.filter((name) => findings[name] === 'unmet');
  return showAs<Judgement>({ verdict: verdict(), findings, missing, unmet }, judgementCard);

  function verdict(): Verdict {
    if (claim.kind !== 'measured') return claim.kind;
    const missingControl = missing.some((name) => claim.quantities[name]!.role === 'control');
    if (missingControl || unmet.length > 0) return 'open';
    const values = Object.values(findings);
    if (values.includes('refutes')) return 'refuted';
    return missing.length === 0 && !values.includes('open') ? 'supported' : 'open';
  }
}

const judgementCard = ({ verdict, findings, missing, unmet }: Judgement) =>
  card(`verdict: ${verdict}`, {
    ...findings,
    'not given': missing.length > 0 ? missing.join(', ') : undefined,
    'controls that do not hold': unmet.length > 0 ? unmet.join(', ') : undefined,
  });
