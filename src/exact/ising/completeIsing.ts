// The Ising model on the complete graph at finite N, exactly, by a sum over the magnetisation M = sum of s_i:
//   H = -(J / 2N) M^2 - h M,   P(M) = C(N - p, u) exp(-H / T) / Z,   M = 2 u - N,
// with p spins pinned to -1 and u of the others up. The square includes the N terms i = j: this H is the
// energy of complete(N) with couplings J / N, less J / 2. Under single-site heat bath in random order M is a
// birth-death chain, so that mean first-passage times are sums too. Sources: Griffiths, Weng and Langer,
// Phys. Rev. 149 (1966) 301, DOI 10.1103/PhysRev.149.301; EMTD section 2.1.
import { addCaption, countText, printAs, sparkline } from '../../display/index.js';
import { requireInteger } from '../../numerics/check.js';
import { byDefault, type OptionsOf, readOptions } from '../../numerics/options.js';
import { finite, integer } from '../../numerics/rules.js';
import { lgam } from '../../numerics/special.js';
import { boltzmannLaw } from '../markov/boltzmann.js';
import {
  type Equilibrium,
  type EquilibriumPerNode,
  finiteEquilibrium,
  type MeanFieldParameters,
  meanFieldOptions,
  modelCard,
  whole,
} from '../modelNumbers.js';
import { type BirthDeath, lawAfter, passageTime } from '../markov/birthDeath.js';

const completeIsingOptions = {
  /** h; 0 by default. */
  field: byDefault(0, finite),
  /** p, the number of spins pinned to -1; 0 by default. */
  pinned: byDefault(0, integer(0)),
};

/** Parameters of `completeIsing`. The transition of many spins is at T = J. */
export interface CompleteIsingParameters
  extends MeanFieldParameters,
    OptionsOf<typeof completeIsingOptions> {}

/** Equilibrium and passage times of the Ising model on the complete graph; m = M / N, over all spins. */
export interface CompleteIsing extends Equilibrium, EquilibriumPerNode {
  /** `[N - p + 1]`: the values of M, from -N in steps of 2. */
  readonly magnetisations: Int32Array;
  /** `[N - p + 1]`: the probability of each M. */
  readonly probabilities: Float64Array;
  /** <m>; 0 without field, also in the ordered phase. */
  readonly magnetisation: number;
  /** <|m|>. */
  readonly meanAbsMagnetisation: number;
  /** <m^2>. */
  readonly meanSquaredMagnetisation: number;
  /** 1 - <m^4> / (3 <m^2>^2): 0 for a normal law, 2/3 in order. */
  readonly binder: number;
  /** d<m>/dh = N (<m^2> - <m>^2) / T. */
  readonly susceptibility: number;
  /**
   * The number of free spins that are up as a birth-death chain, rates per sweep: `birthDeathWalk` runs it.
   */
  readonly chain: BirthDeath;
  /** The mean of a function of m, as (m) => m ** 2. */
  average(of: (m: number) => number): number;
  /**
   * Mean time in which M goes from `from` to `to` for the first time, under heat bath of one random spin
   * after the other: in sweeps of N attempts, which include those at pinned spins.
   */
  passageTime(from: number, to: number): number;
  /** `[N - p + 1]`: the law of M after so many such sweeps from one M. */
  lawAfter(sweeps: number, from: number): Float64Array;
  /**
   * Mean time from the most probable M of one sign (+1 by default) to the most probable of the other, in
   * sweeps; Infinity above 1e308.
   */
  reversalTime(sign?: 1 | -1): number;
}

/**
 * The Ising model on the complete graph of N spins, exactly: laws, means and passage times by the sum over
 * magnetisations. It is the Curie-Weiss model at finite N, which turns its magnetisation round in a finite
 * time.
 *
 * @throws RangeError unless N is an integer of at least 2, temperature and J positive, the field finite, and
 * the pinned spins fewer than N; for times from or to an M that does not occur, and sweeps that are not an
 * integer, 0 or above
 * @example
 * exact.completeIsing(100, { temperature: 0.5 }).meanAbsMagnetisation; // 0.9551
 * exact.completeIsing(20, { temperature: 0.5 }).reversalTime(); // 5110
 */
export function completeIsing(N: number, parameters: CompleteIsingParameters): CompleteIsing {
  requireInteger('completeIsing', 'N', N, 2, 10_000_000);
  const {
    temperature: T,
    J,
    field: h,
    pinned,
  } = readOptions('completeIsing', parameters, { ...meanFieldOptions, ...completeIsingOptions });
  requireInteger('completeIsing', 'pinned', pinned, 0, N - 1);
  const free = N - pinned;
  const magnetisations = Int32Array.from({ length: free + 1 }, (_, u) => 2 * u - N);
  const energies = Float64Array.from(magnetisations, (M) => -(J * M * M) / (2 * N) - h * M);
  const logWays = (u: number): number => lgam(free + 1) - lgam(u + 1) - lgam(free - u + 1);
  const { probabilities, freeEnergy, entropy } = boltzmannLaw(
    energies.map((E, u) => E - T * logWays(u)),
    T,
  );
  const expectation = (of: (u: number) => number): number =>
    probabilities.reduce((sum, p, u) => sum + p * of(u), 0);
  const average = (of: (m: number) => number): number => expectation((u) => of(magnetisations[u] / N));
  const meanEnergy = expectation((u) => energies[u]);
  const energyVariance = expectation((u) => (energies[u] - meanEnergy) ** 2);
  const [mean, square] = [average((m) => m), average((m) => m ** 2)];
  const chain = heatBathChain(magnetisations, (M) => (J * M) / N + h, T);
  const indexOf = (M: number): number => {
    const u = magnetisations.indexOf(M);
    if (u < 0)
      throw new RangeError(
        `completeIsing: M must be one of ${-N}, ${2 - N} ... ${N - 2 * pinned}, got ${String(M)}`,
      );
    return u;
  };
  const mostProbable = (sign: number): number => {
    const side = [...magnetisations.keys()].filter((u) => magnetisations[u] * sign > 0);
    if (side.length === 0)
      throw new RangeError(`completeIsing: there is no M above 0 with ${pinned} of ${N} spins pinned to -1`);
    return side.reduce((best, u) => (probabilities[u] > probabilities[best] ? u : best));
  };
  return printAs<CompleteIsing>(
    {
      magnetisations,
      probabilities,
      ...finiteEquilibrium(N, T, { meanEnergy, energyVariance, freeEnergy }, entropy + expectation(logWays)),
      magnetisation: mean,
      meanAbsMagnetisation: average(Math.abs),
      meanSquaredMagnetisation: square,
      binder: 1 - average((m) => m ** 4) / (3 * square ** 2),
      susceptibility: (N * average((m) => (m - mean) ** 2)) / T,
      chain,
      average,
      passageTime: (from, to) => passageTime(chain, indexOf(from), indexOf(to)),
      lawAfter: (sweeps, from) => {
        requireInteger('completeIsing', 'sweeps', sweeps, 0);
        return lawAfter(chain, indexOf(from), sweeps * N, 1 / N);
      },
      reversalTime: (sign = 1) => passageTime(chain, mostProbable(sign), mostProbable(-sign)),
    },
    modelCard<CompleteIsing>(
      `Ising model on the complete graph of ${countText(N, 'spin')}, exact`,
      { temperature: T, 'coupling J': J },
      {
        ...whole,
        meanAbsMagnetisation: 'mean |magnetisation|',
        binder: 'Binder cumulant',
        susceptibility: 'susceptibility',
      },
      (result) => addCaption(sparkline([result.probabilities]), ['probability by magnetisation']),
    ),
  );
}

/**
 * Rates per sweep at which u goes up and down; the field on a spin that is down is that of the others, at M +
 * 1.
 */
function heatBathChain(magnetisations: Int32Array, fieldAt: (M: number) => number, T: number): BirthDeath {
  const free = magnetisations.length - 1;
  const up = (localField: number): number => 1 / (1 + Math.exp((-2 * localField) / T));
  return {
    rise: Float64Array.from(magnetisations, (M, u) => (free - u) * up(fieldAt(M + 1))),
    fall: Float64Array.from(magnetisations, (M, u) => u * up(-fieldAt(M - 1))),
  };
}
