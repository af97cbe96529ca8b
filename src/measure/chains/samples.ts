// The parts of a run and of an energy that measurement uses: anything of this shape can be measured.
import {
  addCaption,
  card,
  countText,
  type MimeBundle,
  printAs,
  rangeText,
  sparkline,
} from '../../display/index.js';
import { type Samples, requireCounts } from '../../dynamics/index.js';
import type { Hamiltonian } from '../../energies/index.js';
import type { Graph } from '../../graphs/index.js';
import { got } from '../../numerics/check.js';
import { aList } from '../../numerics/rules.js';
import { concatenate } from '../../statistics/index.js';

/** Recorded states of independent chains, as `sample()` returns them. */
export type ChainSamples = Pick<
  Samples,
  | 'sampler'
  | 'graph'
  | 'energy'
  | 'temperature'
  | 'temperatures'
  | 'nodeTemperatures'
  | 'nodes'
  | 'components'
  | 'chains'
  | 'gauge'
  | 'steps'
  | 'states'
  | 'acceptance'
>;

/**
 * Energy, gradient and local changes of one state [nodes, components] in float64; an energy of the lab says
 * its graph and its hash too.
 */
export type LocalEnergy = Pick<Hamiltonian, 'energy64' | 'gradient64' | 'track'> &
  Partial<Pick<Hamiltonian, 'graph' | 'hash'>>;

/** A number computed from one state [nodes, components], row-major. */
export interface Observable {
  (state: Float64Array, components: number): number;
  /** The graph, if the observable is defined on one graph only, as an energy is. */
  readonly graph?: Graph;
}

/** Throws where temperatures differ from node to node: then the law is not exp(-H/T). */
export function requireOneTemperature(
  caller: string,
  { nodeTemperatures }: Pick<ChainSamples, 'nodeTemperatures'>,
): void {
  if (!nodeTemperatures) return;
  throw new RangeError(
    `${caller}: the samples must have one temperature for all nodes, got ${rangeText(nodeTemperatures[0] ?? [])} by node`,
  );
}

/** Throws unless these are samples of exp(-H/T) under this energy, by its hash where both have one. */
export function requireLaw(caller: string, samples: ChainSamples, energy: LocalEnergy): void {
  requireCounts(caller, samples);
  requireOneTemperature(caller, samples);
  aList(caller, 'temperatures of the samples', samples.temperatures as never);
  const [sampled, given] = [samples.energy, energy.hash];
  if (sampled === undefined || given === undefined || sampled === given) return;
  const rule = `the energy must be the one that was sampled (${sampled.slice(0, 8)}), got another (${given.slice(0, 8)})`;
  throw new RangeError(
    `${caller}: ${rule}; { ...samples, energy: undefined } are judged under another on purpose`,
  );
}

/** Throws where what is measured belongs to another graph than the samples. */
export function requireSameGraph(
  caller: string,
  what: string,
  { graph: sampled }: Pick<ChainSamples, 'graph'>,
  graph: Graph | undefined,
): void {
  if (sampled === undefined || graph === undefined || graph.hash === sampled) return;
  const got = `got one of ${graph.name} (${graph.hash.slice(0, 8)})`;
  throw new RangeError(
    `${caller}: ${what} must be of the graph that was sampled (${sampled.slice(0, 8)}), ${got}`,
  );
}

/** The nodes that are not pinned. */
export function freeNodes({ nodes, gauge }: Pick<ChainSamples, 'nodes' | 'gauge'>): number[] {
  const pinned = new Set(typeof gauge === 'object' ? gauge.pinned : []);
  return [...Array(nodes).keys()].filter((node) => !pinned.has(node));
}

/** The state of one chain at one record, [nodes, components] in float64. */
export function stateOf({ states, chains }: ChainSamples, record: number, chain: number): Float64Array {
  const all = states[record];
  const state = new Float64Array(all.length / chains);
  for (let at = 0; at < state.length; at++) state[at] = all[at * chains + chain];
  return state;
}

/**
 * An observable along every chain: one series per chain, one number per record.
 *
 * @throws TypeError for an observable that returns no number; RangeError for counts that are not those of the
 * states, and for an energy of another graph than the samples
 * @example
 * const energy = hamiltonian(ring(10), [interaction()]);
 * const samples = await sample(langevin(energy, { temperature: 1, timeStep: 0.05 }), { chains: 2, steps: 3, seed: 1 });
 * observe(samples, measure.disagreement)[0]; // [0.04708, 0.1352, 0.2361]
 */
export const observe = (samples: ChainSamples, observable: Observable): Float64Array[] =>
  printAs(observeAll(samples, [observable])[0], seriesCard('record'));

/** Several observables along every chain in one pass: series [observable][chain]. */
export function observeAll(samples: ChainSamples, observables: readonly Observable[]): Float64Array[][] {
  requireCounts('observe', samples);
  for (const { graph } of observables) requireSameGraph('observe', 'the observable', samples, graph);
  const { states, chains, components } = samples;
  const series = observables.map(() => Array.from({ length: chains }, () => new Float64Array(states.length)));
  for (let record = 0; record < states.length; record++) {
    for (let chain = 0; chain < chains; chain++) {
      const state = stateOf(samples, record, chain);
      observables.forEach((observable, o) => {
        const value = observable(state, components);
        if (typeof value !== 'number')
          throw new TypeError(`observe: the observable must return a number, got ${got(value)}`);
        series[o][chain][record] = value;
      });
    }
  }
  return series;
}

const MOST_CURVES = 5;

/** The display of one series per chain: curves; `what` names the axis of a series. */
export function seriesCard(what: string): (chains: readonly ArrayLike<number>[]) => MimeBundle {
  return (chains) => {
    const curves = chains.slice(0, MOST_CURVES);
    const which =
      curves.length < chains.length ? [`${curves.length} of ${countText(chains.length, 'chain')}`] : [];
    const heading = `${countText(chains.length, 'chain')} of ${countText(chains[0]?.length ?? 0, what)}`;
    const picture = addCaption(sparkline(curves, { width: 260, height: 64 }), which);
    return card(heading, { values: rangeText(concatenate(chains)) }, picture);
  };
}
