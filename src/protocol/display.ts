// How networks and their runs show: what happened, how much was sent, why it ended.
import { byteSize, card, counted, formatNumber, grouped, type MimeBundle, captioned, sparkline } from '../display/index.js';
import { internet2019 } from './internet2019.js';
import type { Internet } from './latency.js';
import type { MessageCounts, Network, NetworkRun } from './network.js';

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
