// The finality rules of one run: every rule keeps its record, and the first is obeyed, unless all are recorded only.
import { type FinalityRecord, FinalityWatch } from './finalityRecord.js';
import type { FinalityRule, FinalityView } from './finalityRules.js';
import type { Holdings } from './holdings.js';

export class FinalityWatches {
  readonly #watches: readonly FinalityWatch[];
  readonly #proposed = new Set<number>();
  #asks: readonly ((node: number) => boolean)[] = [];

  constructor(readonly rules: readonly FinalityRule[], readonly isWatched: boolean, readonly holdings: Holdings) {
    const { ledgers, holders, honest } = holdings;
    this.#watches = rules.map(({ name }) => new FinalityWatch(name, honest, ledgers.length));
    holders.forEach((count, ledger) => count > 0 && this.propose(ledger));
  }

  start(view: FinalityView): void {
    this.#asks = this.rules.map((rule) => rule.start(view));
  }

  /** An honest node begins with the ledger, or a client puts it in. */
  propose(ledger: number): void {
    this.#proposed.add(ledger);
  }

  /** A node asks itself whether its ledger is final. @returns whether it stops */
  ask(node: number, now: number): boolean {
    const { ledgers } = this.holdings;
    let isObeyed = false;
    this.#asks.forEach((isFinal, rule) => {
      if (!isFinal(node)) return;
      const watch = this.#watches[rule];
      if (!watch.isSure(node)) watch.note(node, ledgers[node], now, this.holdings.agreement < 1);
      if (rule === 0 && !this.isWatched) isObeyed = true;
    });
    return isObeyed;
  }

  /** All honest nodes are sure: by the rule that is obeyed, or by every rule. */
  get isComplete(): boolean {
    const [obeyed] = this.#watches;
    return obeyed !== undefined && (this.isWatched ? this.#watches.every((watch) => watch.isComplete) : obeyed.isComplete);
  }

  get records(): FinalityRecord[] {
    return this.#watches.map((watch) => watch.record((ledger) => this.#proposed.has(ledger)));
  }
}
