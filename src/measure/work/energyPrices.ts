// The energy of elementary operations in joules, by name: a default table that users may replace. `bits` is
// the least number that one unit overwrites; it gives the bound k_B T ln 2 per bit (Landauer, IBM J. Res.
// Dev. 5 (1961) 183, DOI 10.1147/rd.53.0183). Device prices are of their year and of the device alone: no
// cooling, no idling.
import { clippedTable, printAs, tableBundle } from '../../display/index.js';
import { requirePositive } from '../../numerics/check.js';

/** k_B in J/K, exact since 2019 (SI). */
const BOLTZMANN = 1.380649e-23;

/** What one operation costs in joules, with its source. */
export interface Price {
  /** Per unit. */
  readonly joules: number;
  /** Least number of bits that a unit overwrites. */
  readonly bits: number;
  readonly source: string;
  readonly year: number;
}

/** By the name of the operation. */
export type PriceTable = Readonly<Record<string, Price>>;

/**
 * k_B T ln 2, the least heat of erasing one bit, in joules; T in kelvin.
 *
 * @throws RangeError for a temperature that is not positive
 * @example
 * measure.landauerBound(300); // 2.870979e-21
 */
export function landauerBound(kelvin: number): number {
  requirePositive('landauerBound', 'temperature', kelvin);
  return BOLTZMANN * kelvin * Math.LN2;
}

const pricesCard = (prices: PriceTable) =>
  tableBundle(
    clippedTable({
      head: ['name', 'joules', 'bits', 'year', 'source'],
      align: ['left', 'right', 'right', 'right', 'left'],
      rows: Object.entries(prices).map(([name, { joules, bits, year, source }]) => [
        name,
        joules.toPrecision(4),
        String(bits),
        String(year),
        source,
      ]),
    }),
  );

/** Joules of one kilowatt hour. */
const KILOWATT_HOUR = 3.6e6;

/**
 * What devices take for a bit, a hash and a byte, in joules, with their sources.
 *
 * @example
 * Object.keys(measure.devicePrices); // ['bits', 'hashes', 'bytes']
 * measure.devicePrices.hashes.joules; // 2e-11
 */
export const devicePrices: PriceTable = printAs<PriceTable>(
  {
    bits: {
      joules: 10e-12 / 64,
      bits: 1,
      year: 2014,
      source:
        '64 bits to or from an 8 kB cache, 10 pJ in 45 nm: Horowitz, ISSCC 2014, DOI 10.1109/ISSCC.2014.6757323',
    },
    hashes: {
      joules: 2e-11,
      bits: 256,
      year: 2023,
      source:
        'SHA-256 on a mining chip, 20 J/TH: a round figure between the data sheets of Antminer S19 XP (21.5, 2022) and S21 (17.5, 2023)',
    },
    bytes: {
      joules: (0.06 * KILOWATT_HOUR) / 1e9,
      bits: 8,
      year: 2015,
      source:
        'fixed-line internet without access equipment at home, 0.06 kWh/GB in 2015, halving in some two years: Aslan, Mayers, Koomey, France, J. Ind. Ecol. 22 (2018) 785, DOI 10.1111/jiec.12630',
    },
  },
  pricesCard,
);

/**
 * The same names at the bound: k_B T ln 2 for every bit that a unit overwrites.
 *
 * @example measure.boundPrices(measure.devicePrices, 300).hashes.joules; // 7.350e-19
 */
export const boundPrices = (prices: PriceTable, kelvin = 300): PriceTable =>
  printAs(
    Object.fromEntries(
      Object.entries(prices).map(([name, { bits }]): [string, Price] => [
        name,
        {
          joules: bits * landauerBound(kelvin),
          bits,
          year: 1961,
          source: `k_B T ln 2 per bit at ${kelvin} K, bits per unit: ${bits}`,
        },
      ]),
    ),
    pricesCard,
  );
