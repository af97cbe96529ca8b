// Mean, standard error and autocorrelation time of a correlated series that is not kept. Level l has the
// averages of blocks of B = 2^l values, with their number n_l, mean and sum of squares, so that a series of n
// values takes log2 n levels. With s_l^2 = variance of the block averages / n_l:
//   tau = s_l^2 / s_0^2,   at the first level with B^3 > 2 n (s_l / s_0)^4,
// where the block is so long that s_l is right and there are as many blocks as that allows. Sources:
// Flyvbjerg, Petersen, J. Chem. Phys. 91 (1989) 461, DOI 10.1063/1.457480; the level by Lee, Conduit, Nemec,
// Lopez Rios, Drummond, Phys. Rev. E 83 (2011) 066706, DOI 10.1103/PhysRevE.83.066706.

/** With fewer blocks, of all chains together, the error of s_l is above 18 % of it: see `interval`. */
const FEWEST_BLOCKS = 16;

interface Level {
  count: number;
  mean: number;
  /** Sum of squared deviations from the mean. */
  squares: number;
  /** The first half of a block of the next level. */
  half: number | null;
}

/** Sums of one series; as JSON it is exact. */
export class Blocking {
  constructor(readonly levels: Level[] = []) {}

  add(value: number): void {
    let x = value;
    for (let l = 0; ; l++) {
      const level = (this.levels[l] ??= { count: 0, mean: 0, squares: 0, half: null });
      const deviation = x - level.mean;
      level.mean += deviation / ++level.count;
      level.squares += deviation * (x - level.mean);
      if (level.half === null) return void (level.half = x);
      x = (level.half + x) / 2;
      level.half = null;
    }
  }
}

/** The mean of an observable along a run. */
export interface BlockedMean {
  readonly mean: number;
  /** Of the mean; NaN where the run is too short to say: fewer than 16 blocks that are independent. */
  readonly standardError: number;
  /** Integrated autocorrelation time in records: n records are worth n / time independent ones. NaN as above. */
  readonly time: number;
  /** Records, of all chains. */
  readonly records: number;
}

/** Of independent chains of one law and one length. */
export function blockedMean(chains: readonly Blocking[]): BlockedMean {
  const count = chains[0].levels[0].count;
  const mean = chains.reduce((sum, { levels }) => sum + levels[0].mean, 0) / chains.length;
  const records = count * chains.length;
  /** s_l^2, averaged over chains. */
  const square = (l: number): number =>
    chains.reduce((sum, { levels }) => sum + levels[l].squares / (levels[l].count - 1) / levels[l].count, 0) /
    chains.length;
  const unknown = { mean, standardError: NaN, time: NaN, records };
  if (count < 2) return unknown;
  const first = square(0);
  if (first === 0) return { mean, standardError: 0, time: NaN, records };
  for (let l = 0; l < chains[0].levels.length; l++) {
    const blocks = chains[0].levels[l].count;
    if (blocks < 2 || blocks * chains.length < FEWEST_BLOCKS) break;
    const ratio = square(l) / first;
    if (8 ** l > 2 * count * ratio ** 2)
      return { mean, standardError: Math.sqrt(square(l) / chains.length), time: ratio, records };
  }
  return unknown;
}
