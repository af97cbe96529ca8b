// Pairwise averaging that conserves the sum for every delay: when its clock rings, i offers its value to a
// random neighbour j. When the offer arrives, j moves by d = (x_i - x_j) / 2 at once; its answer, when it
// arrives, moves i by -d. Between the two, d is under way. Without delay a ring multiplies the state by W, a
// projection, and for every x of mean 0
//   E|W x|^2 = x . E[W] x <= lambda_2 |x|^2,   on a graph of one degree k: lambda_2 = 1 - mu_2 / (N k), mu_2
// the spectral gap,
// with equality for every x on the complete graph: 1 - 1/(N - 1). The d of a lost answer is lost too.
// Source: Boyd, Ghosh, Prabhakar, Shah, IEEE Trans. Inf. Theory 52 (2006) 2508, doi:10.1109/TIT.2006.874516;
// row EMTD-2.10.
import { card, formatNumber, numeral, printAs } from '../../display/index.js';
import type { Graph } from '../../graphs/index.js';
import { byDefault, needed, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { nonNegative, positive } from '../../numerics/rules.js';
import {
  aleaGenerator,
  defaultSeed,
  randomInteger,
  type SeedOption,
  seedOption,
} from '../../randomness/index.js';
import type { Protocol } from '../network/network.js';
import { type Peers, peersOf, randomPeer } from '../network/peers.js';
import { Spread } from './spread.js';

const pairwiseOptions = {
  /**
   * The run ends 'converged' when the variance over the nodes is this share of the first; 0 by default: when
   * all are equal.
   */
  ratio: byDefault(0, nonNegative),
  /** Size of an offer and of an answer on the wire; 40 by default. */
  bytes: byDefault(40, nonNegative),
};

/** Options of `pairwiseAveraging`. */
export interface PairwiseOptions extends Options, OptionsOf<typeof pairwiseOptions> {}

/** The protocol of pairwise averaging at work. */
export interface PairwiseAveraging extends Protocol {
  /** [N] */
  readonly values: Float64Array;
  /** Variance over the nodes now, over that at the start. */
  readonly varianceRatio: number;
}

/**
 * x_i, x_j <- (x_i + x_j) / 2: nodes average in pairs until all hold the mean. A run ends 'diverged' when the
 * variance is a million times the first: answers that arrive after many rings correct too much.
 *
 * @throws RangeError unless there is a finite value for each node, not all of them equal
 * @example
 * const readings = Array.from({ length: 50 }, (_, node) => node);
 * const averaging = protocol.pairwiseAveraging(complete(50), readings, { ratio: 0.01 });
 * (await new protocol.Network(averaging, { nodeCount: 50, seed: 1 }).run({ time: 100 })).reason; // 'converged'
 */
export function pairwiseAveraging(
  where: Graph | Peers,
  start: ArrayLike<number>,
  options: PairwiseOptions = {},
): PairwiseAveraging {
  const peers = peersOf(where, 'pairwiseAveraging');
  const { ratio, bytes } = readOptions('pairwiseAveraging', options, pairwiseOptions);
  const spread = new Spread('pairwiseAveraging', start, peers.nodeCount);
  const { values } = spread;
  /**
   * By the number of the exchange: the offer, then the answer, then NaN. A message is twice that number, plus
   * 1 in the answer.
   */
  const underWay: number[] = [];
  const isAnswered: boolean[] = [];
  return printAs<PairwiseAveraging>(
    {
      name: 'pairwise averaging',
      stream: 'pairwise averaging',
      nodeCount: peers.nodeCount,
      values,
      get varianceRatio() {
        return spread.ratio;
      },
      tick(node, net) {
        const to = randomPeer(peers, node, net.random);
        if (to < 0) return;
        isAnswered.push(false);
        net.send(node, to, 2 * (underWay.push(values[node]) - 1), bytes);
      },
      receive(node, from, message, net) {
        const exchange = Math.floor(message / 2);
        if (message % 2 === 0) {
          if (isAnswered[exchange]) return; // a repeated offer
          isAnswered[exchange] = true;
          const d = (underWay[exchange] - values[node]) / 2;
          spread.move(node, d);
          underWay[exchange] = 0 - d;
          net.send(node, from, message + 1, bytes);
        } else if (!Number.isNaN(underWay[exchange])) {
          // and no repeated answer
          spread.move(node, underWay[exchange]);
          underWay[exchange] = NaN;
          if (spread.isWithin(ratio)) net.end('converged');
          else if (spread.ratio > 1e6) net.end('diverged');
        }
      },
    },
    pairwiseCard,
  );
}

const exchangesOptions = {
  /** The share of the first variance at which to stop. */
  ratio: needed(nonNegative),
  /** Most exchanges; 1e10 by default. */
  most: byDefault(1e10, positive),
  ...seedOption,
};

interface ExchangesOptions extends SeedOption, OptionsOf<typeof exchangesOptions> {}

/**
 * Exchanges, of two messages each, until the variance is `ratio` of the first, without delays and with equal
 * rates of all clocks: the law is that of {@link pairwiseAveraging} without links, but there is no queue of
 * events.
 *
 * @throws RangeError as there; if the ratio is not reached after `most` exchanges
 * @example
 * const readings = Array.from({ length: 50 }, (_, node) => node);
 * protocol.exchangesToAverage(complete(50), readings, { ratio: 0.01, seed: 1 }); // 226
 */
export function exchangesToAverage(
  where: Graph | Peers,
  start: ArrayLike<number>,
  options: ExchangesOptions,
): number {
  const peers = peersOf(where, 'exchangesToAverage');
  const given = readOptions('exchangesToAverage', options, exchangesOptions);
  const { ratio, most, seed = defaultSeed() } = given;
  const spread = new Spread('exchangesToAverage', start, peers.nodeCount);
  const random = aleaGenerator(seed, 'exchanges');
  let exchanges = 0;
  while (!spread.isWithin(ratio)) {
    if (exchanges++ >= most) {
      throw new RangeError(
        `exchangesToAverage: ratio must be reached after at most ${most} exchanges, got ${spread.ratio}`,
      );
    }
    const i = randomInteger(random, peers.nodeCount);
    const j = randomPeer(peers, i, random);
    if (j >= 0) spread.exchange(i, j);
  }
  return exchanges;
}

const pairwiseCard = ({ name, values, varianceRatio }: PairwiseAveraging) =>
  card(name, { nodes: numeral(values.length), 'variance / at the start': formatNumber(varianceRatio) });
