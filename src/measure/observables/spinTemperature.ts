// The temperature of spins or labels, from their values alone: the beta = 1/T that maximises the product of
// the local laws of all nodes over the samples (maximum pseudolikelihood). The slope of its logarithm is the
// energy score  U(beta) = sum_i (<H>_i - H), which falls with beta and has mean zero at the true one. The
// interval holds every beta whose U is zero within its error over independent replicas, so it is also valid
// where flips are rare. Source: Besag, The Statistician 24 (1975) 179, DOI 10.2307/2987782;
// Aurell, Ekeberg, Phys. Rev. Lett. 108 (2012) 090201, DOI 10.1103/PhysRevLett.108.090201.
import { lastWhere } from '../../numerics/root.js';
import { studentCritical } from '../../numerics/student.js';
import { type LevelOption, levelOf } from '../../numerics/rules.js';
import { type Estimate, estimateOf } from '../../statistics/index.js';
import {
  deviation,
  nodeValuesOf,
  localGaps,
  localMoments,
  type LocalGaps,
  type Scores,
} from './localLaws.js';
import { energyOf, orderParameter } from './observables.js';
import { replicasBy } from '../chains/replicas.js';
import { requireLaw, type ChainSamples, type LocalEnergy } from '../chains/samples.js';

/**
 * The temperature at which the recorded spins or labels are most likely (maximum pseudolikelihood), in units
 * of energy.
 *
 * @param samples of at most 16 distinct node values; at least 2 independent replicas
 * @throws RangeError for continuous samples, fewer replicas, a level outside (0, 1), temperatures by node, or
 * another energy than the samples'
 * @example
 * const ising = hamiltonian(ring(20), [bond((a, b) => a.mul(b).sum().neg())]);
 * const samples = await sample(heatBath(ising, { temperature: 2 }), { chains: 16, burnIn: 100, steps: 1000, seed: 1 });
 * measure.spinTemperature(samples, ising); // { estimate: 2.006, interval: [1.988, 2.023] }
 */
export function spinTemperature(
  samples: ChainSamples,
  energy: LocalEnergy,
  options: LevelOption = {},
): Estimate {
  const level = levelOf('spinTemperature', options);
  return temperatureOfGaps(gapsByReplica('spinTemperature', samples, energy), level);
}

/**
 * `spinTemperature` by node, [nodes]: the temperature from the values of a node and its neighbours alone.
 * Where the local law of a node was never in doubt, its interval is open.
 *
 * @throws as spinTemperature
 * @example
 * const ising = hamiltonian(ring(10), [bond((a, b) => a.mul(b).sum().neg())]);
 * const samples = await sample(heatBath(ising, { temperature: 2 }), { chains: 16, burnIn: 100, steps: 500, seed: 1 });
 * measure.localTemperatures(samples, ising)[0]; // { estimate: 2.085, interval: [1.993, 2.181] }
 */
export function localTemperatures(
  samples: ChainSamples,
  energy: LocalEnergy,
  options: LevelOption = {},
): Estimate[] {
  const level = levelOf('localTemperatures', options);
  const replicas = gapsByReplica('localTemperatures', samples, energy);
  return Array.from({ length: samples.nodes }, (_, node) =>
    temperatureOfGaps(
      replicas.map((all) => gapsAt(all, node)),
      level,
    ),
  );
}

function gapsByReplica(caller: string, samples: ChainSamples, energy: LocalEnergy): LocalGaps[] {
  requireLaw(caller, samples, energy);
  const letters = nodeValuesOf(samples);
  if (!letters)
    throw new RangeError(`${caller}: the samples must have at most 16 distinct node values, got more`);
  return localGaps(samples, energy, letters, replicasBy(caller, samples, [energyOf(energy), orderParameter]));
}

/** The gaps of one node. */
function gapsAt({ records, nodes, letters, gaps, present }: LocalGaps, node: number): LocalGaps {
  const width = letters.length;
  const own = new Float64Array(records * width);
  for (let record = 0; record < records; record++) {
    const at = (record * nodes + node) * width;
    own.set(gaps.subarray(at, at + width), record * width);
  }
  return {
    records,
    nodes: 1,
    letters,
    gaps: own,
    present: present.filter((_, site) => site % nodes === node),
  };
}

/** The temperature at which the energy score is zero, and those at which it is zero within its error. */
export function temperatureOfGaps(replicas: readonly LocalGaps[], level: number): Estimate {
  const rows = replicas.map(distinctRows);
  const scoreAt = (beta: number): number => deviation(rows.map((each) => energyScore(each, beta)));
  const critical = studentCritical(1 - level, replicas.length - 1);
  const unit =
    rows.reduce((most, { gaps }) => gaps.reduce((a, gap) => Math.max(a, Math.abs(gap)), most), 0) || 1; // the largest gap
  // T = unit (1 - x) / x takes x in (0, 1) to all temperatures
  const temperatureAt = (score: number): number => {
    const x = lastWhere((at) => score < scoreAt(at / (1 - at) / unit), 0, 1, 1e-5);
    return (unit * (1 - x)) / x;
  };
  const [high, estimate, low] = [critical, 0, -critical].map(temperatureAt);
  return estimateOf(estimate, [low, high]);
}

/** The distinct rows of gaps of a replica and how often each occurs: with few couplings there are few. */
interface Rows {
  readonly gaps: Float64Array;
  readonly counts: readonly number[];
  readonly letters: number;
  readonly records: number;
}

/** One level per gap; on the last, the row and how often it occurs. */
type Branch = Map<number, Branch | Leaf>;
type Leaf = { readonly row: Float64Array; count: number };

function distinctRows({ gaps, letters: { length: letters }, records }: LocalGaps): Rows {
  const root: Branch = new Map();
  const distinct: Leaf[] = [];
  for (let at = 0; at < gaps.length; at += letters) {
    let branch = root;
    for (let a = 0; a + 1 < letters; a++) {
      let next = branch.get(gaps[at + a]) as Branch | undefined;
      if (!next) branch.set(gaps[at + a], (next = new Map()));
      branch = next;
    }
    const last = gaps[at + letters - 1];
    let leaf = branch.get(last) as Leaf | undefined;
    if (!leaf) {
      branch.set(last, (leaf = { row: gaps.subarray(at, at + letters), count: 0 }));
      distinct.push(leaf);
    }
    leaf.count++;
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
