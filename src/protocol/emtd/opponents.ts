// The adversary in one run: what its members send, and how many of their forgeries were taken for genuine.
import type { Graph } from '../../graph/index.js';
import type { RandomSource } from '../../random/index.js';
import type { Adversary } from './adversaries.js';
import type { Holdings } from './holdings.js';
import { randomPeer } from './neighbourhood.js';

export class Opponents {
  /** Forged messages that came to an honest node, and how many of them it took for genuine. */
  readonly forgeries = { received: 0, accepted: 0 };
  readonly #forged = new Set<number>();

  constructor(readonly adversary: Adversary, readonly graph: Graph, readonly holdings: Holdings) {}

  /** The envelope, by number, that a member sends to a peer: its own, or a forgery of one that a peer of the receiver has sent. */
  letter(node: number, to: number, random: RandomSource): number {
    const { adversary: { says, forge }, graph, holdings, holdings: { post } } = this;
    const ledger = says(node, to, holdings.ledgers[to]);
    if (forge) {
      const genuine = holdings.letter(randomPeer(graph, to, random));
      const forged = post.post(forge(post.envelopes[genuine], random));
      this.#forged.add(forged);
      return forged;
    }
    if (ledger !== holdings.ledgers[node]) holdings.take(node, ledger);
    return holdings.letter(node);
  }

  /** An honest node has verified an envelope. */
  note(number: number, isAccepted: boolean): void {
    if (!this.#forged.has(number)) return;
    this.forgeries.received++;
    if (isAccepted) this.forgeries.accepted++;
  }
}
