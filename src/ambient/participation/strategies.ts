// Strategies of a node in a society without history: whom it contacts, whom it answers, what a meeting does with the value of both, and
// whether the node is there. A strategy uses the present only. Held value lies in the field; carried value lies outside, where nothing
// condenses, and decays into the air as well.
// Source: Finality Through Ambient Entropy, "In the Air Tonight" (rows AE-15, AE-16, AE-19); the strategies are this lab's.
import { formatNumber, type MimeBundle, showAs } from '../../display/index.js';
import type { Graph } from '../../graph/index.js';
import { requireInteger, requireNonNegative, requireShare } from '../../numerics/check.js';
import { randomInteger, type RandomSource } from '../../random/index.js';

/** The value that a meeting may move; a meeting conserves its total. */
export interface Holdings {
  /** [nodes] */
  readonly held: Float64Array;
  /** `[nodes]`: outside the field. */
  readonly carried: Float64Array;
  air: number;
}

export interface Strategy {
  readonly name: string;
  /** Meetings that it starts, 1 / time. */
  readonly rate: number;
  /** Whether it is there at this time; if not, it neither starts a meeting nor answers. */
  isHere(time: number): boolean;
  /** The node that it contacts; itself for a trade with itself. */
  chooses(graph: Graph, self: number, random: RandomSource): number;
  accepts(other: number): boolean;
  /** Moves value in a meeting that it started. */
  deals(holdings: Holdings, self: number, other: number): void;
}

export interface StrategyOptions {
  /** 1 / time; 1 by default. */
  readonly rate?: number;
}

const neighbourOf = ({ offsets, neighbours }: Graph, self: number, random: RandomSource): number =>
  neighbours[offsets[self] + randomInteger(random, offsets[self + 1] - offsets[self])];

function average({ held }: Holdings, self: number, other: number): void {
  const half = (held[other] - held[self]) / 2;
  held[self] += half;
  held[other] -= half;
}

/** The honest strategy with changes. */
function strategy(name: string, rate: number, change: Partial<Strategy>): Strategy {
  requireNonNegative(name, 'rate', rate);
  return showAs<Strategy>({ name, rate, isHere: () => true, chooses: neighbourOf, accepts: () => true, deals: average, ...change }, strategyText);
}

/** Contacts its neighbours with equal probability and halves the difference: diffusion, one meeting at a time. */
export const honest = ({ rate = 1 }: StrategyOptions = {}): Strategy => strategy('honest', rate, {});

/** Holds what it has and meets nobody. */
export const idleHoarder = (): Strategy => strategy('idle hoarder', 0, { isHere: () => false });

export interface SelfTraderOptions {
  /** Meetings of all its identities together, 1 / time; 1 by default. */
  readonly rate?: number;
  /** The nodes that it controls, each of which contacts the others; without them it trades with itself. */
  readonly identities?: readonly number[];
}

/**
 * Trades with nobody but its own identities: alone, with a puppet, or as a Sybil splitter in a ring of many.
 *
 * @throws RangeError for a rate below zero, or a list of one identity
 * @example
 * selfTrader({ identities: [3, 4] }); // for node 3 and for node 4: half a meeting per unit of time each
 */
export function selfTrader({ rate = 1, identities }: SelfTraderOptions = {}): Strategy {
  if (!identities) return strategy('self-trader', rate, { chooses: (_, self) => self, accepts: () => false, deals: () => undefined });
  requireInteger('selfTrader', 'identities', identities.length, 2);
  return strategy(`self-trader of ${identities.length}`, rate / identities.length, {
    chooses: (_, self, random) => {
      const others = identities.filter((each) => each !== self);
      return others[randomInteger(random, others.length)];
    },
    accepts: (other) => identities.includes(other),
  });
}

export interface TakerOptions extends StrategyOptions {
  /** Share of the other's value, in [0, 1]; 1/2 by default. */
  readonly share?: number;
}

/** Takes a share of the other's value and carries it out of the field. */
export function thief({ rate = 1, share = 0.5 }: TakerOptions = {}): Strategy {
  requireShare('thief', 'share', share);
  return strategy('thief', rate, {
    deals: ({ held, carried }, self, other) => {
      const taken = share * held[other];
      held[other] -= taken;
      carried[self] += taken;
    },
  });
}

/** Releases a share of the other's value into the air. */
export function destructive({ rate = 1, share = 0.5 }: TakerOptions = {}): Strategy {
  requireShare('destructive', 'share', share);
  return strategy('destructive', rate, {
    deals: (holdings, _, other) => {
      const lost = share * holdings.held[other];
      holdings.held[other] -= lost;
      holdings.air += lost;
    },
  });
}

/** Honest, but absent from `leaves` to `returns`. */
export const leaver = ({ rate = 1, leaves, returns }: StrategyOptions & { readonly leaves: number; readonly returns: number }): Strategy =>
  strategy('leaver', rate, { isHere: (time) => time < leaves || time >= returns });

const strategyText = ({ name, rate }: Strategy): MimeBundle =>
  ({ 'text/plain': `${name}, ${formatNumber(rate)} meetings per unit of time` });
