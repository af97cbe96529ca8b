// What the cluster samplers share: fields of one spin or label per node as numbers 0 ... q - 1, chain after
// chain, and sizes of clusters along the run.
import { type Hamiltonian, requireCodomain, requireEnergy } from '../../energies/index.js';
import { needed, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { integer } from '../../numerics/rules.js';
import { aTemperature } from '../check.js';
import { chainsOf, joined } from '../chains.js';
import { type ClusterEnergy, clusterEnergy } from './clusterEnergy.js';
import { makeSampler, stepByStep, type RunPosition } from '../makeSampler.js';
import { EnergyNotANumber } from '../energyNotANumber.js';
import { type Sampler, SamplerStopped, type SavedState } from '../sampler.js';
import { asSchedule } from '../schedules/schedule.js';
import { movesField, possibleValues, spinsOrLabels, valuesText } from '../singleSite/movedField.js';
import { reduced } from '../singleSite/siteRule.js';

const clusterOptions = {
  /** T, in units of energy; k_B = 1: a number, or a schedule. */
  temperature: needed(aTemperature),
  /** Number q of labels 0 ... q - 1; without it, spins +-1. */
  states: integer(2),
};

/** Options of `wolff` and `swendsenWang`. */
export interface ClusterOptions extends Options, OptionsOf<typeof clusterOptions> {}

/** Where a cluster sampler stands. */
export interface ClusterState extends RunPosition {
  /** 1 where a node is held. */
  readonly held: Uint8Array;
  /** The value's number at each node, one array per chain; 0 stands for the spin -1, and 1 for +1. */
  readonly chains: readonly Int32Array[];
  /** Nodes that took another value, by chain. */
  readonly accepted: Float64Array;
  /** Sum over steps of the mean size of the cluster of a node, by chain. */
  readonly sizes: Float64Array;
}

/** One step of one chain, which changes the numbers in place. */
export interface ClusterStep extends Pick<RunPosition, 'key' | 'step'> {
  readonly numbers: Int32Array;
  readonly held: Uint8Array;
  readonly temperature: number;
  /** By edge: the probability that a bond between equal ends is active. */
  readonly activation: Float64Array;
  readonly chain: number;
  readonly chains: number;
}

/** How many nodes took another value, and how large the cluster of a node was on average. */
export type ClusterMove = (step: ClusterStep) => { readonly changed: number; readonly size: number };

/** @param move makes the move, with the arrays that it works in */
export function clusterSampler(
  caller: string,
  title: string,
  move: (energy: Hamiltonian, clusters: ClusterEnergy, q: number) => ClusterMove,
  energy: Hamiltonian,
  options: ClusterOptions,
): Sampler<ClusterState> {
  requireEnergy(caller, energy);
  const { states, ...given } = readOptions(caller, options, clusterOptions);
  const moved = spinsOrLabels(caller, states);
  requireCodomain(caller, energy.terms, moved.codomain);
  const temperature = asSchedule(caller, given.temperature);
  const values = Float64Array.from(possibleValues(states));
  const nodes = energy.graph.nodeCount;
  const clusters = clusterEnergy(caller, energy, values);
  const turn = move(energy, clusters, values.length);
  const forbids = clusters.sites?.includes(Infinity) ?? false; // a state to start from may be forbidden
  const activationAt = activations(clusters);
  const numbers = (field: ArrayLike<number>, chains: number): Int32Array[] =>
    chainsOf(field, chains).map((chain) => Int32Array.from(chain, (value) => values.indexOf(value)));

  return makeSampler<ClusterState>({
    caller,
    name: `${title} (${valuesText(states)})`,
    energy,
    temperature,
    attempts: nodes,
    needs: ['accepted', 'sizes'],
    ...movesField(moved, nodes, true),
    start({ gauge, shape: [, , chains] }, { values: field, accepted, sizes }) {
      const held = new Uint8Array(nodes);
      if (typeof gauge === 'object') for (const node of gauge.pinned) held[node] = 1;
      return {
        held,
        chains: numbers(field, chains),
        accepted,
        sizes: Float64Array.from(sizes ?? new Float64Array(chains)),
      };
    },

    advance: stepByStep((state) => {
      const { step, key, held, chains, accepted, sizes } = state;
      const T = temperature.at(step);
      const activation = activationAt(T);
      const all = { held, temperature: T, activation, key, step, chains: chains.length };
      const before = forbids
        ? { chains: chains.map((each) => each.slice()), accepted: accepted.slice(), sizes: sizes.slice() }
        : undefined;
      chains.forEach((numbers, chain) => {
        try {
          const { changed, size } = turn({ ...all, numbers, chain });
          accepted[chain] += changed;
          sizes[chain] += size;
        } catch (error) {
          if (!before) throw error;
          throw new SamplerStopped(new EnergyNotANumber(caller, (error as Error).message, { step, chain }), {
            ...state,
            ...before,
          });
        }
      });
      return { ...state, step: step + 1 };
    }),

    values: ({ chains }) =>
      Float32Array.from(joined(chains.map((chain) => Float64Array.from(chain, (number) => values[number])))),
    accepted: ({ accepted }) => accepted,
    others: ({ sizes }) => ({ sizes: sizes.slice() }),
    load: (state, field) => ({ ...state, chains: numbers(field, state.shape[2]) }),
  });
}

/** p = 1 - e^(-gap / T) of each edge, computed again when the temperature changes. */
function activations({ gaps }: ClusterEnergy): (temperature: number) => Float64Array {
  const probabilities = new Float64Array(gaps.length);
  let last: number | undefined;
  return (temperature) => {
    if (temperature !== last)
      gaps.forEach((gap, e) => (probabilities[e] = -Math.expm1(-reduced(gap, temperature))));
    last = temperature;
    return probabilities;
  };
}

/**
 * The mean size of the cluster of a node over the steps of a run by `swendsenWang` or `wolff`, by chain:
 * [chains]. Of free spins without fields it is the improved estimator of <M^2> / N = T chi, M the sum of all
 * spins; of q labels, with n_k nodes of label k, of (q <sum n_k^2> - N^2) / ((q - 1) N). Source: Wolff, Nucl.
 * Phys. B 300 (1988) 501, doi:10.1016/0550-3213(88)90224-6.
 *
 * @param since an earlier state of the same run, such as that after the burn-in: its steps are left out
 * @throws TypeError for a state of another sampler; RangeError unless there are steps in between
 * @example
 * const ising = hamiltonian(torus(16, 16), [bond((a, b) => a.mul(b).sum().neg())]);
 * const sampler = dynamics.wolff(ising, { temperature: 2.5 });
 * const burnt = await sample(sampler, { chains: 4, steps: 500, seed: 1 });
 * const { state } = await sample(sampler, { resume: burnt.state, steps: 2000, every: 2000 });
 * dynamics.meanClusterSize(state, burnt.state); // [52.90, 51.04, 50.08, 54.41]
 */
export function meanClusterSize({ sampler, step, arrays }: SavedState, since?: SavedState): Float64Array {
  const sizes = arrays['sizes'];
  if (!sizes)
    throw new TypeError(
      `meanClusterSize: the state must be one of swendsenWang or wolff, got one of ${sampler}`,
    );
  if (since && since.sampler !== sampler)
    throw new TypeError(`meanClusterSize: both states must be of one run, got one of ${since.sampler}`);
  const steps = step - (since?.step ?? 0);
  if (!(steps > 0)) throw new RangeError(`meanClusterSize: needs at least one step, got ${steps}`);
  return Float64Array.from(sizes, (sum, chain) => (sum - (since?.arrays['sizes'][chain] ?? 0)) / steps);
}
