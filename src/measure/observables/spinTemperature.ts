// The temperature of spins or labels, from their values alone: the beta = 1/T that maximises the product of the
// local laws of all nodes over the samples (maximum pseudolikelihood). The slope of its logarithm is
// the energy score  U(beta) = sum_i (<H>_i - H),  which falls with beta and has mean zero at the true one.
// The interval holds every beta whose U is zero within its error over independent replicas, so it is
// also valid where flips are rare.
// Source: Besag, The Statistician 24 (1975) 179, DOI 10.2307/2987782; Aurell, Ekeberg, Phys. Rev. Lett. 108
// (2012) 090201, DOI 10.1103/PhysRevLett.108.090201.
import { shown } from '../../display/index.js';
import { lastWhere } from '../../numerics/root.js';
import { studentCritical } from '../../numerics/student.js';
import { pooledTime } from '../chains/autocorrelationTime.js';
import { estimateText } from '../../statistics/words.js';
import { checkLevel, type Estimate } from '../../statistics/estimate.js';
import { lettersOf } from './letters.js';
import { localGaps, localMoments, type LocalGaps } from './localLaws.js';
import { energyOf, orderParameter } from './observables.js';
import { replicasOf } from '../chains/replicas.js';
import { observeAll, requireOneTemperature, type ChainSamples, type LocalEnergy } from '../chains/samples.js';
import { deviation, type Scores } from '../certificate/scores.js';

/**
 * Spin temperature of discrete samples, in units of energy.
 *
 * @param samples of at most 16 distinct node values; at least 2 independent replicas
 * @throws RangeError for continuous samples, fewer replicas, a level outside (0, 1), or temperatures by node
 * @example
 * spinTemperature(samples, energy); // { estimate: 2.01, interval: [1.96, 2.06] }
 */
export function spinTemperature(samples: ChainSamples, energy: LocalEnergy, { level = 0.95 } = {}): Estimate {
  checkLevel('spinTemperature', level);
  return temperatureOfGaps(gapsByReplica('spinTemperature', samples, energy), level);
}

/**
 * The same by node, [nodes]: the temperature from the values of a node and its neighbours alone. Where the local law of a node
 * was never in doubt, its interval is open.
 *
 * @throws as spinTemperature
 * @example
 * localTemperatures(samples, energy)[0]; // { estimate: 2.1, interval: [1.7, 2.8] }
 */
export function localTemperatures(samples: ChainSamples, energy: LocalEnergy, { level = 0.95 } = {}): Estimate[] {
  checkLevel('localTemperatures', level);
  const replicas = gapsByReplica('localTemperatures', samples, energy);
  return Array.from({ length: samples.nodes }, (_, node) => temperatureOfGaps(replicas.map((all) => gapsAt(all, node)), level));
}

function gapsByReplica(caller: string, samples: ChainSamples, energy: LocalEnergy): LocalGaps[] {
  requireOneTemperature(caller, samples);
  const letters = lettersOf(samples);
  if (!letters) throw new RangeError(`${caller}: the samples must have at most 16 distinct node values, got more`);
  const series = observeAll(samples, [energyOf(energy), orderParameter]);
  const replicas = replicasOf(samples.chains, samples.states.length, Math.max(...series.map((chains) => pooledTime(chains).time)));
  if (replicas.length < 2) {
    throw new RangeError(
      `${caller}: needs at least 2 chains or 40 autocorrelation times of one, got ${samples.chains} of ${samples.states.length} records`,
    );
  }
  return localGaps(samples, energy, letters, replicas);
}

/** The gaps of one node. */
function gapsAt({ records, nodes, letters, gaps, present }: LocalGaps, node: number): LocalGaps {
  const width = letters.length;
  const own = new Float64Array(records * width);
  for (let record = 0; record < records; record++) {
    const at = (record * nodes + node) * width;
    own.set(gaps.subarray(at, at + width), record * width);
  }
  return { records, nodes: 1, letters, gaps: own, present: present.filter((_, site) => site % nodes === node) };
}

/** The temperature at which the energy score is zero, and those at which it is zero within its error. */
export function temperatureOfGaps(replicas: readonly LocalGaps[], level: number): Estimate {
  const rows = replicas.map(distinctRows);
  const scoreAt = (beta: number): number => deviation(rows.map((each) => energyScore(each, beta)));
  const critical = studentCritical(1 - level, replicas.length - 1);
  const unit = largestGap(rows);
  // T = unit (1 - x) / x takes x in (0, 1) to all temperatures
  const temperatureAt = (score: number): number => {
    const x = lastWhere((at) => score < scoreAt(at / (1 - at) / unit), 0, 1, 1e-5);
    return (unit * (1 - x)) / x;
  };
  const [high, estimate, low] = [critical, 0, -critical].map(temperatureAt);
  return shown<Estimate>({ estimate, interval: [low, high] }, estimateText);
}

/** The distinct rows of gaps of a replica and how often each occurs: with few couplings there are few. */
interface Rows {
  readonly gaps: Float64Array;
  readonly counts: readonly number[];
  readonly letters: number;
  readonly records: number;
}

interface Leaf {
  readonly row: Float64Array;
  count: number;
}
/** One level per gap. */
type Branch = Map<number, Branch | Leaf>;

function distinctRows({ gaps, letters: { length: letters }, records }: LocalGaps): Rows {
  const root: Branch = new Map();
  const distinct: Leaf[] = [];
  const addBranch = <New extends Branch | Leaf>(branch: Branch, gap: number, next: New): New => {
    branch.set(gap, next);
    return next;
  };
  for (let at = 0; at < gaps.length; at += letters) {
    let branch = root;
    for (let a = 0; a + 1 < letters; a++) {
      branch = (branch.get(gaps[at + a]) as Branch | undefined) ?? addBranch(branch, gaps[at + a], new Map() as Branch);
    }
    const last = gaps[at + letters - 1];
    const leaf = branch.get(last) as Leaf | undefined;
    if (leaf) leaf.count++;
    else distinct.push(addBranch(branch, last, { row: gaps.subarray(at, at + letters), count: 1 }));
  }
  const rows = new Float64Array(distinct.length * letters);
  distinct.forEach(({ row }, r) => rows.set(row, r * letters));
  return { gaps: rows, counts: distinct.map(({ count }) => count), letters, records };
}

/** The energy score of one replica, per record, with its variance under the local laws. */
function energyScore({ gaps, counts, letters, records }: Rows, beta: number): Scores {
  let [mean, variance] = [0, 0];
  counts.forEach((count, r) => {
    const row = r * letters;
    const moments = localMoments(gaps, row, letters, beta, (a) => gaps[row + a]);
    mean += count * moments.mean;
    variance += count * moments.variance;
  });
  return { mean: mean / records, variance: variance / records, records };
}

function largestGap(rows: readonly Rows[]): number {
  const most = rows.reduce((sum, { gaps }) => gaps.reduce((a, gap) => Math.max(a, Math.abs(gap)), sum), 0);
  return most || 1;
}
