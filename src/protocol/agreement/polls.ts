// The polls of Snowball: what a node has asked k peers and has heard from them.

/** The present poll of each node. */
export class Polls {
  /** Answers that are still to come; 0 without a poll. */
  readonly open: Int32Array;
  readonly #k: number;
  readonly #number: Int32Array;
  /** `[N, k]`: peers without an answer yet, -1 for the others. */
  readonly #awaited: Int32Array;
  readonly #votes: Int32Array;

  constructor(nodeCount: number, k: number) {
    this.#k = k;
    [this.open, this.#number] = [new Int32Array(nodeCount), new Int32Array(nodeCount)];
    [this.#awaited, this.#votes] = [new Int32Array(nodeCount * k).fill(-1), new Int32Array(2 * nodeCount)];
  }

  /** @returns the number of the poll */
  begin(node: number, asked: ArrayLike<number>): number {
    this.#votes.fill(0, 2 * node, 2 * node + 2);
    this.#awaited.fill(-1, node * this.#k, (node + 1) * this.#k).set(asked, node * this.#k);
    this.open[node] = asked.length;
    return ++this.#number[node];
  }

  isOpen(node: number, poll: number): boolean {
    return poll === this.#number[node] && this.open[node] > 0;
  }

  /** Counts an answer, unless it is late or comes twice. @returns whether it was the last one awaited */
  count(node: number, from: number, poll: number, colour: number): boolean {
    const place = this.#awaited.subarray(node * this.#k, (node + 1) * this.#k).indexOf(from);
    if (!this.isOpen(node, poll) || place < 0) return false;
    this.#awaited[node * this.#k + place] = -1;
    this.#votes[2 * node + colour]++;
    return --this.open[node] === 0;
  }

  /** @returns the colour of at least alpha answers, undefined if there is none */
  close(node: number, alpha: number): number | undefined {
    this.open[node] = 0;
    return [0, 1].find((colour) => this.#votes[2 * node + colour] >= alpha);
  }
}
