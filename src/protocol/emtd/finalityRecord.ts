// What a finality rule did in a run: who took which ledger for final, and when. Agreement, validity and latency are read apart.
import { card, formatNumber, grouped, type MimeBundle, summarised } from '../../display/index.js';

export interface FinalityRecord {
  readonly rule: string;
  /** By node: seconds, NaN for those that were never sure and for members of the adversary. */
  readonly times: Float64Array;
  /** By node: the ledger that it took for final, or -1. */
  readonly ledgers: Int32Array;
  /** Honest nodes that are sure. */
  readonly count: number;
  /** When the last honest node was sure; NaN while one is not. */
  readonly completed: number;
  /** The honest nodes held different ledgers at the moment when the last of them was sure; undefined while one is not. */
  readonly wasSplit: boolean | undefined;
  /** Two honest nodes took different ledgers for final: the failure that cannot be taken back. */
  readonly isSplit: boolean;
  /** Every ledger that was taken for final is one that an honest node began with or a client put in. */
  readonly isValid: boolean;
}

/** Collects the record of one rule. */
export class FinalityWatch {
  readonly times: Float64Array;
  readonly ledgers: Int32Array;
  count = 0;
  #last = NaN;
  #wasSplit: boolean | undefined;

  constructor(readonly rule: string, readonly honest: number, nodes: number) {
    this.times = new Float64Array(nodes).fill(NaN);
    this.ledgers = new Int32Array(nodes).fill(-1);
  }

  isSure(node: number): boolean {
    return this.ledgers[node] >= 0;
  }

  note(node: number, ledger: number, now: number, isSplit: boolean): void {
    this.times[node] = this.#last = now;
    this.ledgers[node] = ledger;
    this.count++;
    if (this.isComplete) this.#wasSplit = isSplit;
  }

  get isComplete(): boolean {
    return this.count === this.honest;
  }

  record(isProposed: (ledger: number) => boolean): FinalityRecord {
    const { rule, times, ledgers, count } = this;
    const taken = [...new Set(ledgers)].filter((ledger) => ledger >= 0);
    return summarised<FinalityRecord>({
      rule, times, ledgers, count,
      completed: this.isComplete ? this.#last : NaN,
      wasSplit: this.#wasSplit,
      isSplit: taken.length > 1,
      isValid: taken.every(isProposed),
    }, finalityRecordCard);
  }
}

const finalityRecordCard = ({ rule, times, count, completed, isSplit, isValid }: FinalityRecord): MimeBundle =>
  card(`Finality by "${rule}"`, {
    'nodes that are sure': `${grouped(count)} of ${grouped(times.length)}`, 'all, at seconds': Number.isNaN(completed) ? 'never' : formatNumber(completed),
    'two ledgers final': isSplit ? 'yes' : 'no', valid: isValid ? 'yes' : 'no',
  });
