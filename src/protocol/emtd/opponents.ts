// The adversary in one run: what its members send, and how many of their forgeries honest nodes accepted.
import type { RandomSource } from '../../random/index.js';
import type { Adversary } from './adversaries.js';
import type { Holdings } from './holdings.js';
import { type Peers, randomPeer } from '../network/peers.js';

export class Opponents {
  /** Forged messages that came to honest nodes, and how many of them were accepted as genuine. */
  readonly forgeries = { received: 0, accepted: 0 };
  readonly #forged = new Set<number>();

  constructor(readonly adversary: Adversary, readonly peers: Peers, readonly holdings: Holdings) {}

  /** The envelope, by number, that a member sends to a peer: its own, or a forgery of one that a peer of the receiver has sent. */
  letter(node: number, to: number, random: RandomSource): number {
    const { adversary: { says, forge }, peers, holdings, holdings: { post } } = this;
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
