// The parts of a run and of an energy that measurement uses: anything of this shape can be measured.
import { addCaption, card, countText, type MimeBundle, printAs, rangeText, sparkline } from '../../display/index.js';
import type { Samples } from '../../dynamics/index.js';
import type { Hamiltonian } from '../../energy/index.js';
import { concatenate } from '../../statistics/splitChains.js';

/** Recorded states of independent chains, as `sample()` returns them. */
export type ChainSamples = Pick<
  Samples,
  | 'sampler' | 'temperature' | 'temperatures' | 'nodeTemperatures' | 'nodes' | 'components' | 'chains' | 'gauge' | 'steps' | 'states'
  | 'acceptance'
>;

/** Energy, gradient and local changes of one state [nodes, components] in float64. */
export type LocalEnergy = Pick<Hamiltonian, 'energy64' | 'gradient64' | 'track'>;

/** A number computed from one state [nodes, components], row-major. */
export type Observable = (state: Float64Array, components: number) => number;

/** Throws where temperatures differ from node to node: then the law is not exp(-H/T). */
export function requireOneTemperature(caller: string, { nodeTemperatures }: Pick<ChainSamples, 'nodeTemperatures'>): void {
  if (!nodeTemperatures) return;
  throw new RangeError(`${caller}: the samples must have one temperature for all nodes, got ${rangeText(nodeTemperatures[0] ?? [])} by node`);
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
 * @example
 * const energy = hamiltonian(ring(10), [interaction()]);
 * const samples = await sample(langevin(energy, { temperature: 1, timeStep: 0.05 }), { chains: 2, steps: 3, seed: 1 });
 * observe(samples, disagreement)[0]; // [0.04708, 0.1352, 0.2361]
 */
export const observe = (samples: ChainSamples, observable: Observable): Float64Array[] =>
  printAs(observeAll(samples, [observable])[0], seriesCard('record'));

/** Several observables along every chain in one pass: series [observable][chain]. */
export function observeAll(samples: ChainSamples, observables: readonly Observable[]): Float64Array[][] {
  const { states, chains, components } = samples;
  const series = observables.map(() => Array.from({ length: chains }, () => new Float64Array(states.length)));
  for (let record = 0; record < states.length; record++) {
    for (let chain = 0; chain < chains; chain++) {
      const state = stateOf(samples, record, chain);
      observables.forEach((observable, o) => (series[o][chain][record] = observable(state, components)));
    }
  }
  return series;
}

const MOST_CURVES = 5;

/** The display of one series per chain: curves; `what` names the axis of a series. */
export function seriesCard(what: string): (chains: readonly ArrayLike<number>[]) => MimeBundle {
  return (chains) => {
    const curves = chains.slice(0, MOST_CURVES);
    const which = curves.length < chains.length ? [`${curves.length} of ${countText(chains.length, 'chain')}`] : [];
    const heading = `${countText(chains.length, 'chain')} of ${countText(chains[0]?.length ?? 0, what)}`;
    const picture = addCaption(sparkline(curves, { width: 260, height: 64 }), which);
    return card(heading, { values: rangeText(concatenate(chains)) }, { picture });
  };
}
