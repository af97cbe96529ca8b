// What the honest nodes of an agreement protocol have decided, and the two promises of such a protocol, kept
// apart: agreement (no two decide differently) and validity (a decided value was held at the start by an
// honest node). Termination, that all decide, is `share` = 1. Source: Pease, Shostak, Lamport, J. ACM 27
// (1980) 228, doi:10.1145/322186.322188.
import { card, countText, inspectText, jupyterDisplay, numeral } from '../../display/index.js';
import { aList } from '../../numerics/rules.js';
import type { Adversary } from '../emtd/adversaries.js';
import type { Protocol } from '../network/network.js';

/** A protocol that decides, and its account. */
export interface Deciding extends Protocol {
  readonly decisions: Decisions;
}

/**
 * The account of an agreement: who decided what, and when.
 *
 * @example
 * const decisions = new protocol.Decisions('my protocol', [0, 1, 1]); // what the nodes begin with
 * decisions.decide(0, 1, 0.5); // false: node 0 decides 1 at half a second, and others have not
 * decisions.fraction; // 1/3
 */
export class Decisions {
  /** `[N]`: 0 or 1; -1 for the undecided. */
  readonly of: Int8Array;
  /** [N], seconds: the time of the decision; infinite for the undecided. */
  readonly at: Float64Array;
  readonly honest: number;
  /** Honest nodes that have decided. */
  decided = 0;
  readonly #isValid: readonly boolean[];

  /** @throws RangeError unless there is a 0 or 1 for each node, and the adversary is one of as many nodes */
  constructor(caller: string, start: ArrayLike<number>, adversary?: Adversary) {
    aList(caller, 'what nodes hold at the start', start as never);
    const values = Array.from(start);
    const bad = values.find((value) => value !== 0 && value !== 1);
    if (bad !== undefined)
      throw new RangeError(`${caller}: what nodes hold at the start must be 0 or 1, got ${bad}`);
    const members = adversary?.members ?? new Uint8Array(values.length);
    const N = values.length;
    if (members.length !== N)
      throw new RangeError(`${caller}: the adversary must be one of ${N} nodes, got ${members.length}`);
    this.of = new Int8Array(N).fill(-1);
    this.at = new Float64Array(N).fill(Infinity);
    this.honest = members.reduce((count, member) => count + 1 - member, 0);
    this.#isValid = [0, 1].map((value) => values.some((held, node) => held === value && members[node] === 0));
  }

  /** An honest node decides, once. @returns whether now all honest ones have */
  decide(node: number, value: number, now: number): boolean {
    if (this.of[node] < 0) this.decided++;
    this.of[node] = value;
    this.at[node] = now;
    return this.decided === this.honest;
  }

  /** Share of the honest nodes that have decided. */
  get fraction(): number {
    return this.decided / this.honest;
  }

  /** How many have decided 0 and 1. */
  get counts(): [zero: number, one: number] {
    const ones = this.of.reduce((count, value) => count + Number(value === 1), 0);
    return [this.decided - ones, ones];
  }

  get agreement(): boolean {
    return this.counts.includes(0);
  }

  get validity(): boolean {
    return this.counts.every((count, value) => count === 0 || this.#isValid[value]);
  }

  [jupyterDisplay]() {
    return card(`Decisions of ${countText(this.honest, 'honest node')}`, outcome(this));
  }

  [inspectText](): string {
    return this[jupyterDisplay]()['text/plain'];
  }
}

export const decidingCard = ({ name, decisions }: Deciding) => card(name, outcome(decisions));

const outcome = ({ decided, honest, counts: [zero, one], agreement, validity }: Decisions) => ({
  decided: `${numeral(decided)} of ${countText(honest, 'honest node')}`,
  'for 0 and for 1': `${zero}, ${one}`,
  agreement: agreement ? 'yes' : 'no',
  validity: validity ? 'yes' : 'no',
});
