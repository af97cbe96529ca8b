// A mesh like GossipSub. Eager push: a node that gets the rumour for the first time sends it to all its
// neighbours in the mesh but the sender. Lazy gossip: at a few next heartbeats it informs random nodes
// outside the mesh that it has the rumour (IHAVE); those without it ask for it (IWANT). Grafting, pruning and
// scores of GossipSub are left out: the mesh is a graph and does not change. Without losses and
// with one latency for all, hops are the distances in the graph.
// Source: Vyzovitis, Napora, McCormick, Dias, Psaras, arXiv:2007.02754, sections 3 and 4; the specification's
// parameters (libp2p/specs, gossipsub v1.0): D_lazy 6, one heartbeat per second, IHAVE in 3 heartbeats.
import { printAs } from '../../display/index.js';
import { type Graph, requireGraph } from '../../graphs/index.js';
import { requireInteger } from '../../numerics/check.js';
import { byDefault, type OptionsOf, readOptions } from '../../numerics/options.js';
import { integer, nonNegative, positive } from '../../numerics/rules.js';
import {
  Coverage,
  type Spreading,
  spreadingCard,
  spreadingOptions,
  type SpreadingOptions,
} from './coverage.js';
import type { Network } from '../network/network.js';
import { everybody, randomPeers } from '../network/peers.js';

const gossipMeshOptions = {
  ...spreadingOptions,
  /** Random nodes per heartbeat, without neighbours in the mesh among them; 6 by default, 0 for no gossip. */
  lazy: byDefault(6, integer(0)),
  /** Heartbeats at which a node gossips; 3 by default. */
  history: byDefault(3, integer(0)),
  /** Seconds between heartbeats, the first (of each presence) after a uniform part of that; 1 by default. */
  heartbeat: byDefault(1, positive),
  /** Size of IHAVE and of IWANT on the wire; 40 by default. */
  controlBytes: byDefault(40, nonNegative),
};

/** Options of `gossipMesh`. */
export interface GossipMeshOptions extends SpreadingOptions, OptionsOf<typeof gossipMeshOptions> {}

/** Messages: the rumour as the number of its hops, or one of these. */
const [IHAVE, IWANT] = [-1, -2];

/**
 * A node that gets the rumour for the first time sends it to all its neighbours; at its next heartbeats it
 * tells a few random nodes, and those without the rumour ask for it. A run ends 'frozen', after the last
 * heartbeat and the last message.
 *
 * @throws RangeError for a source out of range, or options that are negative
 * @example
 * const mesh = protocol.gossipMesh(randomRegular(200, 8, { seed: 1 }));
 * await new protocol.Network(mesh, { nodeCount: 200, links: { loss: 0.3, latency: protocol.constantLatency(0.1) }, seed: 1 }).run({ time: 60 });
 * mesh.coverage.holders; // 200
 */
export function gossipMesh(mesh: Graph, options: GossipMeshOptions = {}): Spreading {
  requireGraph('gossipMesh', mesh);
  const { nodeCount } = mesh;
  const given = readOptions('gossipMesh', options, gossipMeshOptions);
  const { source, bytes, lazy, history, heartbeat, controlBytes } = given;
  requireInteger('gossipMesh', 'source', source, 0, nodeCount - 1);
  const all = everybody(nodeCount);
  const coverage = new Coverage(nodeCount);
  const due = new Float64Array(nodeCount); // by node: heartbeats at which it has yet to gossip
  const name = lazy > 0 ? `mesh with lazy gossip, ${mesh.name}` : `mesh, ${mesh.name}`;
  const begin = (node: number, net: Network): void => {
    if (due[node] > 0) net.wake(node, heartbeat * net.random(), due[node]);
  };
  const hear = (node: number, from: number, hop: number, net: Network): void => {
    if (!coverage.reach(node, net.now, hop)) return;
    for (const to of mesh.neighboursOf(node)) if (to !== from) net.send(node, to, hop + 1, bytes);
    due[node] = lazy > 0 ? history : 0;
    begin(node, net);
  };
  return printAs<Spreading>(
    {
      name,
      stream: name,
      nodeCount,
      coverage,
      start: (net) => hear(source, -1, 0, net),
      receive(node, from, message, net) {
        if (message >= 0) hear(node, from, message, net);
        else if (message === IWANT) net.send(node, from, coverage.hop[node] + 1, bytes);
        else if (coverage.hop[node] < 0) net.send(node, from, IWANT, controlBytes);
      },
      join: begin,
      wake(node, left, net) {
        due[node] = left - 1;
        const strangers = randomPeers(all, node, lazy, net.random).filter(
          (to) => !mesh.neighboursOf(node).includes(to),
        );
        for (const to of strangers) net.send(node, to, IHAVE, controlBytes);
        if (left > 1) net.wake(node, heartbeat, left - 1);
      },
    },
    spreadingCard,
  );
}
