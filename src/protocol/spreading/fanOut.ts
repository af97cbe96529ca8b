// Blind fan-out: a node that gets the rumour for the first time sends it to some different random peers, and
// then is silent. Among everybody, with one latency for all, the nodes first reached over h hops are, given
// those before, in the mean
//   n_h = (N - holders) (1 - (1 - fanout / (N - 1))^n_(h-1)).
// Source: the comment of 2023-03-27 to nim-libp2p issue 850
// (https://github.com/vacp2p/nim-libp2p/issues/850), a table for fan-out 8
// among 10,000. In its fourth row 531 nodes send, but its third row has reached 568 - 73 = 495: exact is 3648
// holders, not 3832.
import { printAs } from '../../display/index.js';
import type { Graph } from '../../graphs/index.js';
import { requireInteger } from '../../numerics/check.js';
import { byDefault, type OptionsOf, readOptions } from '../../numerics/options.js';
import { integer } from '../../numerics/rules.js';
import {
  Coverage,
  type Spreading,
  spreadingCard,
  spreadingOptions,
  type SpreadingOptions,
} from './coverage.js';
import type { Network } from '../network/network.js';
import { type Peers, peersOf, randomPeers } from '../network/peers.js';

const fanOutOptions = {
  ...spreadingOptions,
  /** Receivers per node; 8 by default. */
  fanout: byDefault(8, integer(1)),
};

/** Options of `fanOut`. */
export interface FanOutOptions extends SpreadingOptions, OptionsOf<typeof fanOutOptions> {}

/**
 * A node that gets the rumour for the first time sends it once, to `fanout` random peers. A run ends
 * 'frozen', when the last message has arrived. A message is the number of its hops.
 *
 * @throws RangeError for a source out of range or a fan-out below 1
 * @example
 * const blind = protocol.fanOut(protocol.everybody(1000));
 * await new protocol.Network(blind, { nodeCount: 1000, links: { latency: protocol.constantLatency(0.1) }, seed: 1 }).run({ time: 10 });
 * blind.coverage.holdersByHop; // [1, 9, 72, 443, 977, 999]
 */
export function fanOut(where: Graph | Peers, options: FanOutOptions = {}): Spreading {
  const peers = peersOf(where, 'fanOut');
  const { source, bytes, fanout } = readOptions('fanOut', options, fanOutOptions);
  requireInteger('fanOut', 'source', source, 0, peers.nodeCount - 1);
  const coverage = new Coverage(peers.nodeCount);
  const hear = (node: number, hop: number, net: Network): void => {
    if (!coverage.reach(node, net.now, hop)) return;
    for (const to of randomPeers(peers, node, fanout, net.random)) net.send(node, to, hop + 1, bytes);
  };
  return printAs<Spreading>(
    {
      name: `fan-out of ${fanout}`,
      stream: `fan-out of ${fanout}`,
      nodeCount: peers.nodeCount,
      coverage,
      start: (net) => hear(source, 0, net),
      receive: (node, _from, hop, net) => hear(node, hop, net),
    },
    spreadingCard,
  );
}
