// Integrated autocorrelation time in records, tau = 1 + 2 sum_(t >= 1) rho(t): n records are worth n / tau
// independent ones. The pair sums P_k = rho(2k) + rho(2k + 1) are positive and decreasing for a reversible
// chain: the sum stops at the first P_k that is not positive, and each P_k is at most the one before. Source:
// Geyer, "Practical Markov chain Monte Carlo", Stat. Sci. 7 (1992) 473, DOI 10.1214/ss/1177011137, section
// 3.3; the half pair at the cut as in Stan's reference manual (helps where
// rho alternates).
import { deviations, mean, checkChains } from '../../statistics/index.js';

/** Least number of records per autocorrelation time for a reliable estimate. */
const RECORDS_PER_TIME = 50;

/** Autocovariance of one series as a function of the lag, (1/n) sum (x_s - m)(x_(s+t) - m). */
function autocovariance(series: ArrayLike<number>): (lag: number) => number {
  const x = deviations(series);
  return (lag) => {
    let sum = 0;
    for (let t = lag; t < x.length; t++) sum += x[t] * x[t - lag];
    return sum / x.length;
  };
}

/** The same, averaged over chains. */
export function meanAutocovariance(chains: readonly ArrayLike<number>[]): (lag: number) => number {
  const covariances = chains.map(autocovariance);
  return (lag) => mean(covariances.map((at) => at(lag)));
}

/**
 * tau from an autocorrelation function with rho(0) = 1, and the lags summed; rho is evaluated only up to the
 * last of these.
 * @param length records of the series
 */
export function geyerTime(rho: (lag: number) => number, length: number): { time: number; window: number } {
  let smallest = rho(0) + rho(1);
  let sum = smallest;
  for (let lag = 2; ; lag += 2) {
    const [even, odd] = [rho(lag), rho(lag + 1)];
    const last = lag + 4 >= length;
    if (last || !(even + odd > 0)) return { time: -1 + 2 * sum + Math.max(0, even), window: lag };
    smallest = Math.min(smallest, even + odd);
    sum += smallest;
  }
}

/** An autocorrelation time with its relative standard error. */
export interface PooledTime {
  readonly time: number;
  readonly relativeError: number;
}

/**
 * tau of several chains of one law, from their average autocovariance within the chains. With W lags summed,
 * taking each chain's own mean makes tau too small by the fraction (2 W + 1) / n, which is corrected, and the
 * relative error is sqrt(2 (2 W + 1) / M n). NaN if nothing varies. Short chains are not refused.
 * Sources: Wolff, Comput. Phys. Commun. 156 (2004) 143, DOI 10.1016/S0010-4655(03)00467-3, equation 49
 * (bias); Madras, Sokal, J. Stat. Phys. 50 (1988) 109, DOI 10.1007/BF01022990, appendix C (error).
 */
export function pooledTime(chains: readonly ArrayLike<number>[]): PooledTime {
  const covariance = meanAutocovariance(chains);
  const whole = covariance(0);
  if (!(whole > 0)) return { time: NaN, relativeError: NaN };
  const length = chains[0].length;
  const { time, window } = geyerTime((lag) => covariance(lag) / whole, length);
  return {
    time: time * (1 + (2 * window + 1) / length),
    relativeError: Math.sqrt((2 * (2 * window + 1)) / (chains.length * length)),
  };
}

/**
 * Integrated autocorrelation time of one chain, in records. 1 for independent records, (1 + rho)/(1 - rho)
 * for the autoregression x' = rho x + noise.
 *
 * @throws RangeError if the chain is shorter than 50 of its autocorrelation times, or constant
 * @example
 * const energy = hamiltonian(ring(10), [interaction()]);
 * const samples = await sample(langevin(energy, { temperature: 1, timeStep: 0.05 }), { burnIn: 500, steps: 20_000, every: 10, seed: 1 });
 * measure.autocorrelationTime(observe(samples, energyOf(energy))[0]); // 1.767
 */
export function autocorrelationTime(series: ArrayLike<number>): number {
  checkChains('autocorrelationTime', [series], 8);
  const { time } = pooledTime([series]);
  if (Number.isNaN(time)) {
    throw new RangeError(
      `autocorrelationTime: the series must be finite and vary, got ${series.length} records that do not`,
    );
  }
  if (series.length < RECORDS_PER_TIME * time) {
    throw new RangeError(
      `autocorrelationTime: needs ${RECORDS_PER_TIME} autocorrelation times of records, ` +
        `got ${series.length} records of time ${time.toPrecision(3)}`,
    );
  }
  return time;
}
