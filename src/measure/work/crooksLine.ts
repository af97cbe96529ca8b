// Crooks's relation between forward and reverse work, as a line:
//   T ln [P_F(W) / P_R(-W)] = slope (W - crossing),   slope 1, crossing dF.
// Histograms of both on the same bins where they overlap; T ln [(k_F / n_F) / (k_R / n_R)] has the variance
// T^2 (1 / k_F + 1 / k_R), and the line is that of weighted least squares. Errors: the jackknife over 20
// blocks of runs with fixed bins. Source: Crooks, Phys. Rev. E 60 (1999) 2721, DOI 10.1103/PhysRevE.60.2721,
// eq. 2.
import { type MimeBundle, showAs } from '../../display/index.js';
import { byDefault, type OptionsOf, readOptions } from '../../numerics/options.js';
import { integer, type LevelOption, levelOption } from '../../numerics/rules.js';
import {
  type Estimate,
  withInterval,
  interval,
  fitLine,
  type Line,
  jackknife,
} from '../../statistics/index.js';
import { requireBothWorks } from './jarzynski.js';

const BLOCKS = 20;
/** Runs of each direction that every bin must hold. */
const FEWEST_PER_BIN = 2 * BLOCKS;

/** The line of Crooks's relation between forward and backward work. */
export interface CrooksLine {
  /** T times the slope of the logarithm in W: 1 if Crooks's relation holds. */
  readonly slope: Estimate;
  /** Work at which both are equally likely: dF, in units of energy. */
  readonly crossing: Estimate;
}

const crooksOptions = {
  /** How many bins the works of both directions are counted in; 8 by default. */
  bins: byDefault(8, integer(3)),
};

/**
 * The line ln(P_F(W) / P_R(-W)) = (W - dF) / T of Crooks's theorem, from work forwards and backwards.
 *
 * @throws RangeError where fewer than `bins` bins hold 40 runs of each direction: too few runs, or too little
 * overlap
 * @example
 * const ramp = { temperature: 1, jumps: 4, duration: 1, runs: 2000 };
 * const there = dynamics.rampWork(complete(6), { ...ramp, from: 1, to: 2, seed: 1 });
 * const back = dynamics.rampWork(complete(6), { ...ramp, from: 2, to: 1, seed: 2 });
 * const { slope, crossing } = measure.crooksLine(there, back, 1);
 * slope; // { estimate: 1.043, interval: [0.9122, 1.173] }
 * crossing; // { estimate: 1.738, interval: [1.715, 1.761] }
 */
export function crooksLine(
  forward: ArrayLike<number>,
  reverse: ArrayLike<number>,
  temperature: number,
  options: LevelOption & OptionsOf<typeof crooksOptions> = {},
): CrooksLine {
  const { bins, level } = readOptions('crooksLine', options, { ...levelOption, ...crooksOptions });
  requireBothWorks('crooksLine', forward, reverse, temperature);
  const [there, back] = [Float64Array.from(forward), Float64Array.from(reverse, (V) => -V)];
  const edges = overlappingEdges(there, back, bins);
  const blocks = Array.from({ length: BLOCKS }, (_, b): Block => {
    const block = (work: Float64Array): Bins =>
      binned(
        work.filter((_W, run) => run % BLOCKS === b),
        edges,
      );
    return { there: block(there), back: block(back) };
  });
  const over = (of: (line: Line) => number): Estimate =>
    interval(
      jackknife(blocks, (some) => of(weightedLine(some, temperature))),
      { level },
    );
  return showAs<CrooksLine>(
    { slope: over(({ slope }) => slope), crossing: over(({ slope, intercept }) => -intercept / slope) },
    crooksText,
  );
}

type Block = { readonly there: Bins; readonly back: Bins };

/** Counts and sums of work by bin, and the number of all runs, in a bin or not. */
interface Bins {
  readonly counts: Float64Array;
  readonly work: Float64Array;
  readonly runs: number;
}

/**
 * Edges of bins with equally many values, from the first percentile of the forward work to the last of the
 * reverse work.
 */
function overlappingEdges(there: Float64Array, back: Float64Array, bins: number): number[] {
  const [from, to] = [quantile(there, 0.01), quantile(back, 0.99)];
  const inside = [...there, ...back].filter((W) => W >= from && W <= to).sort((a, b) => a - b);
  const edges = Array.from({ length: bins + 1 }, (_, k) => quantile(inside, k / bins));
  const fewest = Math.min(...[there, back].flatMap((work) => [...binned(work, edges).counts]));
  if (inside.length > 0 && fewest >= FEWEST_PER_BIN) return edges;
  throw new RangeError(
    `crooksLine: each of ${bins} bins must hold ${FEWEST_PER_BIN} runs of both directions, got ${inside.length > 0 ? fewest : 0} in one; ` +
      'use more runs, fewer bins or a slower drive',
  );
}

const quantile = (values: ArrayLike<number>, share: number): number =>
  Float64Array.from(values).sort()[Math.min(values.length - 1, Math.floor(share * values.length))];

function binned(work: Float64Array, edges: readonly number[]): Bins {
  const [counts, sums] = [new Float64Array(edges.length - 1), new Float64Array(edges.length - 1)];
  for (const W of work) {
    const bin = edges.findIndex((edge) => W < edge) - 1;
    if (bin < 0) continue;
    counts[bin]++;
    sums[bin] += W;
  }
  return { counts, work: sums, runs: work.length };
}

/** The weighted line through T times the logarithms in the bins of some blocks. */
function weightedLine(blocks: readonly Block[], temperature: number): Line {
  const sum = (pick: (block: Block) => number): number =>
    blocks.reduce((total, block) => total + pick(block), 0);
  const runs = Math.log(sum(({ back }) => back.runs) / sum(({ there }) => there.runs));
  const points = Array.from(blocks[0].there.counts, (_, bin) => {
    const [kF, kR] = [sum(({ there }) => there.counts[bin]), sum(({ back }) => back.counts[bin])];
    // the mean of both means: then the width of a bin enters only in third order
    const x = (sum(({ there }) => there.work[bin]) / kF + sum(({ back }) => back.work[bin]) / kR) / 2;
    return { weight: 1 / (1 / kF + 1 / kR), x, y: temperature * (Math.log(kF / kR) + runs) };
  });
  return fitLine(
    points.map(({ x }) => x),
    points.map(({ y }) => y),
    points.map(({ weight }) => weight),
  );
}

const crooksText = ({ slope, crossing }: CrooksLine): MimeBundle => ({
  'text/plain': `slope ${withInterval(slope)}, crossing at ${withInterval(crossing)}`,
});
