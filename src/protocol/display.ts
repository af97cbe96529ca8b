// How networks and their runs show: what happened, how much was sent, why it ended.
import { byteSize, card, counted, formatNumber, grouped, type MimeBundle, captioned, sparkline } from '../display/index.js';
import type { Adversary } from './adversaries.js';
import type { Emtd } from './emtd.js';
import type { FinalityRecord } from './finalityRecord.js';
import type { Spreading } from './coverage.js';
import type { Deciding } from './decisions.js';
import { internet2019 } from './internet2019.js';
import type { Internet } from './latency.js';
import type { Sybils } from './sybils.js';
import type { MessageCounts, Network, NetworkRun } from './network.js';
import type { OneWay } from './oneWay.js';
import type { PairwiseAveraging } from './pairwise.js';

const traffic = ({ sent, delivered, lost, repeated, bytes }: MessageCounts) => ({
  'messages sent': grouped(sent), delivered: grouped(delivered), lost: lost > 0 ? grouped(lost) : undefined,
  repeated: repeated > 0 ? grouped(repeated) : undefined, bytes: bytes > 0 ? byteSize(bytes) : undefined,
});

export const networkCard = ({ protocol, nodeCount, now, events, messages }: Network): MimeBundle =>
  card(`${protocol.name} among ${counted(nodeCount, 'node')}`, { 'time, seconds': formatNumber(now), events: grouped(events), ...traffic(messages) });

export const runCard = ({ reason, time, events, messages, hash, observed }: NetworkRun): MimeBundle =>
  card(`Run of ${counted(events, 'event')}: ${reason}`, { 'until, seconds': formatNumber(time), ...traffic(messages), 'trajectory hash': hash },
    observed.length > 1 ? { picture: captioned(sparkline([observed]), ['observed by time']) } : {});

/** Of what has a name that says it all. */
export const nameText = ({ name }: { readonly name: string }): MimeBundle => ({ 'text/plain': name });

export const internetCard = ({ regions }: Internet): MimeBundle =>
  card(`Internet of 2019, ${counted(regions.length, 'node')}`, Object.fromEntries(internet2019.regions.map((name, region) => [
    name, `${counted(regions.reduce((sum, each) => sum + Number(each === region), 0), 'node')}`,
  ])));

export const adversaryText = ({ name, members }: Adversary): MimeBundle =>
  ({ 'text/plain': `${name}: ${members.reduce((sum, member) => sum + member, 0)} of ${counted(members.length, 'node')}` });

export const finalityRecordCard = ({ rule, times, count, completed, isSplit, isValid }: FinalityRecord): MimeBundle =>
  card(`Finality by "${rule}"`, {
    'nodes that are sure': `${grouped(count)} of ${grouped(times.length)}`, 'all, at seconds': Number.isNaN(completed) ? 'never' : formatNumber(completed),
    'two ledgers final': isSplit ? 'yes' : 'no', valid: isValid ? 'yes' : 'no',
  });

export const emtdCard = ({ graph, options, agreement, changes, forgeries, records }: Emtd): MimeBundle =>
  card(`EMTD on ${graph.name}`, {
    ledgers: grouped(options.values.length), rule: options.rule ?? 'hastings', changes: grouped(changes), 'share of the honest that agree': formatNumber(agreement),
    adversary: options.adversary?.name, 'forgeries accepted': forgeries.received > 0 ? `${grouped(forgeries.accepted)} of ${grouped(forgeries.received)}` : undefined,
    'taken for final': records.length > 0 ? records.map(({ rule, count }) => `${count} by "${rule}"`).join(', ') : undefined,
  });

export const spreadingCard = ({ name, coverage }: Spreading): MimeBundle =>
  card(name, { coverage: `${grouped(coverage.holders)} of ${counted(coverage.nodeCount, 'node')}`, duplicates: grouped(coverage.duplicates) });

export const decidingCard = ({ name, decisions: { decided, honest, counts: [zero, one], agreement, validity } }: Deciding): MimeBundle =>
  card(name, {
    decided: `${grouped(decided)} of ${counted(honest, 'honest node')}`, 'for 0 and for 1': `${zero}, ${one}`,
    agreement: agreement ? 'yes' : 'no', validity: validity ? 'yes' : 'no',
  });

export const pairwiseCard = ({ name, values, varianceRatio }: PairwiseAveraging): MimeBundle =>
  card(name, { nodes: grouped(values.length), 'variance / at the start': formatNumber(varianceRatio) });

export const oneWayCard = ({ name, counts: [minus, blank, plus] }: OneWay): MimeBundle =>
  card(name, { 'at -1': grouped(minus), blank: blank > 0 ? grouped(blank) : undefined, 'at 1': grouped(plus) });

export const sybilsText = ({ weighting, members, share }: Sybils): MimeBundle =>
  ({ 'text/plain': `${counted(members.reduce((sum, member) => sum + member, 0), 'Sybil identity', 'Sybil identities')} of ${counted(members.length, 'node')}: ${formatNumber(share)} of the weight by ${weighting}` });
