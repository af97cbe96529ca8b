// The Potts model on the complete graph at finite N, exactly, by sums over occupations n_1 + ... + n_q = N:
//   H = -(J / 2N) sum over all (i, j) of delta(a_i, a_j) = -(J / 2N) sum of n_k^2,
//   Z = N! [w * w * ... * w](N),
// the q-fold convolution of w(n) = exp(J n^2 / (2 N T)) / n!. H includes the terms i = j: it is the energy of
// complete(N) with couplings J / N, less J / 2. The code counts energies from the least, H = -J N / 2 + (J /
// 2N) sum of n_k (N - n_k), and keeps logarithms of all weights, so that nothing overflows. Sources: Wu, Rev. Mod. Phys. 54 (1982) 235, DOI 10.1103/RevModPhys.54.235; EMTD section 2.1 (row
// EMTD-2.1).
import { addCaption, countText, printAs, sparkline } from '../../display/index.js';
import { requireInteger } from '../../numerics/check.js';
import { convolution, logSum, pairedSum } from '../../numerics/logSum.js';
import { readOptions } from '../../numerics/options.js';
import { lgam } from '../../numerics/special.js';
import {
  type Equilibrium,
  type EquilibriumPerNode,
  finiteEquilibrium,
  type MeanFieldParameters,
  meanFieldOptions,
  modelCard,
  whole,
} from '../modelNumbers.js';

/** Exact equilibrium averages of the Potts model on the complete graph. */
export interface CompletePotts extends Equilibrium, EquilibriumPerNode {
  /** `[N + 1]`: the probability that n nodes hold a given label. */
  readonly occupationLaw: Float64Array;
  /** `[N + 1]`: the probability that the most frequent label is on n nodes. */
  readonly majorityLaw: Float64Array;
  /** The mean of the order parameter s = (q n / N - 1) / (q - 1), n the nodes of the most frequent label. */
  readonly meanOrder: number;
  /** The mean of a function of s. */
  average(of: (order: number) => number): number;
}

/**
 * The exact q-state Potts model on the complete graph of N nodes: each node has one of q labels, and gains by
 * sharing it. N = 1000 with three labels takes seconds.
 *
 * @throws RangeError unless N is a positive integer, q an integer of at least 2, temperature and J positive
 * @example
 * exact.completePotts(60, 3, { temperature: 1 / 3 }).meanOrder; // 0.5908
 */
export function completePotts(N: number, q: number, parameters: MeanFieldParameters): CompletePotts {
  const { temperature: T, J } = readOptions('completePotts', parameters, meanFieldOptions);
  requireInteger('completePotts', 'N', N, 1);
  requireInteger('completePotts', 'q', q, 2);
  const weights = Float64Array.from(
    { length: N + 1 },
    (_, n) => (-J * n * (N - n)) / (2 * N * T) - lgam(n + 1),
  );
  const others = powersOf(weights, q - 1); // of 0 ... q - 1 labels
  const logZ = pairedSum(weights, others[q - 1], N);
  const occupationLaw = weights.map((w, n) => Math.exp(w + others[q - 1][N - n] - logZ));
  const majorityLaw = Float64Array.from({ length: N + 1 }, (_, n) =>
    Math.exp(logMajority(n, N, q, weights, others) - logZ),
  );
  // the mean and the second moments of g_k = n_k (N - n_k), from weights times g
  const excess = weights.map((w, n) => w + Math.log(n * (N - n)));
  const moment = (power: number): number =>
    q * occupationLaw.reduce((sum, p, n) => sum + p * (n * (N - n)) ** power, 0);
  const pair = Math.exp(pairedSum(convolution(excess, excess), others[q - 2], N) - logZ);
  const aboveLeast = (J / (2 * N)) * moment(1);
  const logStates = lgam(N + 1) + logZ;
  const average = (of: (order: number) => number): number =>
    majorityLaw.reduce((sum, p, n) => (p === 0 ? sum : sum + p * of(((q * n) / N - 1) / (q - 1))), 0);
  return printAs<CompletePotts>(
    {
      ...finiteEquilibrium(
        N,
        T,
        {
          meanEnergy: (-J * N) / 2 + aboveLeast,
          energyVariance: (J / (2 * N)) ** 2 * (moment(2) + q * (q - 1) * pair - moment(1) ** 2),
          freeEnergy: (-J * N) / 2 - T * logStates,
        },
        logStates + aboveLeast / T,
      ),
      occupationLaw,
      majorityLaw,
      meanOrder: average((s) => s),
      average,
    },
    modelCard<CompletePotts>(
      `Potts model of ${q} states on the complete graph of ${countText(N, 'node')}, exact`,
      { temperature: T },
      { ...whole, meanOrder: 'mean order' },
      (result) =>
        addCaption(sparkline([result.majorityLaw]), ['probability by nodes of the most frequent label']),
    ),
  );
}

/** The convolutions of 0, 1 ... `most` factors. */
function powersOf(weights: Float64Array, most: number): Float64Array[] {
  const none = new Float64Array(weights.length).fill(-Infinity);
  none[0] = 0;
  const powers: Float64Array[] = [none];
  while (powers.length <= most) powers.push(convolution(powers[powers.length - 1], weights));
  return powers;
}

/**
 * The log weight of all occupations whose greatest is n: j labels have n nodes, for j = 1, 2 ..., and the
 * others fewer.
 */
function logMajority(
  n: number,
  N: number,
  q: number,
  weights: Float64Array,
  others: readonly Float64Array[],
): number {
  if (n * q < N) return -Infinity;
  const fewer =
    2 * n > N
      ? others
      : powersOf(
          Float64Array.from(weights, (w, k) => (k < n ? w : -Infinity)),
          q - 1,
        );
  const most = Math.min(q, Math.floor(N / n));
  return logSum(
    Float64Array.from({ length: most }, (_, k) => {
      const j = k + 1;
      return lgam(q + 1) - lgam(j + 1) - lgam(q - j + 1) + j * weights[n] + fewer[q - j][N - j * n];
    }),
  );
}
