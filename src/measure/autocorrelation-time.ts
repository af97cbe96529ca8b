// Integrated autocorrelation time in records, tau = 1 + 2 sum_(t >= 1) rho(t): n records are worth n / tau
// independent ones. The sum is cut where the pair sums P_k = rho(2k) + rho(2k + 1), positive and decreasing
// for a reversible chain, cease to be positive, and they are held to a decreasing sequence.
// Source: Geyer, "Practical Markov chain Monte Carlo", Stat. Sci. 7 (1992) 473, DOI 10.1214/ss/1177011137,
// section 3.3; the half pair at the cut as in Stan's reference manual (helps where rho alternates).
import { mean } from './mean.js';

/** Records a chain must have per autocorrelation time before its estimate is believed. */
export const RECORDS_PER_TIME = 50;

/**
 * Autocovariance of one series as a function of the lag, (1/n) sum (x_s - m)(x_(s+t) - m).
 */
export function autocovariance(series: ArrayLike<number>): (lag: number) => number {
  const centre = mean(series);
  const deviations = Float64Array.from({ length: series.length }, (_, t) => series[t] - centre);
  return (lag) => {
    let sum = 0;
    for (let t = lag; t < deviations.length; t++) sum += deviations[t] * deviations[t - lag];
    return sum / deviations.length;
  };
}

/**
 * tau from an autocorrelation function, which is asked only as far as the cut.
 *
 * @param rho autocorrelation by lag, rho(0) = 1
 * @param length records of the series
 */
export function geyerTime(rho: (lag: number) => number, length: number): number {
  let smallest = rho(0) + rho(1);
  let sum = smallest;
  for (let lag = 2; ; lag += 2) {
    const [even, odd] = [rho(lag), rho(lag + 1)];
    const last = lag + 4 >= length;
    if (last || !(even + odd > 0)) return -1 + 2 * sum + Math.max(0, even);
    smallest = Math.min(smallest, even + odd);
    sum += smallest;
  }
}

/**
 * Integrated autocorrelation time of one chain, in records. 1 for independent records, (1 + rho)/(1 - rho)
 * for the autoregression x' = rho x + noise.
 *
 * @throws RangeError if the chain is shorter than 50 of its autocorrelation times, or constant
 * @example
 * autocorrelationTime(energies); // 3.1: every third record is news
 */
export function autocorrelationTime(series: ArrayLike<number>): number {
  const covariance = autocovariance(series);
  const variance = covariance(0);
  if (!(variance > 0)) {
    throw new RangeError(`autocorrelationTime: the series must vary, got ${series.length} records of variance ${variance}`);
  }
  const time = geyerTime((lag) => covariance(lag) / variance, series.length);
  if (series.length < RECORDS_PER_TIME * time) {
    throw new RangeError(
      `autocorrelationTime: needs ${RECORDS_PER_TIME} autocorrelation times of records, ` +
        `got ${series.length} records of time ${time.toPrecision(3)}`,
    );
  }
  return time;
}
