// The ledger that each node holds, and the signed envelope that says so. A version counts the changes of its
// node.
import { evidenceOf, type LedgerProof, type Post } from './envelope.js';

export class Holdings {
  /** By node: the ledger that it holds. */
  readonly ledgers: Int32Array;
  /** By ledger: honest nodes that hold it. */
  readonly holders: Float64Array;
  readonly honest: number;
  /** By node: the number of the envelope that says what it holds. */
  readonly letters: Int32Array;
  readonly #evidence: readonly LedgerProof[];
  readonly #version: Int32Array;

  constructor(
    readonly post: Post,
    initial: ArrayLike<number>,
    ledgerCount: number,
    isMember: (node: number) => boolean,
  ) {
    this.ledgers = Int32Array.from(initial);
    this.#evidence = Array.from({ length: ledgerCount }, (_, ledger) => evidenceOf(ledger));
    this.#version = new Int32Array(initial.length);
    this.letters = new Int32Array(initial.length);
    this.holders = new Float64Array(ledgerCount);
    this.ledgers.forEach((ledger, node) => (this.holders[ledger] += Number(!isMember(node))));
    this.honest = this.holders.reduce((sum, count) => sum + count, 0);
  }

  sign(): void {
    this.ledgers.forEach(
      (ledger, node) => (this.letters[node] = this.post.write(node, 0, this.#evidence[ledger])),
    );
  }

  /** A node takes another ledger and signs it. */
  take(node: number, ledger: number): void {
    this.ledgers[node] = ledger;
    this.letters[node] = this.post.write(node, ++this.#version[node], this.#evidence[ledger]);
  }

  /** The same for an honest node, with the counts. */
  change(node: number, ledger: number): void {
    this.holders[this.ledgers[node]]--;
    this.holders[ledger]++;
    this.take(node, ledger);
  }

  /** The share of the honest nodes that hold the most frequent ledger. */
  get agreement(): number {
    return this.holders.reduce((most, count) => Math.max(most, count), 0) / this.honest;
  }
}
