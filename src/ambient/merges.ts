// What a node makes of a message, and whether that depends on the order of messages or on repeating them.
// A merge that is commutative, associative and idempotent (a join of a semilattice) depends on neither; averaging and the transfer of
// mass do. Sources: Shapiro, Preguica, Baquero, Zawirski, SSS 2011, doi:10.1007/978-3-642-24550-3_29 (semilattices);
// Kempe, Dobra, Gehrke, FOCS 2003, doi:10.1109/SFCS.2003.1238221 (push-sum); rows AE-2, AE-3.
import { shown, summarised } from '../display/index.js';
import { requireInteger } from '../graph/check.js';
import { type Seed, shuffle, uniformGenerator } from '../random/index.js';
import { mergeText, outcomesCard } from './display.js';

/** A value that was sent to a node; it does not change on the way. */
export interface Message {
  readonly to: number;
  readonly value: number;
}

/** What a node holds, after what it held and a value; state and values are numbers a node. */
export interface Merge {
  readonly name: string;
  readonly join: (held: number, value: number) => number;
}

/** The larger one: a semilattice. */
export const maximumMerge = shown<Merge>({ name: 'maximum', join: Math.max }, mergeText);
/** The union of sets of up to 31 things, as bits: a semilattice. */
export const unionMerge = shown<Merge>({ name: 'union', join: (held, value) => held | value }, mergeText);
/** Half way to the value: the later message weighs more. */
export const averagingMerge = shown<Merge>({ name: 'averaging', join: (held, value) => (held + value) / 2 }, mergeText);
/** A transfer: commutative, but a repeated message makes mass. */
export const transferMerge = shown<Merge>({ name: 'transfer', join: (held, value) => held + value }, mergeText);

/**
 * What the nodes hold after all messages, in their order.
 * @throws RangeError for a message to a node that is none
 */
export function delivered({ join }: Merge, start: ArrayLike<number>, messages: readonly Message[]): Float64Array {
  const held = Float64Array.from(start);
  messages.forEach(({ to, value }, at) => {
    requireInteger('delivered', `message ${at}: to`, to, 0, held.length - 1);
    held[to] = join(held[to], value);
  });
  return held;
}

export interface OrderOutcomes {
  readonly merge: string;
  /** [nodes], one an order. */
  readonly states: readonly Float64Array[];
  /** How many of them differ. */
  readonly distinct: number;
}

/**
 * The states after the same messages in other orders.
 *
 * @throws RangeError for orders that are no count
 * @example
 * orderOutcomes(maximumMerge, [0, 1], [{ to: 0, value: 3 }, { to: 0, value: 2 }], { orders: 200 }).distinct; // 1
 */
export function orderOutcomes(
  merge: Merge, start: ArrayLike<number>, messages: readonly Message[], { orders, seed = 0 }: { orders: number; seed?: Seed },
): OrderOutcomes {
  requireInteger('orderOutcomes', 'orders', orders, 1);
  const random = uniformGenerator(seed, 'orders');
  const states = Array.from({ length: orders }, () => delivered(merge, start, shuffle([...messages], random)));
  return summarised<OrderOutcomes>({ merge: merge.name, states, distinct: new Set(states.map((state) => state.join())).size }, outcomesCard);
}

/**
 * How far every node moves if each message comes `times` times instead of once, [nodes].
 *
 * @throws RangeError for times that are no count
 * @example
 * replayDrift(averagingMerge, [0], [{ to: 0, value: 1 }], { times: 2 }); // [0.25], 3/4 for 1/2
 */
export function replayDrift(
  merge: Merge, start: ArrayLike<number>, messages: readonly Message[], { times }: { times: number },
): Float64Array {
  requireInteger('replayDrift', 'times', times, 1);
  const once = delivered(merge, start, messages);
  return delivered(merge, start, messages.flatMap((message) => Array<Message>(times).fill(message))).map((held, i) => held - once[i]);
}
