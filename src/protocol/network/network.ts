// The simulator: nodes act when their clock rings and when a message arrives, never between. Events happen in order of time and, at equal
// times, in the order of their requests. A run is a function of (protocol, options, seed). Its hash, over every event, is the same on any
// machine: times are sums and products of doubles, which IEEE 754 fixes to the last bit, and waiting times come from our own logarithm
// (random/exponential). A protocol whose decisions use other functions (exp, sin) has their rounding.
// Sources: EMTD 3.1 (a node's life); Boyd, Ghosh, Prabhakar, Shah, doi:10.1109/TIT.2006.874516 (asynchronous time model).
import {
  Aborted, addCaption, byteSize, card, countText, formatNumber, inspectText, jupyterDisplay, type MimeBundle, numeral, printAs,
  sparkline,
} from '../../display/index.js';
import { nextTurn } from '../../files/nextTurn.js';
import { got, requireNonNegative, requireRecords } from '../../numerics/check.js';
import {
  aFunction, anything, aSignal, checkOptions, integer, needed, nested, nonNegative, positive, type Rule, type Rules,
} from '../../numerics/options.js';
import { aleaGenerator, defaultSeed, exponential, type RandomSource, type SeedOption } from '../../random/index.js';
import { aSeed } from '../../random/key.js';
import { type Clock, clockOf, type ClockRates } from './clocks.js';
import { EventQueue } from './eventQueue.js';
import { type Links, Wires } from './links.js';
import { TrajectoryHash } from './trajectoryHash.js';

/** What nodes do. A message is a number: a value, or the number of something that the protocol keeps. */
export interface Protocol {
  readonly name: string;
  /** The nodes for which it is made: a network of another number is refused. */
  readonly nodeCount?: number;
  /** Once, at time 0. */
  start?(net: Network): void;
  /** The clock of a node rings. */
  tick?(node: number, net: Network): void;
  /** A message arrives. */
  receive?(node: number, from: number, message: number, net: Network): void;
  /** The time of a request `net.wake` has come. */
  wake?(node: number, message: number, net: Network): void;
  /** The node is back after it had left. */
  join?(node: number, net: Network): void;
}

/** Nodes leave and come back, independently, at these rates per second. */
export interface Churn {
  readonly leave: number;
  readonly back: number;
}

/** Options of `Network`. */
export interface NetworkOptions extends SeedOption {
  /** N. */
  readonly nodeCount: number;
  /** Delays, losses and cuts; messages arrive at once and safely by default. */
  readonly links?: Links;
  /** Rings per second of each node; 1 by default. */
  readonly clock?: ClockRates;
  /** Nodes that leave and come back; none by default. */
  readonly churn?: Churn;
}

/** Why a run is over: the protocol reached its aim; time or events ran out; nothing more can happen or change; values diverge; aborted. */
export type EndReason = 'converged' | 'budget' | 'frozen' | 'diverged' | 'aborted';

/** Options of `Network.run`. */
export interface RunOptions {
  /** Up to this time, in seconds from the start of the simulation. */
  readonly time: number;
  /** At most so many more events. */
  readonly events?: number;
  /** The quantity to record. */
  readonly observe?: (net: Network) => number;
  /** Time between two records, of which the run is a multiple; one record, at the end, by default. */
  readonly every?: number;
  /** Called now and then with the time that is reached and the time at the end. */
  readonly onProgress?: (now: number, time: number) => void;
  /** An abort rejects, after a whole event, with Aborted, whose `partial` is the run so far. */
  readonly signal?: AbortSignal;
  /** An aborted run of this network, from the same call: the result is the run without a stop. */
  readonly resume?: NetworkRun;
}

/** A run of the network: why it ended, its counts and its records. */
export interface NetworkRun {
  readonly reason: EndReason;
  /** The time, and the number of events, at which the run began. */
  readonly begin: number;
  readonly firstEvent: number;
  /** Where it ended. */
  readonly time: number;
  /** Since the start of the simulation: rings, deliveries and wake-ups. */
  readonly events: number;
  readonly messages: MessageCounts;
  /** Of the trajectory from the start: 16 hexadecimal digits. */
  readonly hash: string;
  readonly times: Float64Array;
  readonly observed: Float64Array;
}

/** Messages and bytes of a run. */
export interface MessageCounts {
  readonly sent: number;
  readonly delivered: number;
  /** By the link, by a cut, or because the receiver was away. */
  readonly lost: number;
  /** Second copies that links made. */
  readonly repeated: number;
  readonly bytes: number;
}

/** Infinity is no limit. */
const aCount: Rule = (caller: string, name: string, value: number) => {
  if (value !== Infinity) requireNonNegative(caller, name, value);
};
const churnRules: Rules<Churn> = { leave: needed(nonNegative), back: needed(positive) };

const [WAKE, CHURN, RING] = [-1, -2, -3];
/** Between two turns of the event loop. */
const SLICE = 16384;

/**
 * A network and its protocol. It keeps its state at the end of a run, and the next `run` goes on from there.
 *
 * @example
 * const rumour = pushRumour(everybody(1000));
 * const net = new Network(rumour, { nodeCount: 1000, links: { latency: constantLatency(0.1), loss: 0.05 }, seed: 1 });
 * (await net.run({ time: 100 })).reason; // 'converged'
 * net.messages; // { sent: 5932, delivered: 5554, lost: 289, repeated: 0, bytes: 5932000 }
 */
export class Network {
  readonly random: RandomSource;
  /** Seconds since the start. */
  now = 0;
  events = 0;
  reason: EndReason | undefined;
  /** 1 for nodes that are present. */
  readonly up: Uint8Array;
  readonly nodeCount: number;
  readonly #queue = new EventQueue();
  readonly #clock: Clock;
  readonly #wires: Wires;
  readonly #hash = new TrajectoryHash();
  readonly #counts = { sent: 0, delivered: 0, lost: 0, repeated: 0, bytes: 0 };
  readonly #arrive = (time: number, from: number, to: number, message: number): void => {
    if (!(time >= this.now)) {
      throw new RangeError(`send: the message from ${from} to ${to} must arrive from now on, at ${this.now} or later, got ${time}`);
    }
    this.#queue.push(time, to, from, message);
  };

  /** @throws RangeError for no nodes, another number than the protocol's, or clocks, links and churn that do not fit */
  constructor(readonly protocol: Protocol, readonly options: NetworkOptions) {
    checkOptions('Network', options, {
      nodeCount: needed(integer(1)), links: anything, clock: anything, churn: nested(churnRules), seed: aSeed,
    });
    const { nodeCount, links = {}, clock = 1, churn, seed = defaultSeed() } = options;
    if (typeof protocol?.name !== 'string') {
      throw new TypeError(`network: protocol must be a protocol, such as pushRumour(everybody(10)), got ${got(protocol)}`);
    }
    if ((protocol.nodeCount ?? nodeCount) !== nodeCount) {
      throw new RangeError(`network: nodeCount must be ${protocol.nodeCount}, that of the protocol "${protocol.name}", got ${nodeCount}`);
    }
    this.nodeCount = nodeCount;
    this.up = new Uint8Array(nodeCount).fill(1);
    this.random = aleaGenerator(seed, protocol.name);
    this.#wires = new Wires(links, nodeCount);
    this.#clock = clockOf(protocol.tick === undefined ? 0 : clock, nodeCount);
    if (this.#clock.time < Infinity) this.#clock.next(this.random);
    if (churn !== undefined && churn.leave > 0) {
      this.up.forEach((_, node) => this.#queue.push(exponential(this.random) / churn.leave, node, CHURN, 0));
    }
    protocol.start?.(this);
  }

  get messages(): MessageCounts {
    return { ...this.#counts };
  }

  /**
   * Sends a message over the link: it arrives later, twice, or not at all, by the options of the links.
   *
   * @throws RangeError for nodes that do not exist, and where latency and hold of the link give a
   *   time before now, or NaN
   */
  send(from: number, to: number, message: number, bytes = 0): void {
    if (this.up[from] === undefined) this.#refuse('send: from', from);
    if (this.up[to] === undefined) this.#refuse('send: to', to);
    const copies = this.#wires.depart(from, to, message, bytes, this.now, this.random, this.#arrive);
    this.#counts.sent++;
    this.#counts.bytes += bytes;
    if (copies === 0) this.#counts.lost++;
    else if (copies === 2) this.#counts.repeated++;
  }

  #refuse(what: string, node: number): never {
    throw new RangeError(`${what} must be a node in [0, ${this.nodeCount}), got ${got(node)}`);
  }

  /**
   * Wakes the node after some seconds, with a message to itself.
   *
   * @param seconds from now on; Infinity is never
   * @throws RangeError for a node that does not exist, and seconds that are negative or NaN
   */
  wake(node: number, seconds: number, message: number): void {
    if (this.up[node] === undefined) this.#refuse('wake: node', node);
    if (!(seconds >= 0)) throw new RangeError(`wake: seconds must not be negative or NaN, got ${got(seconds)}`);
    this.#queue.push(this.now + seconds, node, WAKE, message);
  }

  /** Ends the run after this event. */
  end(reason: EndReason): void {
    this.reason = reason;
  }

  /**
   * Goes on until `time`, `events` more, or an end by the protocol.
   *
   * @throws RangeError for a time before now, and for a run to resume that is not the network's last; Aborted<NetworkRun>
   * @example
   * const net = new Network(pushRumour(everybody(1000)), { nodeCount: 1000, seed: 1 });
   * (await net.run({ time: 100 })).reason; // 'converged'
   */
  async run(options: RunOptions): Promise<NetworkRun> {
    checkOptions('run', options, {
      time: needed(anything), events: aCount, observe: aFunction, every: positive, onProgress: aFunction, signal: aSignal, resume: anything,
    });
    const { time, events = Infinity, observe, every, onProgress, signal, resume } = options;
    if (!(time >= this.now && time < Infinity)) {
      throw new RangeError(`run: time must be finite and not before ${this.now}, got ${got(time)}`);
    }
    if (resume && resume.hash !== this.#hash.digest) {
      throw new RangeError(`run: the run to resume must be where the network is, ${resume.hash}, got ${this.#hash.digest}`);
    }
    const begin = resume?.begin ?? this.now;
    const records = every === undefined ? 1 : requireRecords('run', time - begin, every);
    const firstEvent = resume?.firstEvent ?? this.events;
    const last = firstEvent + events;
    const [times, observed] = [Array.from(resume?.times ?? []), Array.from(resume?.observed ?? [])];
    const collected = (reason: EndReason): NetworkRun => printAs<NetworkRun>({
      reason, begin, firstEvent, time: this.now, events: this.events, messages: this.messages, hash: this.#hash.digest,
      times: Float64Array.from(times), observed: Float64Array.from(observed),
    }, runCard);
    while (this.reason === undefined) {
      const isLast = observe === undefined || times.length + 1 === records;
      const until = isLast ? time : begin + ((time - begin) * (times.length + 1)) / records;
      const isThere = this.#advance(until, Math.min(last, this.events + SLICE));
      if (isThere && this.reason === undefined) {
        this.now = until;
        if (observe !== undefined) {
          times.push(until);
          observed.push(observe(this));
        }
      }
      if (this.events >= last || (isThere && isLast)) break;
      onProgress?.(this.now, time);
      await nextTurn();
      if (signal?.aborted) throw new Aborted('run', `${this.events} events, at time ${this.now}`, collected('aborted'));
    }
    return collected(this.reason ?? 'budget');
  }

  /** Events up to a time, or up to a number. @returns whether the time was reached */
  #advance(until: number, last: number): boolean {
    const [protocol, queue, clock, up] = [this.protocol, this.#queue, this.#clock, this.up];
    while (this.reason === undefined) {
      if (this.events >= last) return false;
      const due = queue.time;
      if (clock.time < due) {
        if (clock.time > until) return true;
        this.now = clock.time;
        const node = clock.node;
        clock.next(this.random);
        this.events++;
        this.#hash.add(this.now, node, RING, 0);
        if (up[node] === 1) protocol.tick!(node, this);
      } else if (due > until) {
        if (due === Infinity && clock.time === Infinity) this.reason = 'frozen';
        return true;
      } else {
        const slot = queue.pop();
        const [node, from, message] = [queue.to[slot], queue.from[slot], queue.message[slot]];
        this.now = due;
        this.events++;
        this.#hash.add(due, node, from, message);
        if (from === CHURN) this.#turnOver(node);
        else if (up[node] === 0) this.#counts.lost += from >= 0 ? 1 : 0;
        else if (from === WAKE) protocol.wake?.(node, message, this);
        else {
          this.#counts.delivered++;
          protocol.receive?.(node, from, message, this);
        }
      }
    }
    return false;
  }

  #turnOver(node: number): void {
    const { leave, back } = this.options.churn!;
    this.up[node] = 1 - this.up[node];
    const rate = this.up[node] === 1 ? leave : back;
    this.#queue.push(this.now + exponential(this.random) / rate, node, CHURN, 0);
    if (this.up[node] === 1) this.protocol.join?.(node, this);
  }

  toString(): string {
    return `${this.protocol.name} among ${this.nodeCount} nodes, at time ${this.now}, after ${this.events} events`;
  }

  [jupyterDisplay](): MimeBundle {
    return card(`${this.protocol.name} among ${countText(this.nodeCount, 'node')}`, {
      'time, seconds': formatNumber(this.now), events: numeral(this.events), ...traffic(this.messages),
    });
  }

  [inspectText](): string {
    return `Network ${this.toString()}`;
  }
}

const traffic = ({ sent, delivered, lost, repeated, bytes }: MessageCounts) => ({
  'messages sent': numeral(sent), delivered: numeral(delivered), lost: lost > 0 ? numeral(lost) : undefined,
  repeated: repeated > 0 ? numeral(repeated) : undefined, bytes: bytes > 0 ? byteSize(bytes) : undefined,
});

const runCard = ({ reason, time, events, messages, hash, observed }: NetworkRun): MimeBundle =>
  card(`Run of ${countText(events, 'event')}: ${reason}`, { 'until, seconds': formatNumber(time), ...traffic(messages), 'trajectory hash': hash },
    observed.length > 1 ? { picture: addCaption(sparkline([observed]), ['observed by time']) } : {});
