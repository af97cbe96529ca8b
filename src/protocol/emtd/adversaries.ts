// Nodes that do not follow the protocol, each kind by what its members say. They have keys of their own, so that what they say in their
// own name verifies; forgers also speak in the name of others. None of them is noise: what they do depends on whom they speak to.
// Sources: Mobilia, PRL 91 (2003) 028701, doi:10.1103/PhysRevLett.91.028701 (zealots); Lamport, Shostak, Pease, ACM TOPLAS 4 (1982) 382,
// doi:10.1145/357172.357176 (equivocation); Douceur, IPTPS 2002, doi:10.1007/3-540-45748-8_24 (Sybils); Heilman, Kendler, Zohar,
// Goldberg, USENIX Security 2015 (eclipse).
import { counted, type MimeBundle, shown } from '../../display/index.js';
import type { Graph } from '../../graph/index.js';
import { requireInteger } from '../../numerics/check.js';
import { type RandomSource, type Seed, shuffle, uniformGenerator } from '../../random/index.js';
import type { Envelope } from './envelope.js';

export interface Adversary {
  readonly name: string;
  /** By node: 1 for members. */
  readonly members: Uint8Array;
  /** The ledger that a member tells `to`, which holds `held`. */
  says(node: number, to: number, held: number): number;
  /** What a member sends instead of an envelope of its own; `held` is a genuine one of the receiver's other peers. */
  forge?(genuine: Envelope, random: RandomSource): Envelope;
}

/** Members drawn evenly, [nodes]. @throws RangeError for more members than nodes */
export function drawMembers(nodes: number, count: number, seed: Seed): Uint8Array {
  requireInteger('drawMembers', 'count', count, 0, nodes);
  const members = new Uint8Array(nodes);
  const order = shuffle(Array.from({ length: nodes }, (_, node) => node), uniformGenerator(seed, 'members'));
  for (const node of order.slice(0, count)) members[node] = 1;
  return members;
}

const adversary = (kind: string, members: Uint8Array, says: Adversary['says'], forge?: Adversary['forge']): Adversary =>
  shown<Adversary>({ name: kind, members, says, ...(forge && { forge }) }, adversaryText);

/** They hold one ledger for ever, and say so to all. */
export const zealots = (members: Uint8Array, ledger: number): Adversary => adversary('zealots', members, () => ledger);

/** They tell one half of the nodes one ledger and the other half another: by the parity of the receiver. */
export const equivocators = (members: Uint8Array, [even, odd]: readonly [number, number]): Adversary =>
  adversary('equivocators', members, (_node, to) => (to % 2 === 0 ? even : odd));

/** They tell everybody another ledger than the one that it holds, of `ledgers` many: they know it. */
export const flippers = (members: Uint8Array, ledgers: number): Adversary =>
  adversary('flippers', members, (_node, _to, held) => (held + 1) % ledgers);

/** All neighbours of one node, and no others: it sees the network through them alone. @throws RangeError for a node that is none */
export function eclipse(graph: Graph, victim: number, ledger: number): Adversary {
  requireInteger('eclipse', 'victim', victim, 0, graph.nodeCount - 1);
  const members = new Uint8Array(graph.nodeCount);
  graph.neighboursOf(victim).forEach((node) => (members[node] = 1));
  return adversary('eclipse', members, () => ledger);
}

/** The ways in which a genuine envelope can be tampered with. */
export const forgeries: Readonly<Record<string, (genuine: Envelope, random: RandomSource, ledger: number) => Envelope>> = {
  'another ledger': (genuine, _random, ledger) => ({ ...genuine, evidence: { ...genuine.evidence, ledger: ledger === genuine.evidence.ledger ? ledger + 1 : ledger } }),
  'a version to come': (genuine) => ({ ...genuine, version: genuine.version + 1 }),
  'in the name of another': (genuine) => ({ ...genuine, sender: genuine.sender === 0 ? 1 : genuine.sender - 1 }),
  'a flipped bit of the signature': (genuine, random) => ({ ...genuine, signature: flipped(genuine.signature, random) }),
  'a short signature': (genuine) => ({ ...genuine, signature: genuine.signature.subarray(1) }),
  'a flipped bit of the transaction': (genuine, random) => ({ ...genuine, evidence: { ...genuine.evidence, leaf: flipped(genuine.evidence.leaf, random) } }),
  'a path from elsewhere': (genuine) => ({ ...genuine, evidence: { ...genuine.evidence, proof: genuine.evidence.proof.toReversed() } }),
  'no path': (genuine) => ({ ...genuine, evidence: { ...genuine.evidence, proof: [] } }),
  'another root': (genuine) => ({ ...genuine, evidence: { ...genuine.evidence, root: genuine.evidence.root.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) } }),
};

/** They say one ledger, and send it under other names and with broken proofs: each message one of the `forgeries`, in turn. */
export function forgers(members: Uint8Array, ledger: number): Adversary {
  const ways = Object.values(forgeries);
  let made = 0;
  return adversary('forgers', members, () => ledger, (genuine, random) => ways[made++ % ways.length](genuine, random, ledger));
}

function flipped(bytes: Uint8Array, random: RandomSource): Uint8Array {
  const bit = Math.floor(random() * bytes.length * 8);
  return bytes.map((byte, k) => (k === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
}

const adversaryText = ({ name, members }: Adversary): MimeBundle =>
  ({ 'text/plain': `${name}: ${members.reduce((sum, member) => sum + member, 0)} of ${counted(members.length, 'node')}` });
