// The energy of a computation from what it did: counts of operations times a table of prices, beside the least that
// overwriting so many bits can cost,
//   joules = sum of count x price,   bound = sum of count x bits x k_B T ln 2,   ratio = joules / bound.
// The network's temperature in units of its energy function is not a temperature in kelvin and does not enter.
// Sources: EMTD abstract and 4.3 ("approaching the Landauer limit"); Landauer, DOI 10.1147/rd.53.0183; Berut et al., Nature
// 483 (2012) 187, DOI 10.1038/nature10872 (measured); energyPrices.ts.
import { summarised } from '../display/index.js';
import { requireNonNegative } from '../graph/check.js';
import { ledgerCard } from './display.js';
import { devicePrices, landauerBound, type Price, type PriceTable } from './energyPrices.js';

export interface LedgerItem extends Price {
  readonly name: string;
  readonly count: number;
  /** Of all of them. */
  readonly total: number;
  /** The least that overwriting their bits can cost, in joules. */
  readonly bound: number;
}

export interface LandauerLedger {
  readonly items: readonly LedgerItem[];
  /** Joules of all items. */
  readonly joules: number;
  /** Joules at k_B T ln 2 a bit. */
  readonly bound: number;
  /** joules / bound; NaN where nothing was overwritten. */
  readonly ratio: number;
  readonly kelvin: number;
}

/**
 * Prices the counts.
 *
 * @param counts by names of the table
 * @throws RangeError for a name without a price, counts that are negative, or a temperature that is not positive
 * @example
 * landauerLedger({ hashes: 1 }).ratio; // 2.72e7: a mining chip over 256 bits at 300 K
 */
export function landauerLedger(
  counts: Readonly<Record<string, number>>, { prices = devicePrices, kelvin = 300 }: { readonly prices?: PriceTable; readonly kelvin?: number } = {},
): LandauerLedger {
  const perBit = landauerBound(kelvin);
  const items = Object.entries(counts).map(([name, count]): LedgerItem => {
    const price = Object.keys(prices).includes(name) ? prices[name] : undefined;
    if (!price) throw new RangeError(`landauerLedger: no price for "${name}"; the table has ${Object.keys(prices).join(', ')}`);
    requireNonNegative('landauerLedger', `the count of ${name}`, count);
    return { ...price, name, count, total: count * price.joules, bound: count * price.bits * perBit };
  });
  const [joules, bound] = [items.reduce((sum, { total }) => sum + total, 0), items.reduce((sum, item) => sum + item.bound, 0)];
  return summarised({ items, joules, bound, ratio: joules / bound, kelvin }, ledgerCard);
}
