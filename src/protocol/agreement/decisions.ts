// What the honest nodes of an agreement protocol have decided, and its two promises, kept apart: agreement (no two decide otherwise) and
// validity (what is decided was held at the start by an honest node). That all decide, termination, is `share` = 1.
// Source: Pease, Shostak, Lamport, J. ACM 27 (1980) 228, doi:10.1145/322186.322188.
import { card, counted, grouped, inspectText, jupyterDisplay, type MimeBundle } from '../../display/index.js';
import type { Adversary } from '../emtd/adversaries.js';
import type { Protocol } from '../network/network.js';

/** A protocol that decides, and its account. */
export interface Deciding extends Protocol {
  readonly decisions: Decisions;
}

/** How a protocol that decides shows. */
export const decidingCard = ({ name, decisions: { decided, honest, counts: [zero, one], agreement, validity } }: Deciding): MimeBundle =>
  card(name, {
    decided: `${grouped(decided)} of ${counted(honest, 'honest node')}`, 'for 0 and for 1': `${zero}, ${one}`,
    agreement: agreement ? 'yes' : 'no', validity: validity ? 'yes' : 'no',
  });

export class Decisions {
  /** [N]: 0 or 1; -1 for the undecided. */
  readonly of: Int8Array;
  /** [N], seconds: when; infinite for the undecided. */
  readonly at: Float64Array;
  readonly honest: number;
  /** Honest nodes that have decided. */
  decided = 0;
  readonly #members: Uint8Array;
  readonly #isValid: readonly boolean[];

  /** @throws RangeError unless there is a 0 or 1 for each node, and the adversary is one of as many nodes */
  constructor(caller: string, start: ArrayLike<number>, adversary?: Adversary) {
    if (!Array.from(start).every((value) => value === 0 || value === 1)) {
      throw new RangeError(`${caller}: what nodes hold at the start must be 0 or 1, got ${Array.from(start).find((value) => value !== 0 && value !== 1)}`);
    }
    this.#members = adversary?.members ?? new Uint8Array(start.length);
    if (this.#members.length !== start.length) throw new RangeError(`${caller}: the adversary must be one of ${start.length} nodes, got ${this.#members.length}`);
    this.of = new Int8Array(start.length).fill(-1);
    this.at = new Float64Array(start.length).fill(Infinity);
    this.honest = this.#members.reduce((count, member) => count + 1 - member, 0);
    this.#isValid = [0, 1].map((value) => Array.from(start).some((held, node) => held === value && this.#members[node] === 0));
  }

  /** An honest node decides, once. @returns whether now all honest ones have */
  decide(node: number, value: number, now: number): boolean {
    if (this.of[node] < 0) this.decided++;
    this.of[node] = value;
    this.at[node] = now;
    return this.decided === this.honest;
  }

  /** Share of the honest nodes that have decided. */
  get share(): number {
    return this.decided / this.honest;
  }

  /** How many have decided 0 and 1. */
  get counts(): [zero: number, one: number] {
    let ones = 0;
    for (const value of this.of) ones += Number(value === 1);
    return [this.decided - ones, ones];
  }

  get agreement(): boolean {
    return this.counts.includes(0);
  }

  get validity(): boolean {
    return this.counts.every((count, value) => count === 0 || this.#isValid[value]);
  }

  [jupyterDisplay](): MimeBundle {
    const [zero, one] = this.counts;
    return card(`Decisions of ${counted(this.honest, 'honest node')}`, {
      decided: this.decided, 'for 0': zero, 'for 1': one, agreement: this.agreement ? 'yes' : 'no', validity: this.validity ? 'yes' : 'no',
    });
  }

  [inspectText](): string {
    return this[jupyterDisplay]()['text/plain'];
  }
}
