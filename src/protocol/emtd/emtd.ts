// The paper's protocol, with the arrows that its diagram lacks (transitions.ts). Every node holds one of the
// candidate ledgers 0, 1, ... Ledger k stands for the value values[k] of a field, whose energy is any
// Hamiltonian of bonds and sites. At each ring of its clock a node offers its ledger to a peer. The peer
// verifies the offer and computes the cost of taking that ledger (offerCost.ts):
//   accepted if cost <= T E, E exponential of mean 1, so with probability min(1, exp(-cost / T))
// The cost is the energy difference, as the paper draws it. With the ratio of proposals in it (`hastings`),
// Boltzmann's law is stationary where messages take no time and clients put ledgers in. A node that changes
// informs all its peers. Forged messages cost an infinite energy: they are refused before any cost.
// Rounding: decisions use + - x / and our own logarithm; energies and schedules of other functions (exp,
// powers) have their own rounding. Sources: EMTD 3.1; rows EMTD-3.1 to 3.5.
import { card, formatNumber, inspectText, jupyterDisplay, numeral } from '../../display/index.js';
import { constant, type Schedule, type Temperature } from '../../dynamics/index.js';
import { type Hamiltonian, notLocal } from '../../energies/index.js';
import type { Graph } from '../../graphs/index.js';
import { modelSignatures, type Signatures } from '../../merkle/index.js';
import {
  byDefault,
  type Filled,
  needed,
  type OptionsOf,
  readOptions,
  typed,
} from '../../numerics/options.js';
import { aBoolean, aList, anything, nonNegative } from '../../numerics/rules.js';
import { exponential, randomInteger } from '../../randomness/index.js';
import { anAdversary, Opponents } from './adversaries.js';
import type { ClockRates } from '../network/clocks.js';
import { envelopeBytes, Post } from './envelope.js';
import type { FinalityRule, FinalityView } from './finalityRules.js';
import { type FinalityRecord, FinalityWatches } from './finalityRecord.js';
import { Holdings } from './holdings.js';
import { Neighbourhood } from './neighbourhood.js';
import { type OfferCost, offerCost, offerCostOptions } from './offerCost.js';
import type { Network, Protocol } from '../network/network.js';
import { type Peers, peersOf, randomPeer } from '../network/peers.js';
import { Lives } from './transitions.js';

const emtdOptions = {
  ...offerCostOptions,
  /** By node: the ledger at the start. */
  initial: needed(typed<ArrayLike<number>>(aList)),
  /** In units of energy: a number, or a schedule over seconds. */
  temperature: needed(typed<Temperature>(anything)),
  /** The scheme of signatures, with its costs; `modelSignatures()` by default. */
  signatures: typed<Signatures>(anything),
  /** Members that do not follow the protocol; no members by default. */
  adversary: anAdversary,
  /** Every rule keeps its record; the first is obeyed unless `isWatched`. No rules by default. */
  finality: byDefault<readonly FinalityRule[]>([], typed(aList)),
  /** Whether all rules are recorded only, and stop no node; false by default. */
  isWatched: byDefault(false, aBoolean),
  /** Seconds without a change after which a run that has not converged is called frozen; never by default. */
  patience: nonNegative,
  /** Whether the run has converged as soon as all honest nodes hold one ledger; false by default. */
  endsAtAgreement: byDefault(false, aBoolean),
};

/** Options of `Emtd`. */
export interface EmtdOptions extends OptionsOf<typeof offerCostOptions>, OptionsOf<typeof emtdOptions> {}

const [OFFER, NEWS, INPUT] = [0, 1, -1];

/**
 * The protocol of EMTD, section 3: its state and rules in one run. Each `Network` needs a new one.
 *
 * @example
 * const ising = hamiltonian(smallWorld(50, 4, 0.1, { seed: 1 }), [bond((a, b) => a.mul(b).sum().neg())]);
 * const initial = Array.from({ length: 50 }, (_, node) => node % 2); // the ledger of each node
 * const emtd = new protocol.Emtd(ising, { values: [-1, 1], initial, temperature: geometric({ from: 4, to: 0.1, steps: 60 }) });
 * await new protocol.Network(emtd, { nodeCount: 50, seed: 1 }).run({ time: 100 });
 * emtd.agreement; // 0.72
 */
export class Emtd implements Protocol, FinalityView {
  readonly name = 'EMTD';
  readonly stream = 'EMTD';
  /** With the defaults. */
  readonly options: Filled<typeof emtdOptions>;
  readonly graph: Graph;
  readonly nodeCount: number;
  readonly lives: Lives;
  readonly post: Post;
  changes = 0;
  /** By node: the ledger that it holds. */
  readonly ledgers: Int32Array;
  /** By ledger: honest nodes that hold it. */
  readonly holders: Float64Array;
  readonly honest: number;
  /** Forged messages that came to honest nodes, and how many of them were accepted as genuine. */
  readonly forgeries: { readonly received: number; readonly accepted: number };
  readonly #holdings: Holdings;
  readonly #opponents: Opponents | undefined;
  readonly #watches: FinalityWatches;
  readonly #schedule: Schedule;
  readonly #cost: OfferCost;
  readonly #busy: Float64Array; // by node: until when it verifies
  readonly #peers: Peers;
  #net: Network | undefined;
  #known: Neighbourhood;
  #lastChange = 0;

  /**
   * @throws RangeError for a wrong ledger, and for the rule 'hastings' with no injection; TypeError
   *   for energies of other terms than bonds and sites
   */
  constructor(
    readonly energy: Hamiltonian,
    options: EmtdOptions,
  ) {
    this.options = readOptions('Emtd', options, emtdOptions);
    const { values, rule, injection, initial, temperature, signatures = modelSignatures() } = this.options;
    const { finality, isWatched, adversary } = this.options;
    if (rule === 'hastings' && injection === 0) {
      const why = 'with no clients a node never takes what all its peers hold while T > 0: they cannot agree';
      throw new RangeError(`Emtd: rule "hastings" needs an injection above 0, got 0: ${why}`);
    }
    const { graph } = energy;
    const n = graph.nodeCount;
    const reason = notLocal(energy.terms);
    if (reason) throw new TypeError(`Emtd: ${reason} and a node knows only its peers`);
    if (initial.length !== n)
      throw new RangeError(`Emtd: initial must be a ledger for each of ${n} nodes, got ${initial.length}`);
    const bad = Array.from(initial).find(
      (ledger) => !(Number.isInteger(ledger) && ledger >= 0 && ledger < values.length),
    );
    if (bad !== undefined)
      throw new RangeError(`Emtd: ledgers must be whole numbers in [0, ${values.length}), got ${bad}`);
    if (adversary && adversary.members.length !== n) {
      throw new RangeError(`Emtd: the adversary must name ${n} nodes, got ${adversary.members.length}`);
    }
    this.graph = graph;
    this.nodeCount = n;
    this.lives = new Lives(n);
    this.post = new Post(signatures, n);
    this.#schedule = typeof temperature === 'number' ? constant(temperature) : temperature;
    this.#cost = offerCost(energy, this.options);
    this.#busy = new Float64Array(n);
    this.#holdings = new Holdings(this.post, initial, values.length, (node) => this.#isMember(node));
    ({ ledgers: this.ledgers, holders: this.holders, honest: this.honest } = this.#holdings);
    this.#peers = peersOf(graph);
    this.#opponents = adversary && new Opponents(adversary, this.#peers, this.#holdings);
    this.forgeries = this.#opponents?.forgeries ?? { received: 0, accepted: 0 };
    this.#watches = new FinalityWatches(finality, isWatched, this.#holdings);
    this.#known = this.#meet(1);
  }

  #isMember(node: number): boolean {
    return this.options.adversary?.members[node] === 1;
  }

  /** The share of the honest nodes that hold the most frequent ledger. */
  get agreement(): number {
    return this.#holdings.agreement;
  }

  temperature(): number {
    return this.#schedule.at(this.#net?.now ?? 0);
  }

  agreeing(node: number): number {
    return this.#known.share(node, this.ledgers[node]);
  }

  #meet(clock: ClockRates): Neighbourhood {
    const {
      ledgers,
      options: { adversary },
    } = this;
    return new Neighbourhood(this.graph, clock, (peer, node) =>
      this.#isMember(peer) ? adversary!.says(peer, node, ledgers[node]) : ledgers[peer],
    );
  }

  get records(): FinalityRecord[] {
    return this.#watches.records;
  }

  start(net: Network): void {
    this.#net = net;
    this.#known = this.#meet(net.options.clock ?? 1);
    this.#watches.start(this);
    this.#holdings.sign();
    for (let node = 0; node < this.nodeCount; node++) this.#awaitClient(node, net);
  }

  /** A node that left has lost its client's next transaction, and the messages that it was verifying. */
  join(node: number, net: Network): void {
    this.#busy[node] = 0;
    this.#awaitClient(node, net);
  }

  #awaitClient(node: number, net: Network): void {
    const { injection } = this.options;
    if (injection > 0 && !this.#isMember(node)) net.wake(node, exponential(net.random) / injection, INPUT);
  }

  tick(node: number, net: Network): void {
    const peer = randomPeer(this.#peers, node, net.random);
    if (this.#isMember(node)) {
      if (peer >= 0) this.#send(node, peer, this.#opponents!.letter(node, peer, net.random), OFFER, net);
      return;
    }
    if (!this.lives.isFinal(node)) {
      this.lives.take(node, 'ring');
      this.#ask(node, net);
    }
    if (peer >= 0) this.#send(node, peer, this.#holdings.letters[node], OFFER, net);
    const { patience } = this.options;
    if (patience !== undefined && net.now - this.#lastChange > patience) net.end('frozen');
  }

  receive(node: number, _from: number, message: number, net: Network): void {
    if (this.#isMember(node)) return;
    if (this.lives.isFinal(node)) return this.lives.take(node, 'message');
    const { verifyCost } = this.post.signatures;
    if (verifyCost === 0) return this.#open(node, message, net);
    this.#busy[node] = Math.max(net.now, this.#busy[node]) + verifyCost; // one message after the other
    net.wake(node, this.#busy[node] - net.now, message);
  }

  wake(node: number, message: number, net: Network): void {
    const isInput = message === INPUT;
    if (isInput) this.#awaitClient(node, net);
    if (this.lives.isFinal(node)) return;
    if (!isInput) return this.#open(node, message, net);
    const ledger = randomInteger(net.random, this.options.values.length);
    this.#watches.propose(ledger);
    this.lives.take(node, 'client input');
    this.lives.take(node, 'own proposal');
    this.#weigh(node, ledger, net);
  }

  #send(node: number, peer: number, envelope: number, kind: number, net: Network): void {
    net.send(node, peer, 2 * envelope + kind, envelopeBytes(this.post.envelopes[envelope]));
  }

  /** Phase II: verifies the message, then weighs an offer, or notes news. */
  #open(node: number, message: number, net: Network): void {
    const [number, isNews] = [message >> 1, message % 2 === NEWS];
    this.lives.take(node, 'message');
    const envelope = this.post.envelopes[number];
    const isGenuine = this.post.isGenuine(number) && this.#known.hear(node, envelope);
    this.#opponents?.note(number, isGenuine);
    if (!isGenuine) return this.lives.take(node, 'forged');
    this.lives.take(node, isNews ? 'news' : 'offer');
    if (!isNews) this.#weigh(node, envelope.evidence.ledger, net);
  }

  #weigh(node: number, ledger: number, net: Network): void {
    const T = this.temperature();
    const cost = this.#cost(this.#known, node, this.ledgers[node], ledger, T);
    if (cost <= 0) this.lives.take(node, 'downhill');
    else {
      this.lives.take(node, 'uphill');
      if (!(cost <= T * exponential(net.random))) return this.lives.take(node, 'reject');
      this.lives.take(node, 'accept');
    }
    this.#update(node, ledger, net);
  }

  /** Phase III: the new ledger goes to all peers. */
  #update(node: number, ledger: number, net: Network): void {
    const {
      graph: { offsets, neighbours },
    } = this;
    this.lives.take(node, 'announce');
    if (ledger !== this.ledgers[node]) {
      this.#holdings.change(node, ledger);
      this.changes++;
      this.#lastChange = net.now;
      for (let h = offsets[node]; h < offsets[node + 1]; h++)
        this.#send(node, neighbours[h], this.#holdings.letters[node], NEWS, net);
    }
    this.lives.take(node, 'read temperature');
    this.#ask(node, net);
    if (this.options.endsAtAgreement && this.holders[ledger] === this.honest) net.end('converged');
  }

  /** Is the block final? */
  #ask(node: number, net: Network): void {
    this.lives.take(node, this.#watches.ask(node, net.now) ? 'cold' : 'warm');
    if (this.#watches.isComplete) net.end(this.agreement === 1 ? 'converged' : 'frozen');
  }

  toString(): string {
    return `EMTD on ${this.graph.name}: ${this.changes} changes, ${this.agreement} of the honest nodes agree`;
  }

  [jupyterDisplay]() {
    const {
      graph,
      options,
      agreement,
      changes,
      forgeries: { received, accepted },
      records,
    } = this;
    return card(`EMTD on ${graph.name}`, {
      ledgers: numeral(options.values.length),
      rule: options.rule,
      changes: numeral(changes),
      'share of the honest that agree': formatNumber(agreement),
      adversary: options.adversary?.name,
      'forgeries accepted': received > 0 ? `${numeral(accepted)} of ${numeral(received)}` : undefined,
      'taken for final':
        records.length > 0 ? records.map(({ rule, count }) => `${count} by "${rule}"`).join(', ') : undefined,
    });
  }

  [inspectText](): string {
    return `Emtd { ${this.toString()} }`;
  }
}
