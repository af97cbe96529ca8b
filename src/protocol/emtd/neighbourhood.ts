// What a node knows of its peers: the latest ledger of each, by version, and how often each peer offers one.
//   known = the newest of all messages, the larger ledger among equal versions: a maximum, so that no order
// and no repeat of messages
//   changes what is known in the end (property test in test/protocol/emtd.test.ts)
//   w(k)  = sum over peers that hold k of (ring rate of the peer / its degree): the rate at which ledger k is
// offered
import type { Graph } from '../../graphs/index.js';
import { lowerBound } from '../../numerics/lowerBound.js';
import type { ClockRates } from '../network/clocks.js';
import type { Envelope } from './envelope.js';

export class Neighbourhood {
  readonly #known: Int32Array; // by half-edge: the ledger of the peer
  readonly #heard: Int32Array; // by half-edge: the version of that message
  readonly #offers: Float64Array; // by half-edge: offers per second from that peer

  /** @param atStart the ledger that a node knows of a peer before the first message, as after a handshake */
  constructor(
    readonly graph: Graph,
    clock: ClockRates,
    atStart: (peer: number, node: number) => number,
  ) {
    const { nodeCount, offsets, neighbours } = graph;
    this.#known = new Int32Array(neighbours.length);
    this.#heard = new Int32Array(neighbours.length);
    this.#offers = new Float64Array(neighbours.length);
    for (let node = 0; node < nodeCount; node++) {
      for (let h = offsets[node]; h < offsets[node + 1]; h++) {
        const peer = neighbours[h];
        this.#known[h] = atStart(peer, node);
        this.#offers[h] =
          (clock === 'rounds' ? 1 : typeof clock === 'number' ? clock : clock[peer]) / graph.degree(peer);
      }
    }
  }

  /** Notes what a peer says of itself. @returns whether the sender is a peer */
  hear(node: number, { sender, version, evidence: { ledger } }: Envelope): boolean {
    const { offsets, neighbours } = this.graph;
    const h = lowerBound(neighbours, sender, offsets[node], offsets[node + 1]);
    if (h === offsets[node + 1] || neighbours[h] !== sender) return false;
    if (version > this.#heard[h] || (version === this.#heard[h] && ledger > this.#known[h])) {
      this.#heard[h] = version;
      this.#known[h] = ledger;
    }
    return true;
  }

  /** w of a ledger. */
  offered(node: number, ledger: number): number {
    const { offsets } = this.graph;
    let rate = 0;
    for (let h = offsets[node]; h < offsets[node + 1]; h++)
      if (this.#known[h] === ledger) rate += this.#offers[h];
    return rate;
  }

  /** The share of the peers that hold it; 0 without peers. */
  share(node: number, ledger: number): number {
    const { offsets } = this.graph;
    let count = 0;
    for (let h = offsets[node]; h < offsets[node + 1]; h++) if (this.#known[h] === ledger) count++;
    return count / Math.max(1, offsets[node + 1] - offsets[node]);
  }

  each(node: number, visit: (peer: number, ledger: number) => void): void {
    const { offsets, neighbours } = this.graph;
    for (let h = offsets[node]; h < offsets[node + 1]; h++) visit(neighbours[h], this.#known[h]);
  }
}
