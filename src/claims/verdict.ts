// From measured numbers to a verdict. An interval decides only if it lies entirely inside a region: inside `yes`
// it says yes, inside `no` it says no, and everything else is open.
import { card, showAs } from '../display/index.js';
import type { Claim } from './claim.js';
import type { Finding } from './finding.js';
import { type ClosedInterval, isControl, type Measurements, type Quantity, type Region } from './quantity.js';

/** What numbers decide: a finding, or a row of the earlier form. */
export type Decidable = Claim | Finding;

/** The verdict on a finding. */
export type Answer = 'yes' | 'no' | 'not decided' | 'derived';
/** The verdict on a row of the earlier form. */
export type EarlierVerdict = 'definition' | 'theorem' | 'supported' | 'refuted' | 'open' | 'not testable';
/** What numbers say of a finding, or of a row of the earlier form. */
export type Verdict = Answer | EarlierVerdict;

/** What one number says: to the question (`yes`, `no`, `open`), or of a control (`met`, `unmet`). */
export type Says = 'yes' | 'no' | 'open' | 'met' | 'unmet';

/** The verdict, and what each number contributed. */
export interface Judgement {
  readonly verdict: Verdict;
  /** What each given number says. */
  readonly says: Readonly<Record<string, Says>>;
  /** Declared quantities that were not given. */
  readonly missing: readonly string[];
  /** Controls that were given and do not hold. */
  readonly unmet: readonly string[];
}

export const isFinding = (one: Decidable): one is Finding => 'question' in one;

/** Whether an interval lies entirely inside one interval of the region. */
export function isInside([low, high]: ClosedInterval, region: Region): boolean {
  return region.some(([from, to]) => from <= low && high <= to);
}

/** What an interval says to its quantity. */
export function saysOf(quantity: Quantity, interval: ClosedInterval): Says {
  if (isControl(quantity)) return isInside(interval, quantity.requires) ? 'met' : 'unmet';
  if (isInside(interval, quantity.yes)) return 'yes';
  return isInside(interval, quantity.no) ? 'no' : 'open';
}

/**
 * The verdict that follows from the numbers. Nothing is decided unless all controls are given and met; then one
 * number that says no decides, and only all of them together say yes. A finding with a proof is *derived*,
 * whatever its numbers, which are controls.
 *
 * @example
 * const [row] = claims.earlierRows().filter(({ id }) => id === 'EMTD-1.7');
 * const measured = { equipartition: claims.exactly(1), pairVariance: claims.exactly(1), freeEnergy: claims.exactly(0) };
 * claims.judge(row, measured).verdict; // 'supported'
 * claims.judge(row, {}).missing; // ['equipartition', 'pairVariance', 'freeEnergy']
 */
export function judge(one: Decidable, measured: Measurements): Judgement {
  const { quantities } = one;
  const names = Object.keys(quantities);
  const given = names.filter((name) => name in measured);
  const says = Object.fromEntries(
    given.map((name) => [name, saysOf(quantities[name]!, measured[name]!.interval)]),
  );
  const missing = names.filter((name) => !(name in measured));
  const unmet = given.filter((name) => says[name] === 'unmet');
  const [yes, no, open] = isFinding(one)
    ? (['yes', 'no', 'not decided'] as const)
    : (['supported', 'refuted', 'open'] as const);
  return showAs<Judgement>({ verdict: verdict(), says, missing, unmet }, judgementCard);

  function verdict(): Verdict {
    if (isFinding(one) && one.derived) return 'derived';
    if (!isFinding(one) && one.kind !== 'measured') return one.kind;
    const missingControl = missing.some((name) => isControl(quantities[name]!));
    if (missingControl || unmet.length > 0) return open;
    const values = Object.values(says);
    if (values.includes('no')) return no;
    return missing.length === 0 && !values.includes('open') ? yes : open;
  }
}

const judgementCard = ({ verdict, says, missing, unmet }: Judgement) =>
  card(`verdict: ${verdict}`, {
    ...says,
    'not given': missing.length > 0 ? missing.join(', ') : undefined,
    'controls that do not hold': unmet.length > 0 ? unmet.join(', ') : undefined,
  });
