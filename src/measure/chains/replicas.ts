// Independent replicas of a measurement: every chain or, where the chains are long, every block of a chain.
// Blocks of 20 autocorrelation times are nearly independent: their means correlate by about tau / (4 length),
// so their spread gives errors that are right to about 1 %. Source: batch means, Flegal, Jones, Ann. Stat. 38
// (2010) 1034, DOI 10.1214/09-AOS735.
import { pooledTime } from './autocorrelationTime.js';
import { type ChainSamples, observeAll, type Observable } from './samples.js';

const TIMES_PER_BLOCK = 20;

/** One replica: records [from, to) of one chain. */
export interface Replica {
  readonly chain: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Cuts chains of `length` records into equal blocks of at least 20 autocorrelation times, chain by chain.
 * @param time autocorrelation time of the slowest observable, in records; NaN keeps the chains whole
 */
export function replicasOf(chains: number, length: number, time: number): Replica[] {
  const blocks = Math.max(1, Math.floor(length / (TIMES_PER_BLOCK * Math.max(1, time))) || 1);
  const edge = (b: number): number => Math.round((b * length) / blocks);
  return Array.from({ length: chains * blocks }, (_, r) => ({
    chain: Math.floor(r / blocks),
    from: edge(r % blocks),
    to: edge((r % blocks) + 1),
  }));
}

/** The replicas of samples, by the slowest of some observables. @throws RangeError for fewer than two */
export function replicasBy(
  caller: string,
  samples: ChainSamples,
  observables: readonly Observable[],
): Replica[] {
  const {
    chains,
    states: { length },
  } = samples;
  const times = observeAll(samples, observables).map((series) => pooledTime(series).time);
  const replicas = replicasOf(chains, length, Math.max(...times));
  if (replicas.length >= 2) return replicas;
  throw new RangeError(
    `${caller}: needs at least 2 chains or 40 autocorrelation times of one, got ${chains} of ${length} records`,
  );
}
