// The paper's protocol, with the arrows that its diagram lacks (transitions.ts). Every node holds one of the candidate ledgers, numbered;
// ledger k stands for the value values[k] of a field, whose energy is any Hamiltonian of bonds and sites. At each ring a node offers its
// ledger to a peer; the peer verifies, and weighs what it would cost to hold it, by what it knows of its own peers:
//   cost = dE - T ln( w(old) / w(new) ),   accepted if cost <= T E, E exponential of mean 1, so with probability min(1, exp(-cost / T))
// with w(k) the rate at which ledger k is offered to it: sum over peers that hold k of (ring rate / degree), and the clients' share. This
// ratio of proposals makes Boltzmann's law stationary where messages take no time; `asDrawn` leaves it out, as the paper does.
// A node that changes tells all its peers. Forged messages cost an infinite energy: they are never weighed.
// Rounding: decisions use + - x / and our own logarithm; energies and schedules made of other functions (exp, powers) bring theirs.
// Sources: EMTD 3.1; Hastings, Biometrika 57 (1970) 97, doi:10.1093/biomet/57.1.97; rows EMTD-3.1 to 3.5.
import { inspectText, jupyterDisplay, type MimeBundle } from '../display/index.js';
import type { Schedule, Temperature } from '../dynamics/index.js';
import { constant } from '../dynamics/index.js';
import type { Hamiltonian } from '../energy/index.js';
import { notLocal } from '../energy/localTerms.js';
import type { Graph } from '../graph/index.js';
import { requireNonNegative } from '../graph/check.js';
import { modelSignatures, type Signatures } from '../merkle/index.js';
import { exponential, randomInteger } from '../random/index.js';
import { reproducibleLog } from '../random/exponential.js';
import type { Adversary } from './adversaries.js';
import type { ClockRates } from './clocks.js';
import { emtdCard } from './display.js';
import { envelopeBytes, type LedgerProof, evidenceOf, Post } from './envelope.js';
import type { FinalityRule, FinalityView } from './finality.js';
import { type FinalityRecord, FinalityWatch } from './finalityRecord.js';
import { Neighbourhood } from './neighbourhood.js';
import type { Network, Protocol } from './network.js';
import { Lives } from './transitions.js';

export interface EmtdOptions {
  /** By ledger: the value of the field that it stands for. */
  readonly values: ArrayLike<number>;
  /** By node: the ledger that it begins with. */
  readonly initial: ArrayLike<number>;
  /** In units of energy: a number, or a schedule over seconds. */
  readonly temperature: Temperature;
  /** Transactions that clients put in, a second and node, each ledger as likely; 0 by default. */
  readonly injection?: number;
  /** The acceptance rule: with the ratio of proposals (default), or as the paper draws it. */
  readonly rule?: 'hastings' | 'asDrawn';
  readonly signatures?: Signatures;
  readonly adversary?: Adversary;
  /** Every rule keeps its record; the first is obeyed unless `isWatched`. */
  readonly finality?: readonly FinalityRule[];
  /** Rules are recorded only, and nobody stops by them. */
  readonly isWatched?: boolean;
  /** Seconds without a change after which a run that has not converged is called frozen; never by default. */
  readonly patience?: number;
  /** The run has converged as soon as all honest nodes hold one ledger. */
  readonly endsAtAgreement?: boolean;
}

const [OFFER, NEWS, INPUT] = [0, 1, -1];

/** State and rules of one run: a new one for each `Network`. */
export class Emtd implements Protocol, FinalityView {
  readonly name = 'EMTD';
  readonly graph: Graph;
  readonly lives: Lives;
  readonly post: Post;
  /** By node: the ledger that it holds. */
  readonly ledgers: Int32Array;
  /** By ledger: honest nodes that hold it. */
  readonly holders: Float64Array;
  /** Forged messages that came to an honest node, and how many of them it took for genuine. */
  readonly forgeries = { received: 0, accepted: 0 };
  changes = 0;
  readonly honest: number;
  readonly #evidence: readonly LedgerProof[];
  readonly #schedule: Schedule;
  readonly #version: Int32Array;
  readonly #letter: Int32Array; // by node: the envelope that says what it holds
  readonly #busy: Float64Array; // by node: until when it verifies
  readonly #forged = new Set<number>();
  readonly #proposed = new Set<number>();
  readonly #state: Float64Array;
  readonly #change: (node: number, value: ArrayLike<number>) => number;
  readonly #watches: readonly FinalityWatch[];
  #asks: readonly ((node: number) => boolean)[] = [];
  #net: Network | undefined;
  #peers: Neighbourhood;
  #lastChange = 0;

  /** @throws RangeError for ledgers that are none; TypeError for energies of other terms than bonds and sites */
  constructor(readonly energy: Hamiltonian, readonly options: EmtdOptions) {
    const { values, initial, temperature, injection = 0, signatures = modelSignatures(), finality = [], adversary } = options;
    const { graph } = energy;
    const n = graph.nodeCount;
    const reason = notLocal(energy.terms);
    if (reason) throw new TypeError(`Emtd: ${reason} and a node knows only its peers`);
    requireNonNegative('Emtd', 'injection', injection);
    if (initial.length !== n) throw new RangeError(`Emtd: initial must be a ledger for each of ${n} nodes, got ${initial.length}`);
    const bad = Array.from(initial).find((ledger) => !(Number.isInteger(ledger) && ledger >= 0 && ledger < values.length));
    if (bad !== undefined) throw new RangeError(`Emtd: ledgers must be whole numbers in [0, ${values.length}), got ${bad}`);
    if (adversary && adversary.members.length !== n) throw new RangeError(`Emtd: the adversary must name ${n} nodes, got ${adversary.members.length}`);
    this.graph = graph;
    this.lives = new Lives(n);
    this.post = new Post(signatures, n);
    this.ledgers = Int32Array.from(initial);
    this.#schedule = typeof temperature === 'number' ? constant(temperature) : temperature;
    this.#evidence = Array.from(values, (_, ledger) => evidenceOf(ledger));
    this.#peers = this.#meet(1);
    [this.#version, this.#letter, this.#busy] = [new Int32Array(n), new Int32Array(n), new Float64Array(n)];
    this.#state = new Float64Array(n);
    this.#change = energy.track(this.#state).change;
    this.holders = new Float64Array(values.length);
    for (let node = 0; node < n; node++) {
      if (this.#isMember(node)) continue;
      this.holders[this.ledgers[node]]++;
      this.#proposed.add(this.ledgers[node]);
    }
    this.honest = this.holders.reduce((sum, count) => sum + count, 0);
    this.#watches = finality.map(({ name }) => new FinalityWatch(name, this.honest, n));
  }

  #isMember(node: number): boolean {
    return this.options.adversary?.members[node] === 1;
  }

  /** Share of the honest nodes that hold what most of them hold. */
  get agreement(): number {
    return this.holders.reduce((most, count) => Math.max(most, count), 0) / this.honest;
  }

  get nodeCount(): number {
    return this.graph.nodeCount;
  }

  temperature(): number {
    return this.#schedule.at(this.#net?.now ?? 0);
  }

  agreeing(node: number): number {
    return this.#peers.share(node, this.ledgers[node]);
  }

  /** What nodes know of each other before the first message. */
  #meet(clock: ClockRates): Neighbourhood {
    const { adversary } = this.options;
    return new Neighbourhood(this.graph, clock, (peer, node) => (this.#isMember(peer) ? adversary!.says(peer, node, this.ledgers[node]) : this.ledgers[peer]));
  }

  /** Of every rule. */
  get records(): FinalityRecord[] {
    return this.#watches.map((watch) => watch.record((ledger) => this.#proposed.has(ledger)));
  }

  start(net: Network): void {
    const { graph, options: { injection = 0, finality = [] } } = this;
    if (net.nodeCount !== graph.nodeCount) throw new RangeError(`Emtd: the network must have ${graph.nodeCount} nodes, got ${net.nodeCount}`);
    this.#net = net;
    this.#peers = this.#meet(net.options.clock ?? 1);
    this.#asks = finality.map((rule) => rule.start(this));
    for (let node = 0; node < graph.nodeCount; node++) {
      this.#letter[node] = this.post.write(node, 0, this.#evidence[this.ledgers[node]]);
      if (injection > 0 && !this.#isMember(node)) net.wake(node, exponential(net.random) / injection, INPUT);
    }
  }

  tick(node: number, net: Network): void {
    const peer = this.#somePeer(node, net);
    if (this.#isMember(node)) return peer < 0 ? undefined : this.#tell(node, peer, net);
    if (!this.lives.isFinal(node)) {
      this.lives.take(node, 'ring');
      this.#ask(node, net);
    }
    if (peer >= 0) this.#send(node, peer, this.#letter[node], OFFER, net);
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
    if (isInput) net.wake(node, exponential(net.random) / this.options.injection!, INPUT);
    if (this.lives.isFinal(node)) return;
    if (!isInput) return this.#open(node, message, net);
    const ledger = randomInteger(net.random, this.options.values.length);
    this.#proposed.add(ledger);
    this.lives.take(node, 'client input');
    this.lives.take(node, 'own proposal');
    this.#weigh(node, ledger, net);
  }

  /** A member of the adversary says what it says. */
  #tell(node: number, peer: number, net: Network): void {
    const { says, forge } = this.options.adversary!;
    const ledger = says(node, peer, this.ledgers[peer]);
    if (forge) {
      const genuine = this.#letter[this.#somePeer(peer, net)];
      const forged = this.post.post(forge(this.post.envelopes[genuine], net.random));
      this.#forged.add(forged);
      return this.#send(node, peer, forged, OFFER, net);
    }
    if (ledger !== this.ledgers[node]) {
      this.ledgers[node] = ledger;
      this.#letter[node] = this.post.write(node, ++this.#version[node], this.#evidence[ledger]);
    }
    this.#send(node, peer, this.#letter[node], OFFER, net);
  }

  #somePeer(node: number, net: Network): number {
    const { offsets, neighbours } = this.graph;
    const degree = offsets[node + 1] - offsets[node];
    return degree > 0 ? neighbours[offsets[node] + randomInteger(net.random, degree)] : -1;
  }

  #send(node: number, peer: number, envelope: number, kind: number, net: Network): void {
    net.send(node, peer, 2 * envelope + kind, envelopeBytes(this.post.envelopes[envelope]));
  }

  /** Phase II: verify, then weigh an offer, or note the news. */
  #open(node: number, message: number, net: Network): void {
    const [number, isNews] = [message >> 1, message % 2 === NEWS];
    this.lives.take(node, 'message');
    const isForged = this.#forged.has(number);
    if (isForged) this.forgeries.received++;
    const envelope = this.post.envelopes[number];
    if (!this.post.isGenuine(number) || !this.#peers.hear(node, envelope)) return this.lives.take(node, 'forged');
    if (isForged) this.forgeries.accepted++;
    this.lives.take(node, isNews ? 'news' : 'offer');
    if (!isNews) this.#weigh(node, envelope.evidence.ledger, net);
  }

  #weigh(node: number, ledger: number, net: Network): void {
    const T = this.temperature();
    const cost = this.#cost(node, ledger, T);
    if (cost <= 0) this.lives.take(node, 'downhill');
    else {
      this.lives.take(node, 'uphill');
      if (!(cost <= T * exponential(net.random))) return this.lives.take(node, 'reject');
      this.lives.take(node, 'accept');
    }
    this.#update(node, ledger, net);
  }

  /** dE - T ln( w(old) / w(new) ), by what the node knows of its peers. */
  #cost(node: number, ledger: number, T: number): number {
    const old = this.ledgers[node];
    if (ledger === old) return 0;
    const { values, rule = 'hastings', injection = 0 } = this.options;
    this.#peers.each(node, (peer, held) => (this.#state[peer] = values[held]));
    this.#state[node] = values[old];
    const change = this.#change(node, [values[ledger]]);
    if (rule === 'asDrawn' || T === 0) return change;
    const clients = injection / values.length;
    const [back, forth] = [clients + this.#peers.offered(node, old), clients + this.#peers.offered(node, ledger)];
    return back === 0 ? Infinity : change - T * reproducibleLog(back / forth);
  }

  /** Phase III: the new ledger is told to all peers. */
  #update(node: number, ledger: number, net: Network): void {
    const { graph: { offsets, neighbours } } = this;
    this.lives.take(node, 'announce');
    if (ledger !== this.ledgers[node]) {
      this.holders[this.ledgers[node]]--;
      this.holders[ledger]++;
      this.ledgers[node] = ledger;
      this.changes++;
      this.#lastChange = net.now;
      this.#letter[node] = this.post.write(node, ++this.#version[node], this.#evidence[ledger]);
      for (let h = offsets[node]; h < offsets[node + 1]; h++) this.#send(node, neighbours[h], this.#letter[node], NEWS, net);
    }
    this.lives.take(node, 'read temperature');
    this.#ask(node, net);
    if (this.options.endsAtAgreement && this.holders[ledger] === this.honest) net.end('converged');
  }

  /** Is the block final? By every rule; the first is obeyed. */
  #ask(node: number, net: Network): void {
    const { isWatched = false } = this.options;
    let isObeyed = false;
    this.#asks.forEach((isFinal, rule) => {
      if (!isFinal(node)) return;
      if (!this.#watches[rule].isSure(node)) this.#watches[rule].note(node, this.ledgers[node], net.now, this.agreement < 1);
      if (rule === 0 && !isWatched) isObeyed = true;
    });
    this.lives.take(node, isObeyed ? 'cold' : 'warm');
    if (this.#watches.length === 0) return;
    const isOver = isWatched ? this.#watches.every((watch) => watch.isComplete) : this.#watches[0].isComplete;
    if (isOver) net.end(this.agreement === 1 ? 'converged' : 'frozen');
  }

  toString(): string {
    return `EMTD on ${this.graph.name}: ${this.changes} changes, ${this.agreement} of the honest nodes agree`;
  }

  [jupyterDisplay](): MimeBundle {
    return emtdCard(this);
  }

  [inspectText](): string {
    return `Emtd { ${this.toString()} }`;
  }
}
