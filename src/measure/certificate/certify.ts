// The certificate: whether samples have the law exp(-H/T) at their declared temperature, judged from the
// samples and the energy alone, on observables that are blind to the field's gauge.
//   temperature            <|grad H|^2> / <laplacian H>, or maximum pseudolikelihood for spins
//   parts                  the same by component and node; frozen parts
//   stationarity           the beginning of every chain against its second half
//   agreement of chains    rank-normalised split R-hat; chains that are copies of each other
//   length                 effective sample size, 50 for every half chain
//   law                    total variation distance to the enumerated law of small spin systems
// A correct run is flagged with a probability of 1 % at most (significance.ts).
import { type Certificate, certificateOf } from './certificate.js';
import { pooledTime } from '../chains/autocorrelationTime.js';
import { acceptanceFindings, explorationFindings, type Exploration, report } from './exploration.js';
import { fieldTemperature } from './fieldTemperature.js';
import { labelTemperature } from './labelTemperature.js';
import { type NodeValue, nodeValuesOf } from '../observables/localLaws.js';
import { firstOther, Hamiltonian } from '../../energies/index.js';
import { requirePositive } from '../../numerics/check.js';
import { mean, short } from '../../statistics/index.js';
import {
  angleOrder,
  disagreement,
  energyOf,
  majorityFraction,
  ofComponent,
  orderParameter,
} from '../observables/observables.js';
import { replicasOf } from '../chains/replicas.js';
import {
  observeAll,
  requireLaw,
  stateOf,
  type ChainSamples,
  type LocalEnergy,
  type Observable,
} from '../chains/samples.js';
import { threshold } from './significance.js';
import { isEnumerable, totalVariation, type TotalVariation } from './enumeratedLaw.js';

const FEWEST_CHAINS = 4;
const FEWEST_RECORDS = 16;
/** Up to this number, each component has its own observable. */
const MOST_COMPONENTS = 8;

/**
 * The certificate of a sample: convergence, effective size and temperature of the chains, in words, with the
 * tests it passed.
 *
 * @param samples at least 4 independent chains of at least 16 records, at one temperature
 * @param energy H; of a continuous field it must be twice differentiable
 * @returns numbers with intervals, `findings` in words, `passed` if there are none
 * @throws RangeError for fewer chains or records, a temperature that is not positive, temperatures by node,
 * or another energy than the samples'
 * @example
 * const energy = hamiltonian(smallWorld(50, 4, 0.1, { seed: 1 }), [interaction()]);
 * const sampler = langevin(energy, { temperature: 1, timeStep: 0.05 });
 * const samples = await sample(sampler, { chains: 16, burnIn: 2000, steps: 20_000, every: 50, seed: 1 });
 * certify(samples, energy);
 * // Certificate of langevin (leimkuhler-matthews, dt = 0.05), 16 chains of 400 records: passed
 * //   configurational temperature   1.000 [0.995, 1.006]        declared 1
 * //   energy                        24.5 [24.4, 24.6]           tau 0.957, effective 6810, R-hat 1.000
 * //   disagreement                  0.264 [0.262, 0.267]        tau 1.17, effective 5693, R-hat 1.000
 * certify({ ...samples, temperature: 0.5 }, energy).findings[0];
 * // 'configurational temperature 1.000 [0.995, 1.006] against the declared 0.5: energy differences off by a factor 2, ...'
 */
export function certify(samples: ChainSamples, energy: LocalEnergy): Certificate {
  requireLaw('certify', samples, energy);
  requireEnough(samples);
  const { chains, acceptance } = samples;
  const records = samples.states.length;
  const letters = nodeValuesOf(samples);
  const observables = chainObservables(samples, energy, letters);
  const slowest = Math.max(...observables.map(({ time }) => time));
  const replicas = replicasOf(chains, records, slowest);
  const reports = observables.map((observable) => report(observable, replicas));
  const { temperature, findings } = letters
    ? labelTemperature(samples, energy, letters, replicas, slowest)
    : fieldTemperature(samples, energy, replicas);
  const tv = isEnumerable(samples) ? totalVariation(samples, energy, replicas, threshold()) : undefined;
  return certificateOf(
    {
      sampler: samples.sampler,
      declaredTemperature: samples.temperature,
      method: letters ? 'spin temperature' : 'configurational temperature',
      temperature,
      observables: Object.fromEntries(observables.map(({ name }, o) => [name, reports[o]])),
      tau: Math.max(...reports.map(({ tau }) => tau)),
      ess: Math.min(...reports.map(({ ess }) => ess)),
      rHat: Math.max(...reports.map(({ rHat }) => rHat)),
      acceptance: acceptance && mean(acceptance),
      tv,
      chains,
      records,
    },
    [
      ...scheduleFindings(samples),
      ...spinFindings(letters, energy),
      ...findings,
      ...explorationFindings(observables, reports),
      ...lawFindings(tv),
      ...acceptanceFindings(acceptance),
    ],
  );
}

function requireEnough({ chains, states, temperature }: ChainSamples): void {
  if (chains < FEWEST_CHAINS) {
    throw new RangeError(`certify: needs at least ${FEWEST_CHAINS} independent chains, got ${chains}`);
  }
  if (states.length < FEWEST_RECORDS) {
    throw new RangeError(`certify: needs at least ${FEWEST_RECORDS} records, got ${states.length}`);
  }
  requirePositive('certify', 'temperature', temperature);
}

/**
 * Observables that do not change under the field's gauge: the energy first, then one that measures slow
 * modes.
 */
function chainObservables(
  samples: ChainSamples,
  energy: LocalEnergy,
  letters: readonly NodeValue[] | undefined,
): Exploration[] {
  const { components } = samples;
  const [name, slow, byComponent] = slowObservable(samples, energy, letters);
  const parts: [string, Observable][] =
    byComponent && 1 < components && components <= MOST_COMPONENTS
      ? Array.from({ length: components }, (_, k) => [`${name} of component ${k}`, ofComponent(k, slow)])
      : [[name, slow]];
  const all: [string, Observable][] = [['energy', energyOf(energy)], ...parts];
  const series = observeAll(
    samples,
    all.map(([, watch]) => watch),
  );
  return all.map(([title], o) => ({ name: title, chains: series[o], ...pooledTime(series[o]) }));
}

/**
 * The observable that measures the slow modes of this kind of field, and whether it is also taken component
 * by component.
 */
function slowObservable(
  samples: ChainSamples,
  energy: LocalEnergy,
  letters: readonly NodeValue[] | undefined,
): [name: string, slow: Observable, byComponent: boolean] {
  if (areSpins(letters)) return ['order parameter', orderParameter, true];
  if (letters) return ['majority share', majorityFraction, false];
  return isPeriodic(samples, energy)
    ? ['angle order', angleOrder, true]
    : ['disagreement', disagreement, true];
}

/**
 * Whether turning any node by 2 pi leaves the energy unchanged: then values are angles, and only their sines
 * have a meaning.
 */
function isPeriodic(samples: ChainSamples, energy: LocalEnergy): boolean {
  const { nodes, components } = samples;
  const state = stateOf(samples, 0, 0);
  const moves = energy.track(state);
  const scale = Math.max(1, Math.abs(energy.energy64(state)));
  return [...Array(nodes).keys()].every((node) => {
    const turned = state
      .slice(node * components, (node + 1) * components)
      .map((angle) => angle + 2 * Math.PI);
    return Math.abs(moves.change(node, turned)) < 1e-9 * scale;
  });
}

function scheduleFindings({ temperatures }: ChainSamples): string[] {
  const [low, high] = [Math.min(...temperatures), Math.max(...temperatures)];
  return low < high ? [`the temperature changed during the run, from ${short(low)} to ${short(high)}`] : [];
}

/** Spins of an energy that is not of spins are of another model, however well they follow it. */
function spinFindings(letters: readonly NodeValue[] | undefined, energy: LocalEnergy): string[] {
  if (!areSpins(letters) || !(energy instanceof Hamiltonian)) return [];
  const [term, reason] = firstOther(energy.terms, 'spin') ?? [];
  return term
    ? [
        `the samples are spins +-1, and the energy has the term "${term.name}" ${reason}: it may be of another field`,
      ]
    : [];
}

const areSpins = (letters: readonly NodeValue[] | undefined): boolean =>
  letters?.every((letter) => letter.every((s) => Math.abs(s) === 1)) ?? false;

const lawFindings = (tv: TotalVariation | undefined): string[] =>
  tv && tv.distance > tv.limit
    ? [
        `total variation distance ${short(tv.distance)} to the enumerated law, above its noise floor ` +
          `${short(tv.noiseFloor)} and limit ${short(tv.limit)}: the samples have another law`,
      ]
    : [];
