// Nodes that do not follow the protocol, each kind by what its members say. They have keys of their own, so
// that messages in their own name verify; forgers also write in the name of others. None of them is noise: a
// message may depend on its receiver. Sources: Mobilia, PRL 91 (2003) 028701,
// doi:10.1103/PhysRevLett.91.028701 (zealots); Lamport, Shostak, Pease, ACM TOPLAS 4 (1982) 382,
// doi:10.1145/357172.357176 (equivocation); Douceur, IPTPS 2002, doi:10.1007/3-540-45748-8_24 (Sybils);
// Heilman, Kendler, Zohar, Goldberg, USENIX Security 2015 (eclipse).
import { countText, type MimeBundle, showAs } from '../../display/index.js';
import { type Graph, requireGraph } from '../../graphs/index.js';
import { got, requireInteger } from '../../numerics/check.js';
import type { Rule } from '../../numerics/options.js';
import { type RandomSource, type Seed, shuffle, uniformGenerator } from '../../randomness/index.js';
import { type Peers, randomPeer } from '../network/peers.js';
import type { Envelope } from './envelope.js';
import type { Holdings } from './holdings.js';

/** Nodes that do not follow the protocol, and what they say. */
export interface Adversary {
  readonly name: string;
  /** By node: 1 for members. */
  readonly members: Uint8Array;
  /** The ledger that member `node` announces to node `to`, which holds `held`. */
  says(node: number, to: number, held: number): number;
  /**
   * What a member sends instead of an envelope of its own; `genuine` is one of the receiver's other peers.
   */
  forge?(genuine: Envelope, random: RandomSource): Envelope;
}

/** The rule for the option `adversary`. */
export const anAdversary: Rule<Adversary> = (caller: string, name: string, value: Adversary) => {
  if (value?.members instanceof Uint8Array && typeof value.says === 'function') return;
  throw new TypeError(
    `${caller}: ${name} must be an adversary, such as zealots(drawMembers(10, 2, 1), 0), got ${got(value)}`,
  );
};

/**
 * Random members of an adversary, [nodes]: 1 for a member, 0 for an honest node.
 *
 * @throws RangeError for more members than nodes
 * @example protocol.drawMembers(10, 3, 'adversary'); // [1, 0, 0, 1, 0, 0, ...]
 */
export function drawMembers(nodeCount: number, count: number, seed: Seed): Uint8Array {
  requireInteger('drawMembers', 'count', count, 0, nodeCount);
  const members = new Uint8Array(nodeCount);
  const order = shuffle(
    Array.from({ length: nodeCount }, (_, node) => node),
    uniformGenerator(seed, 'members'),
  );
  for (const node of order.slice(0, count)) members[node] = 1;
  return members;
}

const adversary = (
  kind: string,
  members: Uint8Array,
  says: Adversary['says'],
  forge?: Adversary['forge'],
): Adversary => showAs<Adversary>({ name: kind, members, says, ...(forge && { forge }) }, adversaryText);

/**
 * An adversary whose members hold one ledger for ever, and announce it to all.
 *
 * @example
 * const ising = hamiltonian(complete(10), [bond((a, b) => a.mul(b).sum().neg())]);
 * const adversary = protocol.zealots(protocol.drawMembers(10, 3, 1), 1); // the others begin with ledger 0
 * const emtd = new protocol.Emtd(ising, { values: [-1, 1], initial: new Uint8Array(10), temperature: 0.5, adversary });
 * await new protocol.Network(emtd, { nodeCount: 10, seed: 1 }).run({ time: 20 });
 * emtd.agreement; // 1
 */
export const zealots = (members: Uint8Array, ledger: number): Adversary =>
  adversary('zealots', members, () => ledger);

/**
 * An adversary whose members announce one ledger to one half of the nodes and another to the other half: by
 * the parity of the receiver.
 *
 * @example
 * const twoFaced = protocol.equivocators(protocol.drawMembers(10, 3, 1), [0, 1]);
 * [4, 5].map((to) => twoFaced.says(0, to, 0)); // [0, 1]
 */
export const equivocators = (members: Uint8Array, [even, odd]: readonly [number, number]): Adversary =>
  adversary('equivocators', members, (_node, to) => (to % 2 === 0 ? even : odd));

/**
 * An adversary whose members announce to every node another ledger than the one that it holds, of `ledgers`
 * many: they know it.
 *
 * @example protocol.flippers(protocol.drawMembers(10, 3, 1), 2).says(0, 1, 1); // 0: the receiver holds 1
 */
export const flippers = (members: Uint8Array, ledgers: number): Adversary =>
  adversary('flippers', members, (_node, _to, held) => (held + 1) % ledgers);

/**
 * An adversary of all neighbours of one node, and no others: the victim sees the network through them alone.
 *
 * @throws RangeError if the node does not exist
 * @example protocol.eclipse(ring(6), 0, 1).members; // [0, 1, 0, 0, 0, 1]
 */
export function eclipse(graph: Graph, victim: number, ledger: number): Adversary {
  requireGraph('eclipse', graph);
  requireInteger('eclipse', 'victim', victim, 0, graph.nodeCount - 1);
  const members = new Uint8Array(graph.nodeCount);
  graph.neighboursOf(victim).forEach((node) => (members[node] = 1));
  return adversary('eclipse', members, () => ledger);
}

/**
 * Ways to tamper with a genuine envelope, by name; `forgers` takes them in turn.
 *
 * @example Object.keys(protocol.forgeries).slice(0, 3); // ['another ledger', 'a version to come', 'in the name of another']
 */
export const forgeries: Readonly<
  Record<string, (genuine: Envelope, random: RandomSource, ledger: number) => Envelope>
> = {
  'another ledger': (genuine, _random, ledger) => ({
    ...genuine,
    evidence: { ...genuine.evidence, ledger: ledger === genuine.evidence.ledger ? ledger + 1 : ledger },
  }),
  'a version to come': (genuine) => ({ ...genuine, version: genuine.version + 1 }),
  'in the name of another': (genuine) => ({
    ...genuine,
    sender: genuine.sender === 0 ? 1 : genuine.sender - 1,
  }),
  'a flipped bit of the signature': (genuine, random) => ({
    ...genuine,
    signature: flipped(genuine.signature, random),
  }),
  'a short signature': (genuine) => ({ ...genuine, signature: genuine.signature.subarray(1) }),
  'a flipped bit of the transaction': (genuine, random) => ({
    ...genuine,
    evidence: { ...genuine.evidence, leaf: flipped(genuine.evidence.leaf, random) },
  }),
  'a path from elsewhere': (genuine) => ({
    ...genuine,
    evidence: { ...genuine.evidence, proof: genuine.evidence.proof.toReversed() },
  }),
  'no path': (genuine) => ({ ...genuine, evidence: { ...genuine.evidence, proof: [] } }),
  'another root': (genuine) => ({
    ...genuine,
    evidence: {
      ...genuine.evidence,
      root: genuine.evidence.root.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
    },
  }),
};

/**
 * An adversary whose members announce one ledger, under other names and with broken proofs: each message is
 * one of the `forgeries`, in turn.
 *
 * @example
 * const ising = hamiltonian(complete(10), [bond((a, b) => a.mul(b).sum().neg())]);
 * const adversary = protocol.forgers(protocol.drawMembers(10, 3, 1), 1); // ledger 1, in three nodes' messages
 * const emtd = new protocol.Emtd(ising, { values: [-1, 1], initial: new Uint8Array(10), temperature: 0.5, adversary });
 * await new protocol.Network(emtd, { nodeCount: 10, seed: 1 }).run({ time: 20 });
 * emtd.forgeries; // { received: 34, accepted: 0 }
 */
export function forgers(members: Uint8Array, ledger: number): Adversary {
  const ways = Object.values(forgeries);
  let made = 0;
  return adversary(
    'forgers',
    members,
    () => ledger,
    (genuine, random) => ways[made++ % ways.length](genuine, random, ledger),
  );
}

function flipped(bytes: Uint8Array, random: RandomSource): Uint8Array {
  const bit = Math.floor(random() * bytes.length * 8);
  return bytes.map((byte, k) => (k === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
}

const adversaryText = ({ name, members }: Adversary): MimeBundle => ({
  'text/plain': `${name}: ${members.reduce((sum, member) => sum + member, 0)} of ${countText(members.length, 'node')}`,
});

/**
 * The adversary in one run: what its members send, how many forgeries came to honest nodes, and how many of
 * them were accepted.
 */
export class Opponents {
  readonly forgeries = { received: 0, accepted: 0 };
  readonly #forged = new Set<number>();

  constructor(
    readonly adversary: Adversary,
    readonly peers: Peers,
    readonly holdings: Holdings,
  ) {}

  /**
   * The envelope, by number, that a member sends to a peer: its own, or a forgery of one that a peer of the
   * receiver has sent.
   */
  letter(node: number, to: number, random: RandomSource): number {
    const {
      adversary: { says, forge },
      peers,
      holdings,
      holdings: { post },
    } = this;
    const ledger = says(node, to, holdings.ledgers[to]);
    if (!forge) {
      if (ledger !== holdings.ledgers[node]) holdings.take(node, ledger);
      return holdings.letters[node];
    }
    const genuine = holdings.letters[randomPeer(peers, to, random)];
    const forged = post.post(forge(post.envelopes[genuine], random));
    this.#forged.add(forged);
    return forged;
  }

  /** An honest node has verified an envelope. */
  note(number: number, isAccepted: boolean): void {
    if (!this.#forged.has(number)) return;
    this.forgeries.received++;
    if (isAccepted) this.forgeries.accepted++;
  }
}
