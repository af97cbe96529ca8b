// Statistics of averages over independent chains, theta(<f_1>, <f_2>, ...), with the jackknife's error:
//   rows f_gk, the average of f_k along chain g;   theta_(-i) from the averages without chain i;
//   pseudo-values g theta - (g - 1) theta_(-i).
// Chains must be independent; the records of a chain may be correlated. One long chain can be cut into blocks
// of 20 autocorrelation times or more. Source: jackknife.ts.
import { requireOpenFraction } from '../numerics/check.js';
import { each, finite } from '../numerics/rules.js';
import type { Estimate } from './estimate.js';
import { studentInterval } from './interval.js';

const FEWEST_CHAINS = 16;

/** [chains][functions]: averages along each chain of functions of its records. */
export function averagesOf(
  caller: string,
  chains: readonly ArrayLike<number>[],
  functions: readonly ((x: number) => number)[],
): Float64Array[] {
  requireChains(caller, chains);
  return chains.map((chain) => {
    const row = new Float64Array(functions.length);
    for (let record = 0; record < chain.length; record++) {
      functions.forEach((f, k) => (row[k] += f(chain[record])));
    }
    return row.map((sum) => sum / chain.length);
  });
}

export function meanRow(rows: readonly ArrayLike<number>[]): Float64Array {
  const sum = new Float64Array(rows[0].length);
  for (const row of rows) for (let k = 0; k < sum.length; k++) sum[k] += row[k];
  return sum.map((total) => total / rows.length);
}

/** A statistic of the mean row with its interval by Student's t over the pseudo-values, one per row. */
export function jackknifeEstimate(
  rows: readonly ArrayLike<number>[],
  level: number,
  statistic: (means: Float64Array) => number,
): Estimate {
  const [count, all] = [rows.length, meanRow(rows)];
  requireOpenFraction('interval', 'level', level);
  const whole = statistic(all);
  const without = (row: ArrayLike<number>): Float64Array =>
    all.map((mean, k) => (count * mean - row[k]) / (count - 1));
  return studentInterval(
    rows.map((row) => count * whole - (count - 1) * statistic(without(row))),
    level,
  );
}

/** Throws unless there are at least 16 chains, all of one length and not empty, of finite numbers. */
export function requireChains(caller: string, chains: readonly ArrayLike<number>[]): void {
  if (chains.length < FEWEST_CHAINS) {
    throw new RangeError(
      `${caller}: needs at least ${FEWEST_CHAINS} independent chains, got ${chains.length}`,
    );
  }
  const lengths = new Set(chains.map((chain) => chain.length));
  if (lengths.size > 1 || lengths.has(0)) {
    throw new RangeError(
      `${caller}: chains must have the same number of records, at least one, got ${[...lengths].join(', ')}`,
    );
  }
  chains.forEach((chain, c) => each(finite)(caller, `chain ${c}`, chain as never));
}
