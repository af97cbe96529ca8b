// The energy of a computation: counts of operations times a table of prices, beside the lower bound for
// overwriting so many bits,
//   joules = sum of count x price,   bound = sum of count x bits x k_B T ln 2,   ratio = joules / bound.
// The network's temperature in units of its energy function is not a temperature in kelvin and does not
// enter. Sources: EMTD abstract and 4.3 ("approaching the Landauer limit"); Landauer, DOI 10.1147/rd.53.0183;
// Berut et al., Nature 483 (2012) 187, DOI 10.1038/nature10872 (measured); energyPrices.ts.
import { clippedTable, numeral, printAs, tableBundle } from '../../display/index.js';
import { requireNonNegative } from '../../numerics/check.js';
import { byDefault, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { anything, positive } from '../../numerics/rules.js';
import { devicePrices, landauerBound, type Price, type PriceTable } from './energyPrices.js';
import { short } from '../../statistics/index.js';

/** One line of a `landauerLedger`. */
export interface LedgerItem extends Price {
  readonly name: string;
  readonly count: number;
  /** Joules of all units. */
  readonly total: number;
  /** Lower bound for overwriting their bits, in joules. */
  readonly bound: number;
}

/** What a run costs in joules, beside Landauer's bound. */
export interface LandauerLedger {
  readonly items: readonly LedgerItem[];
  readonly joules: number;
  /** Joules at k_B T ln 2 per bit. */
  readonly bound: number;
  /** joules / bound; NaN where nothing was overwritten. */
  readonly ratio: number;
  readonly kelvin: number;
}

const ledgerOptions = {
  /** Joules and bits of each operation, by its name; `devicePrices` by default. */
  prices: byDefault(devicePrices, typed<PriceTable>(anything)),
  /** The temperature of Landauer's bound in kelvin; 300 by default. */
  kelvin: byDefault(300, positive),
};

/**
 * The energy that devices take for counted operations, beside the least energy by Landauer for the bits that
 * these erase.
 *
 * @param counts by names of the table
 * @throws RangeError for a name without a price, counts or prices that are negative, or a temperature that is
 * not positive
 * @example measure.landauerLedger({ hashes: 1 }).ratio; // 2.721e7
 */
export function landauerLedger(
  counts: Readonly<Record<string, number>>,
  options: OptionsOf<typeof ledgerOptions> = {},
): LandauerLedger {
  const { prices, kelvin } = readOptions('landauerLedger', options, ledgerOptions);
  const perBit = landauerBound(kelvin);
  const items = Object.entries(counts).map(([name, count]): LedgerItem => {
    const price = Object.keys(prices).includes(name) ? prices[name] : undefined;
    if (!price)
      throw new RangeError(
        `landauerLedger: no price for "${name}"; the table has ${Object.keys(prices).join(', ')}`,
      );
    requireNonNegative('landauerLedger', `the count of ${name}`, count);
    for (const what of ['joules', 'bits'] as const)
      requireNonNegative('landauerLedger', `the ${what} of ${name}`, price[what]);
    return { ...price, name, count, total: count * price.joules, bound: count * price.bits * perBit };
  });
  const [joules, bound] = [
    items.reduce((sum, { total }) => sum + total, 0),
    items.reduce((sum, item) => sum + item.bound, 0),
  ];
  return printAs({ items, joules, bound, ratio: joules / bound, kelvin }, ledgerCard);
}

const ledgerCard = ({ items, joules, bound, ratio, kelvin }: LandauerLedger) =>
  tableBundle(
    clippedTable({
      head: ['name', 'count', 'joules each', 'joules', 'at the bound', 'source'],
      align: ['left', 'right', 'right', 'right', 'right', 'left'],
      rows: items.map(({ name, count, joules: each, total, bound: least, source, year }) => [
        name,
        numeral(count),
        each.toPrecision(3),
        total.toPrecision(3),
        least.toPrecision(3),
        `${source} (${year})`,
      ]),
      caption: `${joules.toPrecision(3)} J, ${bound > 0 ? `${short(ratio)} times` : 'without'} the bound of ${bound.toPrecision(3)} J at ${kelvin} K`,
    }),
  );
