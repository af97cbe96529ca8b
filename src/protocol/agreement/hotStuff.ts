// Basic HotStuff, one value and one view, without a change of leader. In each of three phases (prepare,
// pre-commit, commit) the leader, node 0, sends to all and all vote to the leader. With a quorum of votes for
// one value the leader goes on; at the end it sends the decision.
//   messages = 3 x 2 (N - 1) + (N - 1) = 7 (N - 1),   without the new-view messages before (N - 1 more);  3
// less per silent replica.
// A quorum's certificate is one threshold signature in one message; here, the votes that the leader has
// received. A leader that is a member of the adversary has the votes of all members for every value.
// Source: Yin, Malkhi, Reiter, Golan Gueta, Abraham, PODC 2019, doi:10.1145/3293611.3331591, algorithm 2.
import { printAs } from '../../display/index.js';
import { readOptions } from '../../numerics/options.js';
import { type Deciding, decidingCard } from './decisions.js';
import type { Network } from '../network/network.js';
import { type BftOptions, bftOptions, decisionsOn, quorumOf } from './pbft.js';

const [PREPARE, DECIDE] = [0, 3];

/**
 * 7 (N - 1) messages. The leader collects the votes of all nodes in three rounds, and sends them the
 * decision. Members of the adversary vote as they like; a leader among them may propose a different value to
 * each node. A run ends 'converged' when all others have decided, 'frozen' if they never do.
 *
 * @throws RangeError for fewer than 4 or more than 10,000 nodes, or a value other than 0 and 1
 * @example
 * const net = new protocol.Network(protocol.hotStuff(4), { nodeCount: 4, links: { latency: protocol.constantLatency(0.1) }, seed: 1 });
 * (await net.run({ time: 9 })).messages.sent; // 21
 */
export function hotStuff(nodeCount: number, options: BftOptions = {}): Deciding {
  const { value, bytes, adversary } = readOptions('hotStuff', options, bftOptions);
  const decisions = decisionsOn('hotStuff', nodeCount, value, adversary);
  const quorum = quorumOf(nodeCount);
  const voted = new Int8Array(nodeCount).fill(-1); // the last phase in which a node has voted
  const heard = new Uint8Array(3 * nodeCount); // by phase and voter: one vote each
  const isLiar = (node: number): boolean => adversary?.members[node] === 1;
  const votes = new Int32Array(6).fill(isLiar(0) ? nodeCount - decisions.honest : 0); // by phase and value
  const decide = (node: number, held: number, net: Network): void => {
    if (!isLiar(node) && decisions.of[node] < 0 && decisions.decide(node, held, net.now))
      net.end('converged');
  };

  /** A message is 4 x the phase + 2 in a vote + the value. */
  const lead = (phase: number, held: number, net: Network): void => {
    for (let to = 1; to < nodeCount; to++) {
      const said = isLiar(0) ? adversary!.says(0, to, held) : held;
      const isCertified = phase === PREPARE || votes[2 * (phase - 1) + said] >= quorum;
      if ((said === 0 || said === 1) && isCertified) net.send(0, to, 4 * phase + said, bytes);
    }
    if (phase === DECIDE) decide(0, held, net);
    else count(phase, 0, held, net);
  };
  const count = (phase: number, voter: number, said: number, net: Network): void => {
    if (heard[3 * voter + phase] === 1 || (isLiar(0) && isLiar(voter))) return;
    heard[3 * voter + phase] = 1;
    if (++votes[2 * phase + said] === quorum) lead(phase + 1, said, net);
  };
  return printAs<Deciding>(
    {
      name: 'HotStuff',
      stream: 'HotStuff',
      nodeCount,
      decisions,
      start: (net) => lead(PREPARE, value, net),
      receive(node, from, message, net) {
        const [phase, isVote, said] = [message >> 2, (message & 2) > 0, message & 1];
        if (isVote) {
          if (node === 0) count(phase, from, said, net);
        } else if (from === 0 && phase === DECIDE) decide(node, said, net);
        else if (from === 0 && phase > voted[node]) {
          voted[node] = phase;
          const vote = isLiar(node) ? adversary!.says(node, 0, said) : said;
          if (vote === 0 || vote === 1) net.send(node, 0, 4 * phase + 2 + vote, bytes);
        }
      },
    },
    decidingCard,
  );
}
