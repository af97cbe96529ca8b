// Who holds a rumour, since when and over how many hops, and what came to those who held it already: the same account of every
// protocol that spreads one, so that they can be compared. What was sent, in messages and bytes, stands in the network's `messages`.
// Source: Vyzovitis, Napora, McCormick, Dias, Psaras, arXiv:2007.02754, section 5 (delivery latency, its 99th percentile, duplicates).
import { captioned, card, counted, formatNumber, grouped, inspectText, jupyterDisplay, type MimeBundle, sparkline } from '../../display/index.js';
import { requireInteger } from '../../numerics/check.js';
import type { Protocol } from '../network/network.js';

/** A protocol that spreads a rumour, and its account. */
export interface Spreading extends Protocol {
  readonly coverage: Coverage;
}

/** How a protocol that spreads a rumour shows. */
export const spreadingCard = ({ name, coverage }: Spreading): MimeBundle =>
  card(name, { coverage: `${grouped(coverage.holders)} of ${counted(coverage.nodeCount, 'node')}`, duplicates: grouped(coverage.duplicates) });

export interface SpreadingOptions {
  /** The node that has the rumour at time 0; node 0 by default. */
  readonly source?: number;
  /** Size of the rumour on the wire; 1000 by default. */
  readonly bytes?: number;
}

export class Coverage {
  /** [N], seconds: when each node first held the rumour; infinite for those that do not. */
  readonly since: Float64Array;
  /** [N]: over how many hops it first came; -1 for those that do not hold it. */
  readonly hop: Int32Array;
  holders = 0;
  /** By hop: copies that came over so many hops to nodes that held the rumour. */
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
      while (this.repeats.length <= hop) this.repeats.push(0);
      this.repeats[hop]++;
      return false;
    }
    this.since[node] = now;
    this.hop[node] = hop;
    this.holders++;
    return true;
  }

  /** Copies that came to nodes that held the rumour. */
  get duplicates(): number {
    return this.repeats.reduce((sum, count) => sum + count, 0);
  }

  /** Nodes whose first copy came over at most h hops, for h = 0, 1, ... */
  get holdersByHop(): number[] {
    const counts: number[] = [];
    for (const hop of this.hop) {
      if (hop < 0) continue;
      while (counts.length <= hop) counts.push(0);
      counts[hop]++;
    }
    let holders = 0;
    return counts.map((count) => (holders += count));
  }

  /** Seconds until a share of the nodes held the rumour; infinite if that many do not. @throws RangeError outside (0, 1] */
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

  [jupyterDisplay](): MimeBundle {
    const [half, most, nearly] = [0.5, 0.8, 0.99].map((share) => this.timeTo(share));
    const reached = this.since.filter((time) => time < Infinity).toSorted();
    return card(`Coverage: ${grouped(this.holders)} of ${counted(this.nodeCount, 'node')}`, {
      'time to 50 %': seconds(half), 'time to 80 %': seconds(most), 'time to 99 %': seconds(nearly),
      hops: this.holdersByHop.length - 1, duplicates: grouped(this.duplicates),
    }, reached.length > 2 ? { picture: captioned(sparkline([reached]), ['time of each holder, in order']) } : {});
  }

  [inspectText](): string {
    return this[jupyterDisplay]()['text/plain'];
  }
}

const seconds = (time: number): string => (time < Infinity ? `${formatNumber(time)} s` : 'never');
