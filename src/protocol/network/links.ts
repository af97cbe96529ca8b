// What links do to messages: delay, queues at the sender's bandwidth, loss, repeats, a second delay that lets
// later messages overtake, and cuts between the sides of a partition. A message waits until the sender's line
// is free, needs bytes / bandwidth on the line, then the latency. It is lost if a partition separates sender
// and receiver when it is sent; messages under way arrive.
import { got } from '../../numerics/check.js';
import {
  aFunction,
  aList,
  anything,
  checkOptions,
  each,
  needed,
  nested,
  nonNegative,
  type Rules,
  share,
} from '../../numerics/options.js';
import type { RandomSource } from '../../random/index.js';
import { aLatency, constantLatency, type Latency } from './latency.js';

/** A cut of the network into sides, for a time. */
export interface Partition {
  /** Seconds; the cut begins at the first time and is healed at the second. */
  readonly from: number;
  readonly until: number;
  /** By node: its side. Messages between sides are lost. */
  readonly side: ArrayLike<number>;
}

export interface Reordering {
  readonly probability: number;
  readonly delay: number;
}

/** What the network does to messages: delay, loss, repetition, cuts. */
export interface Links {
  readonly latency?: Latency;
  /** Bytes per second that a node can send, one number or one per node; unlimited by default. */
  readonly upload?: number | ArrayLike<number>;
  /** Probability that a message is lost. */
  readonly loss?: number;
  /** Probability that it arrives twice, each time with its own delay. */
  readonly duplication?: number;
  /** Probability of an extra delay, and its maximum in seconds: it is uniform below that. */
  readonly reordering?: Reordering;
  readonly partitions?: readonly Partition[];
  /** Extra seconds for which an adversary holds a message from one node to another. */
  readonly hold?: (from: number, to: number, now: number) => number;
}

const partitionRules: Rules<Partition> = {
  from: needed(anything),
  until: needed(anything),
  side: needed(aList),
};
const reorderingRules: Rules<Reordering> = { probability: needed(share), delay: needed(nonNegative) };

type Arrival = (time: number, from: number, to: number, message: number) => void;

/** Links at work: `depart` says when each copy of a message arrives. */
export class Wires {
  readonly #latency: Latency;
  readonly #rates: ArrayLike<number> | undefined;
  readonly #freeAt: Float64Array;

  constructor(
    readonly links: Links,
    nodeCount: number,
  ) {
    checkOptions('links', links, {
      latency: aLatency,
      upload: anything,
      loss: share,
      duplication: share,
      reordering: nested(reorderingRules),
      partitions: each(nested(partitionRules)),
      hold: aFunction,
    });
    const { latency = constantLatency(0), upload, partitions = [] } = links;
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
    this.#latency = latency;
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
    const { loss = 0, duplication = 0, reordering, partitions, hold } = this.links;
    let sent = now;
    if (this.#rates !== undefined)
      sent = this.#freeAt[from] = Math.max(now, this.#freeAt[from]) + bytes / this.#rates[from];
    if (
      partitions !== undefined &&
      partitions.some((cut) => now >= cut.from && now < cut.until && cut.side[from] !== cut.side[to])
    )
      return 0;
    if (loss > 0 && random() < loss) return 0;
    const copies = duplication > 0 && random() < duplication ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      let time = sent + seconds('latency', this.#latency.seconds(from, to, random));
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
