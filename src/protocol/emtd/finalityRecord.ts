// What the finality rules did in one run: which node took which ledger for final, and when. Every rule keeps
// its record. The first rule is obeyed, unless all are recorded only. Agreement, validity and latency are
// read apart.
import { card, formatNumber, numeral, printAs } from '../../display/index.js';
import type { FinalityRule, FinalityView } from './finalityRules.js';
import type { Holdings } from './holdings.js';

/** When each node took which ledger for final under one rule. */
export interface FinalityRecord {
  readonly rule: string;
  /** By node: seconds; NaN for nodes that were never sure and for members of the adversary. */
  readonly times: Float64Array;
  /** By node: the ledger that it took for final, or -1. */
  readonly ledgers: Int32Array;
  /** Honest nodes that are sure. */
  readonly count: number;
  /** When the last honest node was sure; NaN while one is not. */
  readonly completed: number;
  /**
   * Whether honest nodes held different ledgers when the last of them was sure; undefined while one is not.
   */
  readonly wasSplit: boolean | undefined;
  /** Two honest nodes took different ledgers for final: the failure that cannot be undone. */
  readonly isSplit: boolean;
  /** Every ledger that was taken for final is one that an honest node began with or a client put in. */
  readonly isValid: boolean;
}

/** The record of one rule so far, and the rule's question. */
type Watch = {
  -readonly [K in 'times' | 'ledgers' | 'count' | 'completed' | 'wasSplit']: FinalityRecord[K];
} & { readonly rule: FinalityRule; isFinal: (node: number) => boolean };

export class FinalityWatches {
  readonly #watches: readonly Watch[];
  /** Those that end the run when they are complete. */
  readonly #decisive: readonly Watch[];
  readonly #proposed = new Set<number>();

  constructor(
    rules: readonly FinalityRule[],
    readonly isWatched: boolean,
    readonly holdings: Holdings,
  ) {
    const {
      ledgers: { length },
      holders,
    } = holdings;
    this.#watches = rules.map((rule) => ({
      rule,
      times: new Float64Array(length).fill(NaN),
      ledgers: new Int32Array(length).fill(-1),
      count: 0,
      completed: NaN,
      wasSplit: undefined,
      isFinal: () => false,
    }));
    this.#decisive = isWatched ? this.#watches : this.#watches.slice(0, 1);
    holders.forEach((count, ledger) => count > 0 && this.propose(ledger));
  }

  start(view: FinalityView): void {
    for (const watch of this.#watches) watch.isFinal = watch.rule.start(view);
  }

  /** An honest node begins with the ledger, or a client puts it in. */
  propose(ledger: number): void {
    this.#proposed.add(ledger);
  }

  /** A node asks itself whether its ledger is final. @returns whether it stops */
  ask(node: number, now: number): boolean {
    let isObeyed = false;
    this.#watches.forEach((watch, at) => {
      if (!watch.isFinal(node)) return;
      if (watch.ledgers[node] < 0) this.#note(watch, node, now);
      if (at === 0 && !this.isWatched) isObeyed = true;
    });
    return isObeyed;
  }

  #note(watch: Watch, node: number, now: number): void {
    watch.times[node] = now;
    watch.ledgers[node] = this.holdings.ledgers[node];
    if (++watch.count < this.holdings.honest) return;
    watch.completed = now;
    watch.wasSplit = this.holdings.agreement < 1;
  }

  /** All honest nodes are sure: by the rule that is obeyed, or by every rule. */
  get isComplete(): boolean {
    return this.#decisive.length > 0 && this.#decisive.every(({ count }) => count === this.holdings.honest);
  }

  get records(): FinalityRecord[] {
    return this.#watches.map(({ rule, times, ledgers, count, completed, wasSplit }) => {
      const final = [...new Set(ledgers)].filter((ledger) => ledger >= 0);
      const isValid = final.every((ledger) => this.#proposed.has(ledger));
      return printAs<FinalityRecord>(
        {
          rule: rule.name,
          times,
          ledgers,
          count,
          completed,
          wasSplit,
          isSplit: final.length > 1,
          isValid,
        },
        finalityRecordCard,
      );
    });
  }
}

const finalityRecordCard = ({ rule, times, count, completed, isSplit, isValid }: FinalityRecord) =>
  card(`Finality by "${rule}"`, {
    'nodes that are sure': `${numeral(count)} of ${numeral(times.length)}`,
    'all, at seconds': Number.isNaN(completed) ? 'never' : formatNumber(completed),
    'two ledgers final': isSplit ? 'yes' : 'no',
    valid: isValid ? 'yes' : 'no',
  });
