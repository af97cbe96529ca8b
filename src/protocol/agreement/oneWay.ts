// Population protocols of one-way messages on three states -1, 0 and 1: when its clock rings, a node sends
// its state to a random peer. A rule gives the peer's new state from the message and the peer's own state.
// Voters: a node takes every state that it receives. On the complete graph the number of ones is a walk
// without drift: they win with the probability x that is their share. The time, in rings per node, is N [-x
// ln x - (1 - x) ln(1 - x)], exactly, with k = x N,
//   (N - 1) / N  [(N - k) sum_(j <= k) 1 / (N - j) + k sum_(j > k) 1 / j],   j from 1 to N - 1.
// Approximate majority: a node that receives the opposite state becomes blank (0), a blank node takes the
// state that it receives. It needs O(N log N) messages, and the majority wins if its lead is well above
// sqrt(N log N). Sources: Clifford, Sudbury, Biometrika 60 (1973) 581, doi:10.1093/biomet/60.3.581 (voters);
// Angluin, Aspnes, Eisenstat, Distributed Computing 21 (2008) 87, doi:10.1007/s00446-008-0059-z.
import { card, numeral, printAs } from '../../display/index.js';
import type { Graph } from '../../graphs/index.js';
import { aList } from '../../numerics/rules.js';
import type { Protocol } from '../network/network.js';
import { type Peers, peersOf, randomPeer } from '../network/peers.js';

/** A protocol in which one of two meeting nodes changes. */
export interface OneWay extends Protocol {
  /** `[N]`: -1, 0 or 1. */
  readonly states: Int8Array;
  /** How many nodes are -1, 0 and 1. */
  readonly counts: Int32Array;
}

const oneWay = (
  name: string,
  where: Graph | Peers,
  start: ArrayLike<number>,
  rule: (heard: number, own: number) => number,
): OneWay => {
  const peers = peersOf(where, name);
  aList(name, 'states', start as never);
  const [states, counts] = [Int8Array.from(start), new Int32Array(3)];
  if (
    start.length !== peers.nodeCount ||
    !Array.from(start).every((state) => state === -1 || state === 0 || state === 1)
  ) {
    throw new RangeError(
      `${name}: states must be ${peers.nodeCount} of -1, 0, 1, got ${start.length} numbers`,
    );
  }
  for (const state of states) counts[state + 1]++;
  return printAs<OneWay>(
    {
      name,
      stream: name,
      nodeCount: peers.nodeCount,
      states,
      counts,
      tick(node, net) {
        const to = randomPeer(peers, node, net.random);
        if (to >= 0) net.send(node, to, states[node], 1);
      },
      receive(node, _from, heard, net) {
        counts[states[node] + 1]--;
        states[node] = rule(heard, states[node]);
        if (++counts[states[node] + 1] === states.length) net.end('converged');
      },
    },
    oneWayCard,
  );
};

/**
 * The voter model: a node takes every state that it receives. A run ends 'converged' when all hold one state.
 *
 * @throws RangeError unless there is a state -1, 0 or 1 for each node
 * @example
 * const voters = protocol.voter(complete(20), Array.from({ length: 20 }, (_, node) => (node < 10 ? 1 : -1)));
 * await new protocol.Network(voters, { nodeCount: 20, seed: 1 }).run({ time: 1000 });
 * voters.counts; // [0, 0, 20]
 */
export const voter = (where: Graph | Peers, start: ArrayLike<number>): OneWay =>
  oneWay('voter', where, start, (heard) => heard);

/**
 * Approximate majority: a node that receives the opposite state becomes blank (0), and a blank node takes
 * what it receives. A run ends 'converged' when all hold one state.
 *
 * @throws RangeError unless there is a state -1, 0 or 1 for each node
 * @example
 * const majority = protocol.approximateMajority(protocol.everybody(100), Array.from({ length: 100 }, (_, node) => (node < 60 ? 1 : -1)));
 * await new protocol.Network(majority, { nodeCount: 100, seed: 1 }).run({ time: 100 });
 * majority.counts; // [0, 0, 100]
 */
export const approximateMajority = (where: Graph | Peers, start: ArrayLike<number>): OneWay =>
  oneWay('approximateMajority', where, start, (heard, own) =>
    heard === 0 ? own : own === 0 || own === heard ? heard : 0,
  );

const oneWayCard = ({ name, counts: [minus, blank, plus] }: OneWay) =>
  card(name, {
    'at -1': numeral(minus),
    blank: blank > 0 ? numeral(blank) : undefined,
    'at 1': numeral(plus),
  });
