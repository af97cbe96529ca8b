// Snowball: when its clock rings, an undecided node asks k peers for their colour; every node answers
// questions with its own. When alpha of the answers are of one colour the node counts a success for it, takes
// the colour with the most successes, and decides after beta polls in a row of the same colour. A poll without
// all answers ends after some patience, with the answers that have come. A node that left begins a new poll
// when it is back. Source: Rocket, Yin, Sekniqi, van Renesse, Sirer, arXiv:1906.08936, figure "Snowball";
// colours 0 and 1.
import { printAs } from '../../display/index.js';
import type { Graph } from '../../graphs/index.js';
import { requireInteger } from '../../numerics/check.js';
import { byDefault, type Options, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { aList, anything, integer, nonNegative, positive } from '../../numerics/rules.js';
import { anAdversary } from '../emtd/adversaries.js';
import { type Deciding, decidingCard, Decisions } from './decisions.js';
import type { Network } from '../network/network.js';
import { Polls } from './polls.js';
import { type Peers, peersOf, randomPeers } from '../network/peers.js';

const snowballOptions = {
  /** Peers per poll; 20 by default. */
  k: byDefault(20, integer(1)),
  /** Answers of one colour that make a success, more than half of k; 15 by default. */
  alpha: byDefault(15, typed<number>(anything)),
  /** Successes in a row that decide; 20 by default. */
  beta: byDefault(20, integer(1)),
  /** Seconds after which a poll ends; 2 by default. */
  patience: byDefault(2, positive),
  /** Size of a question and of an answer on the wire; 100 by default. */
  bytes: byDefault(100, nonNegative),
  /** What its members say, 0 or 1; anything else is silence. */
  adversary: anAdversary,
};

/** Options of `snowball`. */
export interface SnowballOptions extends Options, OptionsOf<typeof snowballOptions> {}

/** The Snowball protocol at work. */
export interface Snowball extends Deciding {
  /** `[N]`: what each node holds, 0 or 1. */
  readonly colours: Uint8Array;
}

/**
 * A node asks k random peers for their colour, again and again, and decides when at least alpha of them hold
 * one colour beta times in a row. Members of the adversary ask nobody, and answer as they like. A run ends
 * 'converged' when all others have decided.
 *
 * @throws RangeError for colours that are not one 0 or 1 per node, and unless k/2 < alpha <= k, 1 <= beta
 * @example
 * const colours = Array.from({ length: 200 }, (_, node) => node % 2);
 * const snow = protocol.snowball(protocol.everybody(200), colours);
 * await new protocol.Network(snow, { nodeCount: 200, links: { latency: protocol.constantLatency(0.1) }, seed: 1 }).run({ time: 200 });
 * snow.decisions.agreement; // true
 */
export function snowball(
  where: Graph | Peers,
  start: ArrayLike<number>,
  options: SnowballOptions = {},
): Snowball {
  const peers = peersOf(where, 'snowball');
  const given = readOptions('snowball', options, snowballOptions);
  const { k, alpha, beta, patience, bytes, adversary } = given;
  const N = peers.nodeCount;
  requireInteger('snowball', 'alpha', alpha, Math.floor(k / 2) + 1, k);
  aList('snowball', 'colours', start as never);
  if (start.length !== N) throw new RangeError(`snowball: colours must be ${N}, got ${start.length}`);
  const decisions = new Decisions('snowball', start, adversary);
  const confidence = new Confidence(start);
  const { colours } = confidence;
  const polls = new Polls(N, k);
  const isLiar = (node: number): boolean => adversary?.members[node] === 1;
  const close = (node: number, net: Network): void => {
    const isSure = confidence.learn(node, polls.close(node, alpha), beta);
    if (isSure && decisions.decide(node, colours[node], net.now)) net.end('converged');
  };

  /** A message is 4 x the poll's number + 2 in an answer + the colour. */
  return printAs<Snowball>(
    {
      name: 'Snowball',
      stream: 'Snowball',
      nodeCount: N,
      colours,
      decisions,
      tick(node, net) {
        if (isLiar(node) || polls.open[node] > 0 || decisions.of[node] >= 0) return;
        const asked = randomPeers(peers, node, k, net.random);
        const poll = polls.begin(node, asked);
        for (const to of asked) net.send(node, to, 4 * poll + colours[node], bytes);
        net.wake(node, patience, poll);
      },
      receive(node, from, message, net) {
        const [poll, isAnswer, colour] = [Math.floor(message / 4), message % 4 >= 2, message % 2];
        if (isAnswer) {
          if (polls.count(node, from, poll, colour)) close(node, net);
          return;
        }
        const answer = isLiar(node) ? adversary!.says(node, from, colour) : colours[node];
        if (answer === 0 || answer === 1) net.send(node, from, 4 * poll + 2 + answer, bytes);
      },
      wake(node, poll, net) {
        if (polls.isOpen(node, poll)) close(node, net);
      },
      join: (node) => void (polls.open[node] = 0), // its poll had lost the timer that ends it
    },
    decidingCard,
  );
}

/** The colour of each node, and the successes that speak for it. */
class Confidence {
  readonly colours: Uint8Array;
  readonly #successes: Int32Array;
  readonly #last: Int8Array;
  readonly #streak: Int32Array;

  constructor(start: ArrayLike<number>) {
    this.colours = Uint8Array.from(start);
    this.#successes = new Int32Array(2 * start.length);
    this.#last = new Int8Array(start.length).fill(-1);
    this.#streak = new Int32Array(start.length);
  }

  /** Learns which colour won a poll, if one did. @returns whether it was the beta-th time in a row */
  learn(node: number, winner: number | undefined, beta: number): boolean {
    const [colours, successes] = [this.colours, this.#successes];
    if (winner === undefined) {
      this.#streak[node] = 0;
      return false;
    }
    if (++successes[2 * node + winner] > successes[2 * node + colours[node]]) colours[node] = winner;
    this.#streak[node] = winner === this.#last[node] ? this.#streak[node] + 1 : 1;
    this.#last[node] = winner;
    if (this.#streak[node] < beta) return false;
    colours[node] = winner;
    return true;
  }
}
