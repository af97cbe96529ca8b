// Push: at each ring of its clock, a node that holds the rumour sends it to a random peer. Among everybody,
// with the clock 'rounds' and a latency between 0 and one round, all hold it after log2 N + ln N + O(1)
// rounds. Source: Pittel, "On spreading a rumor", SIAM J. Appl. Math. 47 (1987) 213, doi:10.1137/0147013.
import { printAs } from '../../display/index.js';
import type { Graph } from '../../graphs/index.js';
import { requireInteger } from '../../numerics/check.js';
import { readOptions } from '../../numerics/options.js';
import {
  Coverage,
  type Spreading,
  spreadingCard,
  spreadingOptions,
  type SpreadingOptions,
} from './coverage.js';
import { type Peers, peersOf, randomPeer } from '../network/peers.js';

/**
 * At each ring of its clock, a node that holds the rumour sends it to one random peer. A run ends 'converged'
 * when all nodes hold the rumour. A message is the number of its hops.
 *
 * @throws RangeError for a source out of range
 * @example
 * const rumour = protocol.pushRumour(protocol.everybody(1000));
 * await new protocol.Network(rumour, { nodeCount: 1000, clock: 'rounds', links: { latency: protocol.constantLatency(0.5) }, seed: 1 }).run({ time: 100 });
 * rumour.coverage.timeTo(0.99); // 15.5
 */
export function pushRumour(where: Graph | Peers, options: SpreadingOptions = {}): Spreading {
  const peers = peersOf(where, 'pushRumour');
  const { source, bytes } = readOptions('pushRumour', options, spreadingOptions);
  requireInteger('pushRumour', 'source', source, 0, peers.nodeCount - 1);
  const coverage = new Coverage(peers.nodeCount);
  return printAs<Spreading>(
    {
      name: 'push rumour',
      stream: 'push rumour',
      nodeCount: peers.nodeCount,
      coverage,
      start: ({ now }) => void coverage.reach(source, now, 0),
      tick(node, net) {
        const to = coverage.hop[node] >= 0 ? randomPeer(peers, node, net.random) : -1;
        if (to >= 0) net.send(node, to, coverage.hop[node] + 1, bytes);
      },
      receive(node, _from, hop, net) {
        if (coverage.reach(node, net.now, hop) && coverage.holders === peers.nodeCount) net.end('converged');
      },
    },
    spreadingCard,
  );
}
