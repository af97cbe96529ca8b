// How samplers and what they leave behind show: a run's numbers, its course as curves, its schedule.
import {
  captioned, card, counted, formatNumber, grouped, type MimeBundle, type Picture, rangeText, sparkline,
} from '../display/index.js';
import type { DualAscent } from './dualAscent.js';
import type { DrivenRun } from './drive.js';
import type { NodeSchedule } from './nodeTemperature.js';
import type { Tempering } from './parallelTempering.js';
import type { Proposal } from './proposal.js';
import type { Samples } from './sample.js';
import type { AnyState, Sampler, SavedState } from './sampler.js';
import type { Schedule } from './schedule.js';

/** Chains and records whose means are drawn, and values that are read for it. */
const drawn = { chains: 5, records: 240, values: 2e6 };

export function samplesCard(samples: Omit<Samples, 'state'> & Partial<Pick<Samples, 'state'>>): MimeBundle {
  const { sampler, temperatures, temperature, nodeTemperatures, nodes, components, chains, steps, every, gauge, seed, acceptance, state } = samples;
  const byNode = nodeTemperatures?.at(-1);
  const between = steps.length < 2 ? '' : `, steps ${grouped(steps[0])} to ${grouped(steps.at(-1)!)} by ${grouped(every)}`;
  return card(`Samples of ${sampler}`, {
    temperature: temperatures.length === 0 ? formatNumber(temperature) : byNode ? undefined : rangeText(temperatures),
    'temperature by node': byNode && `${rangeText(byNode)}, at the last record`,
    chains: grouped(chains),
    records: `${grouped(steps.length)}${between}`,
    shape: `[${nodes}, ${components}, ${chains}] = [nodes, components, chains] a record`,
    gauge: gaugeText(gauge),
    acceptance: acceptance && shareText(acceptance),
    seed,
    'state at': state && `step ${grouped(state.step)}`,
  }, { picture: courseOf(samples) });
}

const gaugeText = (gauge: Samples['gauge']): string =>
  typeof gauge === 'string' ? gauge : `pinned at ${counted(gauge.pinned.length, 'node')}`;

const shareText = (shares: readonly number[]): string => {
  const [least, greatest] = [Math.min(...shares), Math.max(...shares)];
  const percent = (share: number): string => formatNumber(100 * share);
  return least === greatest ? `${percent(least)} %` : `${percent(least)} to ${percent(greatest)} % by chain`;
};

/** The mean over nodes of component 0, record by record, of the first chains. */
function courseOf({ states, nodes, components, chains, steps }: Omit<Samples, 'state'>): Picture | undefined {
  const curves = Math.min(chains, drawn.chains);
  if (states.length < 2) return undefined;
  const stride = Math.max(Math.ceil(states.length / drawn.records), Math.ceil((states.length * nodes * curves) / drawn.values));
  const records = states.filter((_, record) => record % stride === 0);
  const means = Array.from({ length: curves }, (_, chain) => Float64Array.from(records, (values) => {
    let sum = 0;
    for (let node = 0; node < nodes; node++) sum += values[node * components * chains + chain];
    return sum / nodes;
  }));
  const which = curves < chains ? `${curves} of ${chains} chains` : counted(chains, 'chain');
  const component = components === 1 ? '' : ' of component 0';
  return captioned(sparkline(means, { width: 260, height: 64 }), [
    `mean over nodes${component}, ${which}, steps ${grouped(steps[0])} to ${grouped(steps.at(-1)!)}`,
  ]);
}

export function samplerCard({ name, energy, temperature, law }: Pick<Sampler<AnyState>, 'name' | 'energy' | 'temperature' | 'law'>): MimeBundle {
  const isByNode = typeof temperature.at(0) !== 'number';
  return card(`Sampler ${name}`, {
    law: law ?? (isByNode ? 'no exp(-H/T) where temperatures differ: heat flows' : undefined),
    temperature: temperature.name,
    energy: energy.terms.map((term) => term.name).join(' + '),
    graph: String(energy.graph),
  });
}

const steps = [0, 10, 100, 1000, 10_000];

export function scheduleCard(schedule: Schedule): MimeBundle {
  const temperatures = steps.map((step) => schedule.at(step));
  if (temperatures.every((T) => T === temperatures[0])) return card(`Temperature ${schedule.name}`, {});
  const curve = Float64Array.from({ length: 120 }, (_, k) => schedule.at(Math.round(10 ** (k / 29.75)) - 1));
  return card(`Temperature ${schedule.name}`, Object.fromEntries(
    steps.map((step, k) => [`at step ${grouped(step)}`, formatNumber(temperatures[k])]),
  ), { picture: captioned(sparkline([curve]), ['steps 0 to 10,000, logarithmic']) });
}

export function nodeScheduleCard(schedule: NodeSchedule): MimeBundle {
  const [first, ...later] = [0, 10, 100].map((step) => [`at step ${step}`, rangeText(schedule.at(step) as ArrayLike<number>)] as const);
  return card(`Temperature ${schedule.name}`, later.every(([, range]) => range === first[1]) ? { 'at every node': first[1] } : Object.fromEntries([first, ...later]));
}

export const proposalCard = ({ name, codomain, states, draws }: Proposal): MimeBundle =>
  card(`Proposal ${name}`, { moves: `${codomain} fields`, states, draws: draws === 'none' ? 'nothing' : `a ${draws} a component` });

export function savedStateCard({ sampler, seed, step, shape, gauge, arrays }: SavedState): MimeBundle {
  const kept = Object.entries(arrays).map(([name, array]) => `${name} (${counted(array.length, 'number')})`);
  return card(`State of ${sampler}`, {
    step: grouped(step), shape: `[${shape.join(', ')}] = [nodes, components, chains]`, gauge: gaugeText(gauge), seed, holds: kept.join(', '),
  });
}

export function dualAscentCard({ multipliers, costs }: DualAscent): MimeBundle {
  const last = (values: readonly number[]): string => formatNumber(values.at(-1)!);
  return card(`Dual ascent of ${counted(multipliers.length, 'round')}`, {
    'multiplier, last round': last(multipliers), 'mean cost, last round': last(costs),
  }, { picture: captioned(sparkline([multipliers]), ['multiplier by round']) });
}

export function drivenCard({ sampler, protocol, temperatures, work, heat, entropy, energies }: DrivenRun): MimeBundle {
  const average = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0) / values.length;
  return card(`Driven run of ${sampler}`, {
    protocol: `${formatNumber(protocol[0])} to ${formatNumber(protocol.at(-1)!)} in ${counted(protocol.length - 1, 'jump')}`,
    temperature: rangeText(temperatures),
    chains: grouped(work.length),
    'mean work': formatNumber(average(work)),
    'mean heat': formatNumber(average(heat)),
    'mean entropy to the bath': formatNumber(average(entropy)),
  }, { picture: captioned(sparkline([Float64Array.from(energies, average)]), ['mean energy by stage']) });
}

export function temperingCard({ samples, swaps, roundTrips }: Tempering): MimeBundle {
  return card(`Parallel tempering of ${samples[0].sampler}`, {
    temperatures: `${samples.length}, ${rangeText(samples.map(({ temperature }) => temperature))}`,
    ladders: grouped(samples[0].chains),
    rounds: grouped(samples[0].steps.length),
    'swaps taken': `${shareText(swaps.map(({ rate }) => rate)).replace('chain', 'pair')}`,
    'round trips': grouped(roundTrips.reduce((sum, trips) => sum + trips, 0)),
  });
}
