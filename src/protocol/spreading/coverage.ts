// Which nodes hold a rumour, since when and over how many hops, and the copies that came to nodes that
// already held it: the same account for every protocol that spreads a rumour, so that they can be compared.
// The network's `messages` has the messages and bytes sent. Source: Vyzovitis, Napora, McCormick, Dias,
// Psaras, arXiv:2007.02754, section 5 (delivery latency, its 99th percentile, duplicates).
import {
  card,
  countText,
  formatNumber,
  inspectText,
  jupyterDisplay,
  numeral,
  sparkline,
} from '../../display/index.js';
import { requireInteger } from '../../numerics/check.js';
import { byDefault, type Options, type OptionsOf } from '../../numerics/options.js';
import { integer, nonNegative } from '../../numerics/rules.js';
import type { Protocol } from '../network/network.js';

/** A protocol that spreads a rumour, and its account. */
export interface Spreading extends Protocol {
  readonly coverage: Coverage;
}

export const spreadingCard = ({ name, coverage }: Spreading) =>
  card(name, {
    coverage: `${numeral(coverage.holders)} of ${countText(coverage.nodeCount, 'node')}`,
    duplicates: numeral(coverage.duplicates),
  });

export const spreadingOptions = {
  /** The node that has the rumour at time 0; 0 by default. */
  source: byDefault(0, integer(0)),
  /** Size of the rumour on the wire; 1000 by default. */
  bytes: byDefault(1000, nonNegative),
};

/** Options of the protocols that spread a rumour. */
export interface SpreadingOptions extends Options, OptionsOf<typeof spreadingOptions> {}

/**
 * The account of a rumour: which nodes hold it, since when, and over how many hops.
 *
 * @example
 * const coverage = new protocol.Coverage(4);
 * coverage.reach(2, 0.5, 1); // true: the first copy at node 2, after half a second and one hop
 * coverage.reach(2, 0.7, 2); // false
 * coverage.timeTo(0.25); // 0.5
 */
export class Coverage {
  /** [N], seconds: when each node first held the rumour; infinite for those that do not. */
  readonly since: Float64Array;
  /** `[N]`: the number of hops of the first copy; -1 for those that do not hold it. */
  readonly hop: Int32Array;
  holders = 0;
  /** By number of hops: copies that came to nodes that already held the rumour. */
  readonly repeats: number[] = [];

  /** @throws RangeError for no nodes */
  constructor(readonly nodeCount: number) {
    requireInteger('Coverage', 'nodeCount', nodeCount, 1);
    this.since = new Float64Array(nodeCount).fill(Infinity);
    this.hop = new Int32Array(nodeCount).fill(-1);
  }

  /** A copy comes to a node. @returns whether it is the first */
  reach(node: number, now: number, hop: number): boolean {
    if (this.hop[node] >= 0) {
      countAt(this.repeats, hop);
      return false;
    }
    this.since[node] = now;
    this.hop[node] = hop;
    this.holders++;
    return true;
  }

  /** Copies that came to nodes that already held the rumour. */
  get duplicates(): number {
    return this.repeats.reduce((sum, count) => sum + count, 0);
  }

  /** Nodes whose first copy came over at most h hops, for h = 0, 1, ... */
  get holdersByHop(): number[] {
    const counts: number[] = [];
    for (const hop of this.hop) if (hop >= 0) countAt(counts, hop);
    let holders = 0;
    return counts.map((count) => (holders += count));
  }

  /**
   * Seconds until a share of the nodes held the rumour; infinite if that many do not.
   * @throws RangeError outside (0, 1]
   */
  timeTo(share: number): number {
    if (!(share > 0 && share <= 1)) throw new RangeError(`timeTo: share must be in (0, 1], got ${share}`);
    return this.since.toSorted()[Math.ceil(share * this.nodeCount - 1e-9) - 1];
  }

  /** The share of the nodes that held the rumour at each of these times, in ascending order. */
  sharesAt(times: ArrayLike<number>): Float64Array {
    const sorted = this.since.toSorted();
    let holders = 0;
    return Float64Array.from(times, (time) => {
      while (holders < this.nodeCount && sorted[holders] <= time) holders++;
      return holders / this.nodeCount;
    });
  }

  [jupyterDisplay]() {
    const seconds = (time: number): string => (time < Infinity ? `${formatNumber(time)} s` : 'never');
    const times = [50, 80, 99].map((percent) => [
      `time to ${percent} %`,
      seconds(this.timeTo(percent / 100)),
    ]);
    const reached = this.since.filter((time) => time < Infinity).toSorted();
    return card(
      `Coverage: ${numeral(this.holders)} of ${countText(this.nodeCount, 'node')}`,
      {
        ...Object.fromEntries(times),
        hops: this.holdersByHop.length - 1,
        duplicates: numeral(this.duplicates),
      },
      reached.length > 2 && sparkline([reached]),
      'time of each holder, in order',
    );
  }

  [inspectText](): string {
    return this[jupyterDisplay]()['text/plain'];
  }
}

function countAt(counts: number[], at: number): void {
  while (counts.length <= at) counts.push(0);
  counts[at]++;
}
