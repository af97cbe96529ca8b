// A parameter as the Lagrange multiplier of a constraint, <cost> = C, whose value is found by dual ascent.
// With an energy that is linear in it, H = H_0 + m cost(x), dual ascent alternates runs at fixed m with
//   m <- m + eta (<cost> - C),
// the gradient of the dual function -T ln Z(m) - m C, which is concave: m converges (up to the noise of the
// runs) where the budget can be met, and otherwise grows for ever. Source: EMTD Definition 1.2 (lambda, mu);
// Uzawa, in Arrow, Hurwicz, Uzawa, Studies in Linear and Non-linear Programming (Stanford, 1958).
import {
  Aborted,
  card,
  countText,
  formatNumber,
  type MimeBundle,
  printAs,
  RunFailed,
  sparkline,
} from '../../display/index.js';
import { hamiltonian, type Hamiltonian, requireEnergy } from '../../energies/index.js';
import { needed, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { aFunction, anything, aString, finite, positive } from '../../numerics/rules.js';
import { count } from '../check.js';
import { defaultSeed } from '../../randomness/index.js';
import { mean } from '../../statistics/index.js';
import { chainsOf } from '../chains.js';
import { aField, type ProgressOptions, progressOptions } from '../runOptions.js';
import { sample } from '../sample.js';
import type { AnyState, Sampler, SavedState } from '../sampler.js';

const ascentOptions = {
  /** The parameter's name; the terms that have it are the cost that it multiplies. */
  multiplier: needed(aString),
  /** C, what the cost may be on average. */
  budget: needed(finite),
  /** eta: change of the multiplier per round and unit of cost above the budget. */
  rate: needed(positive),
  /** How often the multiplier is moved. */
  rounds: needed(count),
  /** Steps of the sampler per round. */
  steps: needed(count),
  /** The field at the start; its chains share the multiplier. */
  initial: needed(aField),
  /** An aborted ascent of the same call: it goes on as if never stopped. */
  resume: typed<DualAscent>(anything),
};

/** Options of `dualAscent`. */
export interface DualAscentOptions<State extends AnyState>
  extends ProgressOptions,
    OptionsOf<typeof ascentOptions> {
  /** The sampler of a round, for the energy with the multiplier of that round. */
  readonly sampler: (energy: Hamiltonian) => Sampler<State>;
}

/** The rounds of a `dualAscent`, and where its field stands. */
export interface DualAscent {
  /** The multiplier that each round ran with, from 0. */
  readonly multipliers: readonly number[];
  /** Mean cost over the steps and chains of each round. */
  readonly costs: readonly number[];
  /** Where the field stands after the last round. */
  readonly state?: SavedState;
}

/**
 * Moves a multiplier until the mean cost meets its budget; all chains share the multiplier.
 *
 * @throws RangeError if no term has the parameter, or unless rate, rounds and steps are positive;
 *         Aborted<DualAscent>, RunFailed<DualAscent>
 * @example
 * const priced = hamiltonian(ring(20), [energies.computationalCost('grand-canonical', { mu: 0 })]);
 * const initial = randomSpins({ sites: 20, chains: 16, seed: 1 });
 * const { multipliers } = await dynamics.dualAscent(priced, {
 *   multiplier: 'mu', budget: 5, rate: 0.05, rounds: 100, steps: 10, initial, seed: 1,
 *   sampler: (energy) => metropolis(energy, { temperature: 1, proposal: dynamics.flip }),
 * });
 * multipliers.at(-1); // 1.114, near ln 3 = 1.0986
 */
export async function dualAscent<State extends AnyState>(
  energy: Hamiltonian,
  options: DualAscentOptions<State>,
): Promise<DualAscent> {
  requireEnergy('dualAscent', energy);
  const declared = {
    ...progressOptions,
    ...ascentOptions,
    sampler: needed(typed<DualAscentOptions<State>['sampler']>(aFunction)),
  };
  const given = readOptions<typeof declared>('dualAscent', options, declared);
  const { multiplier, budget, rate, rounds, steps, sampler, initial, onProgress, signal, resume } = given;
  const { seed = defaultSeed() } = given;
  const cost = costOf(energy, multiplier);
  const [multipliers, costs] = [[...(resume?.multipliers ?? [])], [...(resume?.costs ?? [])]];
  let state = resume?.state;
  const collected = (): DualAscent =>
    printAs({ multipliers, costs, ...(state ? { state } : {}) }, dualAscentCard);
  while (costs.length < rounds) {
    const value = costs.length === 0 ? 0 : multipliers.at(-1)! + rate * (costs.at(-1)! - budget);
    const samples = await sample(sampler(energy.with({ [multiplier]: value })), {
      steps,
      ...(state ? { resume: state, allow: ['energy'] as const } : { initial, seed }),
      signal,
    }).catch((error: unknown) => {
      if (error instanceof Aborted) throw new Aborted('dualAscent', `${costs.length} rounds`, collected());
      throw error instanceof RunFailed ? new RunFailed(error.cause, collected()) : error;
    });
    multipliers.push(value);
    costs.push(mean(samples.states.flatMap((values) => chainsOf(values, samples.chains).map(cost))));
    state = samples.state;
    onProgress?.(costs.length, rounds);
  }
  return collected();
}

/** The energy of the terms with the multiplier, at multiplier 1 less at 0. */
function costOf(energy: Hamiltonian, multiplier: string): (state: Float64Array) => number {
  const terms = energy.terms.filter(({ parameters }) => multiplier in parameters);
  if (terms.length === 0) throw new RangeError(`dualAscent: no term has a parameter ${multiplier}`);
  const [at0, at1] = [0, 1].map((value) => hamiltonian(energy.graph, terms).with({ [multiplier]: value }));
  return (state) => at1.energy64(state) - at0.energy64(state);
}

function dualAscentCard({ multipliers, costs }: DualAscent): MimeBundle {
  const last = (values: readonly number[]): string => formatNumber(values.at(-1)!);
  return card(
    `Dual ascent of ${countText(multipliers.length, 'round')}`,
    {
      'multiplier, last round': multipliers.length > 0 ? last(multipliers) : undefined,
      'mean cost, last round': costs.length > 0 ? last(costs) : undefined,
    },
    sparkline([multipliers]),
    'multiplier by round',
  );
}
