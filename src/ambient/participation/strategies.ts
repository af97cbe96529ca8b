// Strategies of a node in a society without history: whom it contacts, whom it answers, what a meeting does
// with the value of both, and whether the node is there. A strategy uses the present only. Held value lies in
// the field; carried value lies outside, where nothing condenses, and decays into the air as well.
// Source: Finality Through Ambient Entropy, "In the Air Tonight" (rows AE-15, AE-16, AE-19); the strategies
// are this lab's.
import { formatNumber, type MimeBundle, showAs } from '../../display/index.js';
import type { Graph } from '../../graphs/index.js';
import { got, requireInteger } from '../../numerics/check.js';
import {
  byDefault,
  needed,
  type Options,
  type OptionsOf,
  readOptions,
  typed,
} from '../../numerics/options.js';
import { anything, each, finite, integer, nonNegative, fraction } from '../../numerics/rules.js';
import { randomInteger, type RandomSource } from '../../randomness/index.js';

/** The value that a meeting may move; a meeting conserves its total. */
export interface Holdings {
  /** [nodes] */
  readonly held: Float64Array;
  /** `[nodes]`: outside the field. */
  readonly carried: Float64Array;
  air: number;
}

/** How one node acts: when it is there, whom it meets, and what it does to their value. */
export interface Strategy {
  readonly name: string;
  /** Meetings that it starts, 1 / time. */
  readonly rate: number;
  /** Whether it is there at this time; if not, it neither starts a meeting nor answers. */
  isHere(time: number): boolean;
  /** The node that it contacts; itself for a trade with itself. */
  choosePartner(graph: Graph, self: number, random: RandomSource): number;
  accepts(other: number): boolean;
  /** Moves value in a meeting that it started. */
  trade(holdings: Holdings, self: number, other: number): void;
}

const strategyOptions = {
  /** Meetings that it starts, 1 / time; 1 by default. */
  rate: byDefault(1, nonNegative),
};

/** Options of `honest`, and of the other strategies that start meetings. */
export interface StrategyOptions extends Options, OptionsOf<typeof strategyOptions> {}

const neighbourOf = ({ offsets, neighbours }: Graph, self: number, random: RandomSource): number =>
  neighbours[offsets[self] + randomInteger(random, offsets[self + 1] - offsets[self])];

function average({ held }: Holdings, self: number, other: number): void {
  const half = (held[other] - held[self]) / 2;
  held[self] += half;
  held[other] -= half;
}

/** The honest strategy with changes. */
function strategy(name: string, rate: number, change: Partial<Strategy>): Strategy {
  return showAs<Strategy>(
    {
      name,
      rate,
      isHere: () => true,
      choosePartner: neighbourOf,
      accepts: () => true,
      trade: average,
      ...change,
    },
    strategyText,
  );
}

/**
 * The strategy that contacts its neighbours with equal probability and halves the difference: diffusion, one
 * meeting at a time.
 *
 * @example ambient.honest({ rate: 2 }).rate; // 2
 */
export function honest(options: StrategyOptions = {}): Strategy {
  return strategy('honest', readOptions('honest', options, strategyOptions).rate, {});
}

/**
 * The strategy that holds what it has and meets nobody.
 *
 * @example ambient.idleHoarder().rate; // 0
 */
export const idleHoarder = (): Strategy => strategy('idle hoarder', 0, { isHere: () => false });

const selfTraderOptions = {
  /** Meetings of all its identities together, 1 / time; 1 by default. */
  rate: byDefault(1, nonNegative),
  /** The nodes that it controls, each of which contacts the others; without them it trades with itself. */
  identities: each(integer(0)),
};

/** Options of `selfTrader`. */
export interface SelfTraderOptions extends Options, OptionsOf<typeof selfTraderOptions> {}

/**
 * The strategy that trades with nobody but its own identities: alone, with a puppet, or as a Sybil splitter
 * in a ring of many.
 *
 * @throws RangeError for a rate below zero, or a list of one identity
 * @example
 * const puppets = ambient.selfTrader({ identities: [3, 4] }); // of node 3 and of node 4
 * puppets.rate; // 0.5
 */
export function selfTrader(options: SelfTraderOptions = {}): Strategy {
  const { rate, identities } = readOptions('selfTrader', options, selfTraderOptions);
  if (!identities)
    return strategy('self-trader', rate, {
      choosePartner: (_, self) => self,
      accepts: () => false,
      trade: () => undefined,
    });
  requireInteger('selfTrader', 'identities', identities.length, 2);
  return strategy(`self-trader of ${identities.length}`, rate / identities.length, {
    choosePartner: (_, self, random) => {
      const others = identities.filter((each) => each !== self);
      return others[randomInteger(random, others.length)];
    },
    accepts: (other) => identities.includes(other),
  });
}

const takerOptions = {
  ...strategyOptions,
  /** Share of the other's value, in [0, 1]; 0.5 by default. */
  fraction: byDefault(0.5, fraction),
};

/** Options of `thief` and `destructive`. */
export interface TakerOptions extends StrategyOptions, OptionsOf<typeof takerOptions> {}

/**
 * The strategy that takes a share of the other's value and carries it out of the field.
 *
 * @example
 * const strategies = [ambient.thief({ fraction: 0.1 }), ...Array.from({ length: 9 }, () => ambient.honest())];
 * const kernel = ambient.society(complete(10), { strategies, tau: 10, decay: 0.01, release: 0.01, timeStep: 0.25 });
 * ambient.after(kernel, ambient.strangers(complete(10), { held: new Float64Array(10).fill(1) }), { steps: 40, seed: 1 }).carried[0]; // 0.9801
 */
export function thief(options: TakerOptions = {}): Strategy {
  const { rate, fraction: part } = readOptions('thief', options, takerOptions);
  return strategy('thief', rate, {
    trade: ({ held, carried }, self, other) => {
      const taken = part * held[other];
      held[other] -= taken;
      carried[self] += taken;
    },
  });
}

/**
 * The strategy that releases a share of the other's value into the air.
 *
 * @example
 * const strategies = [ambient.destructive(), ...Array.from({ length: 9 }, () => ambient.honest())];
 * const kernel = ambient.society(complete(10), { strategies, tau: 10, decay: 0.01, release: 0.01, timeStep: 0.25 });
 * ambient.after(kernel, ambient.strangers(complete(10), { held: new Float64Array(10).fill(1) }), { steps: 40, seed: 1 }).air; // 0.9900
 */
export function destructive(options: TakerOptions = {}): Strategy {
  const { rate, fraction: part } = readOptions('destructive', options, takerOptions);
  return strategy('destructive', rate, {
    trade: (holdings, _, other) => {
      const lost = part * holdings.held[other];
      holdings.held[other] -= lost;
      holdings.air += lost;
    },
  });
}

const leaverOptions = {
  ...strategyOptions,
  /** Time at which it goes. */
  leaves: needed(finite),
  /** Time at which it is back; may be Infinity. */
  returns: needed(typed<number>(anything)),
};

interface LeaverOptions extends StrategyOptions, OptionsOf<typeof leaverOptions> {}

/**
 * The honest strategy, but absent from `leaves` to `returns`.
 *
 * @throws RangeError if `returns` is before `leaves`
 * @example
 * const traveller = ambient.leaver({ leaves: 10, returns: 20 });
 * [5, 15, 25].map((time) => traveller.isHere(time)); // [true, false, true]
 */
export function leaver(options: LeaverOptions): Strategy {
  const { rate, leaves, returns } = readOptions('leaver', options, leaverOptions);
  if (!(returns >= leaves))
    throw new RangeError(`leaver: returns must not be before leaves = ${leaves}, got ${got(returns)}`);
  return strategy('leaver', rate, { isHere: (time) => time < leaves || time >= returns });
}

const strategyText = ({ name, rate }: Strategy): MimeBundle => ({
  'text/plain': `${name}, ${formatNumber(rate)} meetings per unit of time`,
});
