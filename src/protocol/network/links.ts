// What links do to messages: delay, queues at the sender's bandwidth, loss, repeats, a second delay that lets
// later messages overtake, and cuts between the sides of a partition. A message waits until the sender's line
// is free, needs bytes / bandwidth on the line, then the latency. It is lost if a partition separates sender
// and receiver when it is sent; messages under way arrive.
import { got } from '../../numerics/check.js';
import {
  byDefault,
  type Filled,
  needed,
  nested,
  type Options,
  type OptionsOf,
  readOptions,
  typed,
} from '../../numerics/options.js';
import { aFunction, aList, anything, each, nonNegative, fraction } from '../../numerics/rules.js';
import type { RandomSource } from '../../randomness/index.js';
import { aLatency, constantLatency } from './latency.js';

const partitionOptions = {
  /** Seconds: when the cut begins. */
  from: needed(typed<number>(anything)),
  /** Seconds: when it is healed. */
  until: needed(typed<number>(anything)),
  /** By node: its side. Messages between sides are lost. */
  side: needed(typed<ArrayLike<number>>(aList)),
};

/** A cut of the network into sides, for a time. */
export interface Partition extends Options, OptionsOf<typeof partitionOptions> {}

const reorderingOptions = {
  /** Probability of an extra delay. */
  probability: needed(fraction),
  /** Seconds: the extra delay is uniform from 0 to this. */
  delay: needed(nonNegative),
};

export interface Reordering extends Options, OptionsOf<typeof reorderingOptions> {}

const linkOptions = {
  /** How long a message takes; no time by default. */
  latency: byDefault(constantLatency(0), aLatency),
  /** Bytes per second that a node can send, one number or one per node; unlimited by default. */
  upload: typed<number | ArrayLike<number>>(anything),
  /** Probability that a message is lost; 0 by default. */
  loss: byDefault(0, fraction),
  /** Probability that it arrives twice, each time with its own delay; 0 by default. */
  duplication: byDefault(0, fraction),
  /** An extra delay of some messages, so that later ones overtake them; none by default. */
  reordering: typed<Reordering>(nested(reorderingOptions)),
  /** Cuts of the network; none by default. */
  partitions: byDefault<readonly Partition[]>([], typed(each(nested(partitionOptions)))),
  /** Extra seconds for which an adversary holds a message from one node to another. */
  hold: typed<(from: number, to: number, now: number) => number>(aFunction),
};

/** What the network does to messages: delay, loss, repetition, cuts. */
export interface Links extends Options, OptionsOf<typeof linkOptions> {}

type Arrival = (time: number, from: number, to: number, message: number) => void;

/** Links at work: `depart` says when each copy of a message arrives. */
export class Wires {
  readonly links: Filled<typeof linkOptions>;
  readonly #rates: ArrayLike<number> | undefined;
  readonly #freeAt: Float64Array;

  constructor(links: Links, nodeCount: number) {
    this.links = readOptions('links', links, linkOptions);
    const { upload, partitions } = this.links;
    this.#rates = typeof upload === 'number' ? new Float64Array(nodeCount).fill(upload) : upload;
    if (
      this.#rates !== undefined &&
      (this.#rates.length !== nodeCount || !Array.from(this.#rates).every((rate) => rate > 0))
    ) {
      throw new RangeError(
        `links: upload must be ${nodeCount} positive numbers of bytes per second, got ${this.#rates.length} numbers`,
      );
    }
    for (const { side } of partitions) {
      if (side.length !== nodeCount) {
        throw new RangeError(
          `links: a partition must name the side of all ${nodeCount} nodes, got ${side.length}`,
        );
      }
    }
    this.#freeAt = new Float64Array(this.#rates === undefined ? 0 : nodeCount);
  }

  /** Calls `arrive` for each copy. @returns the copies that arrive: 0, 1 or 2 */
  depart(
    from: number,
    to: number,
    message: number,
    bytes: number,
    now: number,
    random: RandomSource,
    arrive: Arrival,
  ): number {
    const { latency, loss, duplication, reordering, partitions, hold } = this.links;
    let sent = now;
    if (this.#rates !== undefined)
      sent = this.#freeAt[from] = Math.max(now, this.#freeAt[from]) + bytes / this.#rates[from];
    if (partitions.some((cut) => now >= cut.from && now < cut.until && cut.side[from] !== cut.side[to]))
      return 0;
    if (loss > 0 && random() < loss) return 0;
    const copies = duplication > 0 && random() < duplication ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      let time = sent + seconds('latency', latency.seconds(from, to, random));
      if (reordering !== undefined && random() < reordering.probability) time += reordering.delay * random();
      if (hold !== undefined) time += seconds('hold', hold(from, to, now));
      arrive(time, from, to, message);
    }
    return copies;
  }
}

function seconds(what: string, value: number): number {
  if (typeof value === 'number') return value;
  throw new TypeError(`links: ${what} must give a number of seconds, got ${got(value)}`);
}
