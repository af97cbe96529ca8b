// How the ambient field shows: its rates, a relaxation as curves of what is held and what is in the air, a run of events.
import { captioned, card, counted, formatNumber, grouped, type MimeBundle, rangeText, sparkline } from '../display/index.js';
import type { ContactRun } from './contactProcess.js';
import type { EventRun } from './events.js';
import type { Merge, OrderOutcomes } from './merges.js';
import type { Presence } from './presence.js';
import type { Relaxation } from './relax.js';

export const presenceCard = ({ graph, decay, release, participation, states, isLinear, currents }: Presence): MimeBundle =>
  card(`Presence field on ${graph.name}`, {
    'decay γ': formatNumber(decay),
    'release σ': formatNumber(release),
    'participation u': rangeText(participation),
    states: states === 1 ? undefined : grouped(states),
    replacement: isLinear ? 'linear' : currents.terms.at(-1)!.latex(),
  });

export function relaxationCard({ times, states }: Relaxation): MimeBundle {
  const last = states.at(-1)!;
  return card(`Presence field at ${counted(times.length, 'time')}`, {
    'until time': formatNumber(times.at(-1)!), 'held and in the air': rangeText(last), 'in all': formatNumber(total(last)),
  }, states.length > 1 ? { picture: captioned(sparkline([states.map((state) => Math.max(...state))]), ['largest number by time']) } : {});
}

export const eventsCard = ({ times, counts, events }: EventRun): MimeBundle =>
  card(`${counted(events, 'event')} of a presence field`, {
    'until time': formatNumber(times.at(-1)!), quanta: grouped(total(counts.at(-1)!)), 'counts at the end': rangeText(counts.at(-1)!),
  });

export const contactCard = ({ times, shares, extinction, events }: ContactRun): MimeBundle =>
  card(`Contact process of ${counted(events, 'event')}`, {
    'until time': formatNumber(times.at(-1)!),
    'present at the end': `${formatNumber(shares.at(-1)!)} of the nodes`,
    'lost at time': extinction === undefined ? 'never' : formatNumber(extinction),
  }, shares.length > 1 ? { picture: captioned(sparkline([shares]), ['share of the nodes by time']) } : {});

export const mergeText = ({ name }: Merge): MimeBundle => ({ 'text/plain': `merge by ${name}` });

export const outcomesCard = ({ merge, states, distinct }: OrderOutcomes): MimeBundle =>
  card(`Merge by ${merge} in ${counted(states.length, 'order')}`, { 'different outcomes': grouped(distinct) });

const total = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0);
