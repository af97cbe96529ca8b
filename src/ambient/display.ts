// How the ambient field shows: its rates, a relaxation as curves of what is held and what is in the air, a run of events.
import { captioned, card, counted, formatNumber, grouped, type MimeBundle, rangeText, sparkline } from '../display/index.js';
import type { Walk } from './birthDeathWalk.js';
import type { ContactRun } from './contactProcess.js';
import type { EventRun } from './events.js';
import type { Finality } from './finality.js';
import type { Merge, OrderOutcomes } from './merges.js';
import type { Pitchfork } from './pitchfork.js';
import type { Presence } from './presence.js';
import type { Relaxation } from './relax.js';
import type { Society } from './society.js';
import type { StanceField } from './stances.js';
import type { Strategy } from './strategies.js';
import type { SplitNode } from './sybil.js';

export const presenceCard = ({ graph, decay, release, participation, states, isLinear, currents }: Presence): MimeBundle =>
  card(`Presence field on ${graph.name}`, {
    'decay γ': formatNumber(decay),
    'release σ': formatNumber(release),
    'participation u': rangeText(participation),
    states: states === 1 ? undefined : grouped(states),
    replacement: isLinear ? 'linear' : currents.terms.at(-1)!.latex(),
  });

export function relaxationCard({ times, states, state }: Relaxation): MimeBundle {
  return card(`Presence field at ${counted(times.length, 'time')}`, {
    'until time': formatNumber(times.at(-1) ?? 0), 'held and in the air': rangeText(state), 'in all': formatNumber(total(state)),
  }, states.length > 1 ? { picture: captioned(sparkline([states.map((each) => Math.max(...each))]), ['largest number by time']) } : {});
}

export const eventsCard = ({ times, counts, events }: EventRun): MimeBundle =>
  card(`${counted(events, 'event')} of a presence field`, {
    'until time': formatNumber(times.at(-1) ?? 0),
    ...(counts.length > 0 ? { quanta: grouped(total(counts.at(-1)!)), 'counts at the end': rangeText(counts.at(-1)!) } : {}),
  });

export const contactCard = ({ times, shares, state, extinction, events }: ContactRun): MimeBundle =>
  card(`Contact process of ${counted(events, 'event')}`, {
    'until time': formatNumber(times.at(-1) ?? 0),
    'present at the end': `${formatNumber(total(state) / state.length)} of the nodes`,
    'lost at time': extinction === undefined ? 'never' : formatNumber(extinction),
  }, shares.length > 1 ? { picture: captioned(sparkline([shares]), ['share of the nodes by time']) } : {});

export const pitchforkCard = ({ level, criticalMass }: Pitchfork): MimeBundle =>
  card('Two states that compete', {
    'even state': level === undefined ? 'never gives way' : 'gives way',
    'at m a node, each': level === undefined ? undefined : formatNumber(level),
    'at M in all': criticalMass === undefined ? undefined : formatNumber(criticalMass),
  });

export const mergeText = ({ name }: Merge): MimeBundle => ({ 'text/plain': `merge by ${name}` });

export const outcomesCard = ({ merge, states, distinct }: OrderOutcomes): MimeBundle =>
  card(`Merge by ${merge} in ${counted(states.length, 'order')}`, { 'different outcomes': grouped(distinct) });

export const strategyText = ({ name, rate }: Strategy): MimeBundle => ({ 'text/plain': `${name}, ${formatNumber(rate)} meetings a unit of time` });

export const societyCard = ({ time, held, carried, air }: Society): MimeBundle =>
  card(`Society of ${counted(held.length, 'node')}`, {
    time: formatNumber(time), held: rangeText(held), 'carried out': formatNumber(total(carried)), 'in the air': formatNumber(air),
    'in all': formatNumber(total(held) + total(carried) + air),
  });

export const splitCard = ({ graph, identities }: SplitNode): MimeBundle =>
  card(graph.name, { identities: grouped(identities.length), nodes: grouped(graph.nodeCount) });

export const stanceCard = ({ field, order, responses }: StanceField): MimeBundle =>
  card(`Field of ${counted(field.length, 'participant')}`, {
    order: formatNumber(order), field: rangeText(field),
    'who weaken it': grouped(responses.reduce((sum, each) => sum + Number(each < 0), 0)),
  });

const total = (values: Float64Array | Uint8Array): number => Array.from(values).reduce((sum, x) => sum + x, 0);

export const walkCard = ({ times, states, passage, events }: Walk): MimeBundle =>
  card(`Birth-death walk of ${counted(events, 'event')}`, {
    'until time': formatNumber(times.at(-1)!), 'passage at time': passage === undefined ? 'none' : formatNumber(passage), 'state at the end': grouped(states.at(-1)!),
  }, states.length > 1 ? { picture: captioned(sparkline([states]), ['state by time']) } : {});

export const finalityText = ({ estimate, interval: [low, high], isExact, nodes }: Finality): MimeBundle => ({
  'text/plain': isExact ? `${formatNumber(estimate)}, exactly, of a ball of ${counted(nodes, 'node')}`
    : `${formatNumber(estimate)} [${formatNumber(low)}, ${formatNumber(high)}], from copies of a ball of ${counted(nodes, 'node')}`,
});
