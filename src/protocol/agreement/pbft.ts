// The normal case of practical Byzantine fault tolerance, one request and one view, without a change of
// primary. The primary, node 0, sends the value to all (pre-prepare). A node that receives it sends it to all
// (prepare). With 2f + 1 of N = 3f + 1 equal votes, the primary's and its own among them, a node sends a
// commit to all; with 2f + 1 commits it decides. With s silent backups,
//   messages = (N - 1) + (N - 1 - s)(N - 1) + (N - s)(N - 1) = 2 (N - s)(N - 1).
// Source: Castro, Liskov, ACM TOCS 20 (2002) 398, doi:10.1145/571637.571640, section 4.
import { printAs } from '../../display/index.js';
import { got, requireInteger } from '../../numerics/check.js';
import { byDefault, type Options, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { anything, nonNegative } from '../../numerics/rules.js';
import { type Adversary, anAdversary } from '../emtd/adversaries.js';
import { type Deciding, decidingCard, Decisions } from './decisions.js';
import type { Network } from '../network/network.js';

export const bftOptions = {
  /** The requested value, 0 or 1; 1 by default. */
  value: byDefault(1, typed<number>(anything)),
  /** Size of each message on the wire; 200 by default: a digest, a signature, numbers. */
  bytes: byDefault(200, nonNegative),
  /** What its members say, 0 or 1; anything else is silence. */
  adversary: anAdversary,
};

/** Options of `pbft` and `hotStuff`. */
export interface BftOptions extends Options, OptionsOf<typeof bftOptions> {}

const [PREPREPARE, PREPARE, COMMIT] = [0, 1, 2];

/**
 * 2 (N - s)(N - 1) messages with s silent backups. All nodes vote twice on the primary's value, and decide
 * with 2f + 1 equal votes of 3f + 1. Members of the adversary send each node what they like, both votes at
 * once when they first receive the value. A run ends 'converged' when all others have decided, 'frozen' if
 * they never do: with a silent primary, or more than f silent backups.
 *
 * @throws RangeError for fewer than 4 or more than 10,000 nodes, or a value other than 0 and 1
 * @example
 * const net = new protocol.Network(protocol.pbft(4), { nodeCount: 4, links: { latency: protocol.constantLatency(0.1) }, seed: 1 });
 * (await net.run({ time: 9 })).messages.sent; // 24
 */
export function pbft(nodeCount: number, options: BftOptions = {}): Deciding {
  const { value, bytes, adversary } = readOptions('pbft', options, bftOptions);
  const decisions = decisionsOn('pbft', nodeCount, value, adversary);
  const replicas = new Replicas(decisions, bytes, adversary);
  return printAs<Deciding>(
    {
      name: 'PBFT',
      stream: 'PBFT',
      nodeCount,
      decisions,
      start(net) {
        replicas.tell(0, PREPREPARE, value, net);
        replicas.accept(0, value, net);
      },
      receive(node, from, message, net) {
        const [phase, said] = [message >> 1, message & 1];
        if (phase !== PREPREPARE) replicas.vote(node, from, phase, said, net);
        else if (from === 0) replicas.accept(node, said, net);
      },
    },
    decidingCard,
  );
}

/** What all nodes hold and have heard. */
class Replicas {
  readonly #nodeCount: number;
  readonly #quorum: number;
  readonly #decisions: Decisions;
  readonly #bytes: number;
  readonly #adversary: Adversary | undefined;
  readonly #accepted: Int8Array;
  readonly #hasCommitted: Uint8Array;
  /** By receiver, sender and phase: one vote each. */
  readonly #heard: Uint8Array;
  /** By node, phase and value. */
  readonly #votes: Int32Array;

  constructor(decisions: Decisions, bytes: number, adversary: Adversary | undefined) {
    const nodeCount = decisions.of.length;
    [this.#nodeCount, this.#quorum] = [nodeCount, quorumOf(nodeCount)];
    [this.#decisions, this.#bytes, this.#adversary] = [decisions, bytes, adversary];
    this.#accepted = new Int8Array(nodeCount).fill(-1);
    this.#hasCommitted = new Uint8Array(nodeCount);
    this.#heard = new Uint8Array(nodeCount * nodeCount * 3);
    this.#votes = new Int32Array(nodeCount * 6);
  }

  /** A message is 2 x the phase + the value. */
  tell(node: number, phase: number, held: number, net: Network): void {
    const liar = this.#isLiar(node) ? this.#adversary : undefined;
    for (let to = 0; to < this.#nodeCount; to++) {
      if (to === node) continue;
      const said = liar ? liar.says(node, to, held) : held;
      if (said === 0 || said === 1) net.send(node, to, 2 * phase + said, this.#bytes);
    }
  }

  accept(node: number, held: number, net: Network): void {
    if (this.#accepted[node] >= 0) return;
    this.#accepted[node] = held;
    this.#count(node, 0, PREPARE, held); // the primary's word
    if (node > 0) {
      this.#count(node, node, PREPARE, held);
      this.tell(node, PREPARE, held, net);
    }
    if (this.#isLiar(node)) this.tell(node, COMMIT, held, net);
    else this.#goOn(node, net);
  }

  /** The primary's prepare came with its pre-prepare. */
  vote(node: number, from: number, phase: number, said: number, net: Network): void {
    if (this.#isLiar(node) || (phase === PREPARE && from === 0)) return;
    this.#count(node, from, phase, said);
    this.#goOn(node, net);
  }

  #isLiar(node: number): boolean {
    return this.#adversary?.members[node] === 1;
  }

  #count(node: number, from: number, phase: number, said: number): void {
    const place = 3 * (node * this.#nodeCount + from) + phase;
    if (this.#heard[place] === 0) this.#votes[6 * node + 2 * phase + said]++;
    this.#heard[place] = 1;
  }

  /** Commits with a quorum of prepares, decides with a quorum of commits. */
  #goOn(node: number, net: Network): void {
    const held = this.#accepted[node];
    if (held < 0) return;
    const hasQuorum = (phase: number): boolean => this.#votes[6 * node + 2 * phase + held] >= this.#quorum;
    if (this.#hasCommitted[node] === 0 && hasQuorum(PREPARE)) {
      this.#hasCommitted[node] = 1;
      this.#count(node, node, COMMIT, held);
      this.tell(node, COMMIT, held, net);
    }
    const isDue = this.#hasCommitted[node] === 1 && this.#decisions.of[node] < 0 && hasQuorum(COMMIT);
    if (isDue && this.#decisions.decide(node, held, net.now)) net.end('converged');
  }
}

/**
 * The least size at which any two sets of nodes share an honest one: more than (N + f) / 2 with
 * f = floor((N - 1) / 3); 2f + 1 of 3f + 1.
 */
export const quorumOf = (nodeCount: number): number =>
  Math.floor((nodeCount + Math.floor((nodeCount - 1) / 3)) / 2) + 1;

/** The decisions of nodes that one request asks to decide on its value. */
export function decisionsOn(
  caller: string,
  nodeCount: number,
  value: number,
  adversary: Adversary | undefined,
): Decisions {
  requireInteger(caller, 'nodeCount', nodeCount, 4, 10_000);
  if (value !== 0 && value !== 1) throw new RangeError(`${caller}: value must be 0 or 1, got ${got(value)}`);
  return new Decisions(caller, new Uint8Array(nodeCount).fill(value), adversary);
}
