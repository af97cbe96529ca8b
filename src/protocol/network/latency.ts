// The time that a message is under way, in seconds, without the time that the sender's line needs for its
// bytes.
import { card, countText, nameText, printAs, showAs } from '../../display/index.js';
import { got, requireInteger, requireNonNegative } from '../../numerics/check.js';
import { readOptions, type Rule } from '../../numerics/options.js';
import {
  defaultSeed,
  exponential,
  type RandomSource,
  type SeedOption,
  uniformGenerator,
  seedOption,
} from '../../randomness/index.js';
import { internet2019 } from './internet2019.js';

/** How long a message takes from one node to another. */
export interface Latency {
  readonly name: string;
  seconds(from: number, to: number, random: RandomSource): number;
}

/** The rule for an option that is a latency. */
export const aLatency: Rule<Latency> = (caller: string, name: string, value: Latency) => {
  if (typeof value?.seconds === 'function') return;
  throw new TypeError(
    `${caller}: ${name} must be a latency, such as constantLatency(0.1), got ${got(value)}`,
  );
};

/**
 * The law of delays: the same for all messages, in seconds.
 *
 * @throws RangeError for a negative time
 * @example protocol.constantLatency(0.1).seconds(0, 1, Math.random); // 0.1
 */
export function constantLatency(seconds: number): Latency {
  requireNonNegative('constantLatency', 'seconds', seconds);
  return showAs<Latency>({ name: `constant ${seconds} s`, seconds: () => seconds }, nameText);
}

/**
 * The law of delays: uniform between two times, in seconds.
 *
 * @throws RangeError unless 0 <= least <= most
 * @example
 * const law = protocol.uniformLatency(0.05, 0.15);
 * const random = uniformGenerator(1);
 * Array.from({ length: 3 }, () => law.seconds(0, 1, random)); // [0.06300, 0.1141, 0.1099]
 */
export function uniformLatency(least: number, most: number): Latency {
  requireNonNegative('uniformLatency', 'least', least);
  requireNonNegative('uniformLatency', 'most - least', most - least);
  return showAs<Latency>(
    {
      name: `uniform ${least} to ${most} s`,
      seconds: (_from, _to, random) => least + (most - least) * random(),
    },
    nameText,
  );
}

/**
 * The law of delays: exponential of this mean, in seconds.
 *
 * @throws RangeError for a negative mean
 * @example
 * const law = protocol.exponentialLatency(0.1);
 * const random = uniformGenerator(1);
 * Array.from({ length: 3 }, () => law.seconds(0, 1, random)); // [0.01392, 0.1025, 0.09131]
 */
export function exponentialLatency(mean: number): Latency {
  requireNonNegative('exponentialLatency', 'mean', mean);
  return showAs<Latency>(
    { name: `exponential, mean ${mean} s`, seconds: (_from, _to, random) => mean * exponential(random) },
    nameText,
  );
}

/** Latencies and bandwidths of nodes in measured regions. */
export interface Internet {
  readonly latency: Latency;
  /** Region of each node, an index into `internet2019.regions`. */
  readonly regions: Uint8Array;
  /** Bytes per second that each node can send. */
  readonly upload: Float64Array;
}

/**
 * Nodes in the regions of the world in the shares of Bitcoin's nodes in 2019, with mean delays between
 * regions and mean upload bandwidths as measured then. A delay is mean x (0.8 + 0.2 E), E exponential of mean
 * 1: a floor from the distance and a tail from queues. This law is our choice; the table has means only.
 *
 * @throws RangeError for no nodes, or more than ten million
 * @example
 * const { latency, upload } = protocol.internet(1000, { seed: 1 });
 * const rumour = protocol.pushRumour(protocol.everybody(1000));
 * await new protocol.Network(rumour, { nodeCount: 1000, links: { latency, upload }, seed: 1 }).run({ time: 100 });
 * rumour.coverage.timeTo(0.99); // 11.62
 */
export function internet(nodeCount: number, options: SeedOption = {}): Internet {
  requireInteger('internet', 'nodeCount', nodeCount, 1, 10_000_000);
  const { seed = defaultSeed() } = readOptions('internet', options, seedOption);
  const random = uniformGenerator(seed, 'regions');
  const { delays, shares, uploads } = internet2019;
  const regions = Uint8Array.from({ length: nodeCount }, () => {
    let point = random() * shares.reduce((sum, share) => sum + share, 0);
    return shares.findIndex((share) => (point -= share) < 0);
  });
  const latency = showAs<Latency>(
    {
      name: 'internet 2019',
      seconds: (from, to, draw) =>
        (delays[regions[from]][regions[to]] / 1000) * (0.8 + 0.2 * exponential(draw)),
    },
    nameText,
  );
  return printAs<Internet>(
    { regions, latency, upload: Float64Array.from(regions, (region) => uploads[region] / 8) },
    internetCard,
  );
}

const internetCard = ({ regions }: Internet) =>
  card(
    `Internet of 2019, ${countText(regions.length, 'node')}`,
    Object.fromEntries(
      internet2019.regions.map((name, region) => [
        name,
        countText(regions.filter((each) => each === region).length, 'node'),
      ]),
    ),
  );
