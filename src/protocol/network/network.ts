// The simulator: nodes act when their clock rings and when a message arrives, never between. Events happen in
// order of time and, at equal times, in the order of their requests. A run is a function of (protocol,
// options, seed). Its hash, over every event, is the same on any machine: times are sums and products of
// doubles, which IEEE 754 fixes to the last bit, and waiting times come from our own logarithm
// (random/exponential). A protocol whose decisions use other functions (exp, sin) has their rounding.
// Sources: EMTD 3.1 (a node's life); Boyd, Ghosh, Prabhakar, Shah, doi:10.1109/TIT.2006.874516 (asynchronous
// time model).
import {
  card,
  countText,
  formatNumber,
  inspectText,
  jupyterDisplay,
  numeral,
  printAs,
  RunFailed,
} from '../../display/index.js';
import { got, requireNonNegative, requireRecords } from '../../numerics/check.js';
import {
  byDefault,
  needed,
  nested,
  type Options,
  type OptionsOf,
  readOptions,
  type Rule,
  typed,
} from '../../numerics/options.js';
import { aFunction, anything, aSignal, integer, nonNegative, positive } from '../../numerics/rules.js';
import {
  aleaGenerator,
  defaultSeed,
  exponential,
  type RandomSource,
  seedOption,
  type SeedOption,
} from '../../randomness/index.js';
import { LongRun, type Turns } from '../../runtime/index.js';
import { type Clock, clockOf, type ClockRates } from './clocks.js';
import { EventQueue } from './eventQueue.js';
import { checkProtocol, refusePromise } from './handlers.js';
import { type Links, Wires } from './links.js';
import { type EndReason, type MessageCounts, type NetworkRun, runCard, traffic } from './networkRun.js';
import { TrajectoryHash } from './trajectoryHash.js';

/**
 * What nodes do. A message is a number: a value, or the number of something that the protocol keeps. No
 * handler may be async.
 */
export interface Protocol {
  readonly name: string;
  /** Which random numbers it gets: with one seed, one stream draws the same. 'protocol' by default. */
  readonly stream?: string;
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
  /** The node has left, and its timers are lost. */
  leave?(node: number, net: Network): void;
  /** The node is back: it sets those timers again that it needs. */
  join?(node: number, net: Network): void;
}

const churnOptions = {
  /** How often a node that is there leaves, per second. */
  leave: needed(nonNegative),
  /** How often a node that is away comes back, per second. */
  back: needed(positive),
};

/** Nodes leave and come back, independently, at these rates per second. */
export interface Churn extends Options, OptionsOf<typeof churnOptions> {}

const networkOptions = {
  /** N. */
  nodeCount: needed(integer(1)),
  /** Delays, losses and cuts; messages arrive at once and safely by default. */
  links: byDefault<Links>({}, typed(anything)),
  /** Rings per second of each node; 1 by default. */
  clock: byDefault<ClockRates>(1, typed(anything)),
  /** Nodes that leave and come back; none by default. */
  churn: typed<Churn>(nested(churnOptions)),
};

/** Options of `Network`. */
export interface NetworkOptions extends SeedOption, OptionsOf<typeof networkOptions> {}

/** A count, or Infinity for no limit. */
const aCount: Rule<number> = (caller: string, name: string, value: number) => {
  if (value !== Infinity) requireNonNegative(caller, name, value);
};

const networkRunOptions = {
  /** Up to this time, in seconds from the start of the simulation. */
  time: needed(typed<number>(anything)),
  /** At most so many more events; Infinity by default. */
  events: byDefault(Infinity, aCount),
  /** The quantity to record. */
  observe: typed<(net: Network) => number>(aFunction),
  /** Time between two records, of which the run is a multiple; one record, at the end, by default. */
  every: positive,
  /** Called now and then with the time that is reached and the time at the end. */
  onProgress: typed<(now: number, time: number) => void>(aFunction),
  /** An abort rejects, after a whole event, with Aborted, whose `partial` is the run so far. */
  signal: aSignal,
  /** An aborted run of this network, from the same call: the result is the run without a stop. */
  resume: typed<NetworkRun>(anything),
};

/** Options of `Network.run`. */
export interface NetworkRunOptions extends Options, OptionsOf<typeof networkRunOptions> {}

/** Who an event is from, if from no node. Timers of a node that has left k > 0 times are from RING - k. */
const [WAKE, CHURN, RING] = [-1, -2, -3];

/** Refuses NaN: a program sends it only by mistake. */
function requireMessage(caller: string, message: number): void {
  if (typeof message === 'number' && !Number.isNaN(message)) return;
  throw new TypeError(`${caller}: message must be a number, got ${got(message)}`);
}

/** Those with a number of nodes, which keep what these hold, and so belong to one network. */
const taken = new WeakSet<Protocol>();

/**
 * A network and its protocol. It keeps its state at the end of a run, and the next `run` goes on from there.
 *
 * A node leaves and comes back by `churn`, or by `leave` and `join`. While it is away its clock does not ring
 * and messages that arrive are lost. When it leaves it loses its timers, all that `wake` has set; what the
 * protocol remembers of it stays. The protocol's handler `join` sets again the timers that the node needs.
 *
 * @example
 * const rumour = protocol.pushRumour(protocol.everybody(1000));
 * const net = new protocol.Network(rumour, { nodeCount: 1000, links: { latency: protocol.constantLatency(0.1), loss: 0.05 }, seed: 1 });
 * (await net.run({ time: 100 })).reason; // 'converged'
 * net.messages; // { sent: 5932, delivered: 5554, lost: 289, repeated: 0, bytes: 5932000 }
 */
export class Network {
  readonly random: RandomSource;
  /** Seconds since the start. */
  now = 0;
  events = 0;
  reason: EndReason | undefined;
  /** 1 for nodes that are present; `leave` and `join` change it. */
  readonly up: Readonly<Uint8Array>;
  readonly nodeCount: number;
  readonly #queue = new EventQueue();
  readonly #clock: Clock;
  readonly #wires: Wires;
  readonly #hash = new TrajectoryHash();
  readonly #counts = { sent: 0, delivered: 0, lost: 0, repeated: 0, bytes: 0 };
  readonly #up: Uint8Array;
  readonly #departures: Int32Array; // by node: how often it has left
  readonly #turnAt: Float64Array; // by node: when churn takes it out or brings it back
  #isRunning = false;
  #isStill = false; // no event was left
  #failure: Error | undefined;
  readonly #arrive = (time: number, from: number, to: number, message: number): void => {
    if (!(typeof time === 'number' && time >= this.now)) {
      const rule = `must arrive from now on, at ${this.now} or later`;
      throw new RangeError(`send: the message from ${from} to ${to} ${rule}, got ${got(time)}`);
    }
    this.#queue.push(time, to, from, message);
  };

  /**
   * @throws RangeError for no nodes, another number than the protocol's, or clocks, links and churn that do
   * not fit; TypeError for a protocol with a number of nodes that another network has
   */
  constructor(
    readonly protocol: Protocol,
    readonly options: NetworkOptions,
  ) {
    const given = readOptions('network', options, { ...seedOption, ...networkOptions });
    const { nodeCount, links, clock, churn, seed = defaultSeed() } = given;
    checkProtocol(protocol);
    if (churn?.leave && protocol.wake && !protocol.join) {
      const why = 'a node that leaves loses its timers';
      throw new TypeError(`network: churn needs a handler "join" in "${protocol.name}": ${why}`);
    }
    if ((protocol.nodeCount ?? nodeCount) !== nodeCount) {
      throw new RangeError(
        `network: nodeCount must be ${protocol.nodeCount}, that of the protocol "${protocol.name}", got ${nodeCount}`,
      );
    }
    if (taken.has(protocol)) {
      const why = 'it keeps what its nodes hold; make one for each network';
      throw new TypeError(`network: the protocol "${protocol.name}" must be of no other network: ${why}`);
    }
    if (protocol.nodeCount !== undefined) taken.add(protocol);
    this.nodeCount = nodeCount;
    this.up = this.#up = new Uint8Array(nodeCount).fill(1);
    this.#departures = new Int32Array(nodeCount);
    this.#turnAt = new Float64Array(nodeCount).fill(Infinity);
    this.random = aleaGenerator(seed, protocol.stream ?? 'protocol');
    this.#wires = new Wires(links, nodeCount);
    this.#clock = clockOf(protocol.tick === undefined ? 0 : clock, nodeCount);
    if (this.#clock.time < Infinity) this.#clock.next(this.random);
    if (churn?.leave) for (let node = 0; node < nodeCount; node++) this.#planTurn(node, churn.leave);
    refusePromise(protocol.start?.(this));
  }

  get messages(): MessageCounts {
    return { ...this.#counts };
  }

  /**
   * Sends a message over the link: it arrives later, twice, or not at all, by the options of the links.
   *
   * @throws RangeError for nodes that do not exist, bytes that are negative or NaN, and where latency and
   *   hold of the link give a time before now, or NaN; TypeError for a message that is not a number
   */
  send(from: number, to: number, message: number, bytes = 0): void {
    this.#requireNode('send: from', from);
    this.#requireNode('send: to', to);
    requireMessage('send', message);
    requireNonNegative('send', 'bytes', bytes);
    const copies = this.#wires.depart(from, to, message, bytes, this.now, this.random, this.#arrive);
    this.#counts.sent++;
    this.#counts.bytes += bytes;
    if (copies === 0) this.#counts.lost++;
    else if (copies === 2) this.#counts.repeated++;
  }

  #requireNode(what: string, node: number): void {
    if (typeof node === 'number' && this.#up[node] !== undefined) return;
    throw new RangeError(`${what} must be a node in [0, ${this.nodeCount}), got ${got(node)}`);
  }

  /**
   * Wakes the node after some seconds, with a message to itself; never after an infinite time, and not if it
   * has left before.
   *
   * @throws RangeError for a node that does not exist or is away, and seconds that are negative or NaN;
   *   TypeError for a message that is not a number
   */
  wake(node: number, seconds: number, message: number): void {
    this.#requireNode('wake: node', node);
    if (this.#up[node] === 0) throw new RangeError(`wake: node must be present, got ${node}, which has left`);
    if (!(seconds >= 0))
      throw new RangeError(`wake: seconds must not be negative or NaN, got ${got(seconds)}`);
    requireMessage('wake', message);
    this.#queue.push(this.now + seconds, node, this.#timersOf(node), message);
  }

  #timersOf(node: number): number {
    const departures = this.#departures[node];
    return departures === 0 ? WAKE : RING - departures;
  }

  /**
   * Takes a node out, as churn does: it loses its timers. Under churn it comes back by itself.
   *
   * @throws RangeError for a node that does not exist
   */
  leave(node: number): void {
    this.#requireNode('leave: node', node);
    if (this.#up[node] === 1) this.#turn(node);
  }

  /** Brings a node back that is away. @throws RangeError for a node that does not exist */
  join(node: number): void {
    this.#requireNode('join: node', node);
    if (this.#up[node] === 0) this.#turn(node);
  }

  /** Ends the run after this event, for good: no later `run` goes on. */
  end(reason: EndReason): void {
    this.reason = reason;
  }

  /**
   * Goes on until `time`, `events` more, or an end by the protocol. It is 'frozen' where no event is left; it
   * goes on from there when a message or a timer is new.
   *
   * @throws RangeError for a time before now, and for a run to resume that is not the network's last; Error
   *   while a run is under way, or after one that failed; Aborted<NetworkRun>; RunFailed<NetworkRun> where a
   *   handler throws, with the node
   * @example
   * const net = new protocol.Network(protocol.pushRumour(protocol.everybody(1000)), { nodeCount: 1000, seed: 1 });
   * (await net.run({ time: 100 })).reason; // 'converged'
   */
  async run(options: NetworkRunOptions): Promise<NetworkRun> {
    const given = readOptions('run', options, networkRunOptions);
    const { time, events, observe, every, onProgress, signal, resume } = given;
    const cause = this.#failure;
    if (this.#isRunning)
      throw new Error(`run: the run of "${this.protocol.name}" that is under way must end first`);
    if (cause) throw new Error(`run: the network must not have failed, got ${cause.message}`, { cause });
    if (!(time >= this.now && time < Infinity)) {
      throw new RangeError(`run: time must be finite and not before ${this.now}, got ${got(time)}`);
    }
    if (resume && resume.hash !== this.#hash.digest) {
      throw new RangeError(
        `run: the run to resume must be where the network is, ${resume.hash}, got ${this.#hash.digest}`,
      );
    }
    const begin = resume?.begin ?? this.now;
    const records = every === undefined ? 1 : requireRecords('run', time - begin, every);
    const firstEvent = resume?.firstEvent ?? this.events;
    const last = firstEvent + events;
    const [times, observed] = [Array.from(resume?.times ?? []), Array.from(resume?.observed ?? [])];
    const collected = (reason: EndReason): NetworkRun =>
      printAs<NetworkRun>(
        {
          reason,
          begin,
          firstEvent,
          time: this.now,
          events: this.events,
          messages: this.messages,
          hash: this.#hash.digest,
          times: Float64Array.from(times),
          observed: Float64Array.from(observed),
        },
        runCard,
      );
    const run = new LongRun<NetworkRun>({
      caller: 'run',
      signal,
      where: () => `${this.events} events, at time ${this.now}`,
      partial: () => collected('aborted'),
    });
    if (this.#isStill && this.#queue.size > 0) {
      this.#isStill = false;
      this.reason = undefined;
    }
    this.#isRunning = true;
    try {
      while (this.reason === undefined) {
        const isLast = observe === undefined || times.length + 1 === records;
        const until = isLast ? time : begin + ((time - begin) * (times.length + 1)) / records;
        const isThere = this.#advance(until, last, run);
        if (isThere && this.reason === undefined) {
          this.now = until;
          if (observe !== undefined) {
            times.push(until);
            observed.push(observe(this));
          }
        }
        if (this.events >= last || (isThere && isLast)) break;
        onProgress?.(this.now, time);
        if (run.isLate) await run.turn();
      }
    } catch (error) {
      throw this.#failure ? new RunFailed(this.#failure, collected('failed')) : error;
    } finally {
      this.#isRunning = false;
    }
    return collected(this.reason ?? 'budget');
  }

  /** Events up to a time, up to a number, or until the event loop must have its turn. @returns whether the time was reached */
  #advance(until: number, last: number, run: Turns): boolean {
    const [protocol, queue, clock, up] = [this.protocol, this.#queue, this.#clock, this.#up];
    let [node, from] = [-1, RING];
    try {
      while (this.reason === undefined) {
        if (this.events >= last || run.isDue) return false;
        const due = queue.time;
        if (clock.time < due) {
          if (clock.time > until) return true;
          this.now = clock.time;
          [node, from] = [clock.node, RING];
          clock.next(this.random);
          this.events++;
          this.#hash.add(this.now, node, RING, 0);
          if (up[node] === 1) refusePromise(protocol.tick!(node, this));
        } else if (due > until) {
          this.#isStill = due === Infinity && clock.time === Infinity;
          if (this.#isStill) this.reason = 'frozen';
          return true;
        } else {
          const slot = queue.pop();
          const message = queue.message[slot];
          [node, from] = [queue.to[slot], queue.from[slot]];
          this.now = due;
          this.events++;
          this.#hash.add(due, node, from, message);
          if (from === CHURN) {
            if (due === this.#turnAt[node]) this.#turn(node);
          } else if (up[node] === 0) this.#counts.lost += from >= 0 ? 1 : 0;
          else if (from >= 0) {
            this.#counts.delivered++;
            refusePromise(protocol.receive?.(node, from, message, this));
          } else if (from === this.#timersOf(node)) refusePromise(protocol.wake?.(node, message, this));
        }
      }
    } catch (error) {
      this.#fail(node, from, error);
    }
    return false;
  }

  /** A handler threw, perhaps halfway: the network must not go on. */
  #fail(node: number, from: number, error: unknown): never {
    const turned = this.#up[node] === 1 ? 'join' : 'leave';
    const handler = from >= 0 ? 'receive' : from === RING ? 'tick' : from === CHURN ? turned : 'wake';
    const sender = from >= 0 ? `, from ${from},` : '';
    const what = `"${handler}" of node ${node}${sender} in "${this.protocol.name}"`;
    const reason = error instanceof Error ? error.message : String(error);
    const message = `run: ${what} failed at time ${this.now}: ${reason}`;
    this.reason = 'failed';
    this.#failure = Object.assign(new Error(message, { cause: error }), { node });
    throw this.#failure;
  }

  /** Present nodes leave, others come back; churn's plan for the node is made anew. */
  #turn(node: number): void {
    const {
      protocol,
      options: { churn },
    } = this;
    const isBack = this.#up[node] === 0;
    this.#up[node] = Number(isBack);
    if (!isBack) this.#departures[node]++;
    if (churn) this.#planTurn(node, isBack ? churn.leave : churn.back);
    refusePromise(isBack ? protocol.join?.(node, this) : protocol.leave?.(node, this));
  }

  #planTurn(node: number, rate: number): void {
    this.#turnAt[node] = rate > 0 ? this.now + exponential(this.random) / rate : Infinity;
    this.#queue.push(this.#turnAt[node], node, CHURN, 0);
  }

  toString(): string {
    return `${this.protocol.name} among ${this.nodeCount} nodes, at time ${this.now}, after ${this.events} events`;
  }

  [jupyterDisplay]() {
    return card(`${this.protocol.name} among ${countText(this.nodeCount, 'node')}`, {
      'time, seconds': formatNumber(this.now),
      events: numeral(this.events),
      ...traffic(this.messages),
    });
  }

  [inspectText](): string {
    return `Network ${this.toString()}`;
  }
}
