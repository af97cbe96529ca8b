// How a node's state changes by a message, and whether the result depends on the order of messages or on
// repeated messages. A merge that is commutative, associative and idempotent (a join of a semilattice)
// depends on neither; averaging and the transfer of mass do. Sources: Shapiro, Preguica, Baquero, Zawirski,
// SSS 2011, doi:10.1007/978-3-642-24550-3_29 (semilattices); Kempe, Dobra, Gehrke, FOCS 2003,
// doi:10.1109/SFCS.2003.1238221 (push-sum); rows AE-2, AE-3.
import { card, countText, type MimeBundle, numeral, printAs, showAs } from '../../display/index.js';
import { requireInteger } from '../../numerics/check.js';
import { checkOptions, needed } from '../../numerics/options.js';
import { integer } from '../../numerics/rules.js';
import { defaultSeed, type SeedOption, shuffle, uniformGenerator, aSeed } from '../../randomness/index.js';

/** A value that was sent to a node; it does not change on the way. */
export interface Message {
  readonly to: number;
  readonly value: number;
}

/** The new number of a node from its present one and the value of a message. */
export interface Merge {
  readonly name: string;
  readonly join: (state: number, value: number) => number;
}

const mergeText = ({ name }: Merge): MimeBundle => ({ 'text/plain': `merge by ${name}` });

/**
 * The merge that keeps the larger number: a semilattice, so that order and repeats do not matter.
 *
 * @example ambient.delivered(ambient.maximumMerge, [0], [{ to: 0, value: 3 }, { to: 0, value: 2 }]); // [3]
 */
export const maximumMerge = showAs<Merge>({ name: 'maximum', join: Math.max }, mergeText);
/**
 * The merge that unites sets of up to 31 elements, as bits: a semilattice, so that order and repeats do not
 * matter.
 *
 * @example ambient.delivered(ambient.unionMerge, [0b001], [{ to: 0, value: 0b100 }]); // [5]: bits 0 and 2
 */
export const unionMerge = showAs<Merge>(
  {
    name: 'union',
    join(state, value) {
      for (const set of [state, value])
        requireInteger('unionMerge', 'a set of up to 31 elements, as bits,', set, 0);
      return state | value;
    },
  },
  mergeText,
);
/**
 * The merge that goes half way to the value: the later message weighs more, so that the order matters.
 *
 * @example
 * ambient.delivered(ambient.averagingMerge, [0], [{ to: 0, value: 4 }, { to: 0, value: 0 }]); // [1]
 * ambient.delivered(ambient.averagingMerge, [0], [{ to: 0, value: 0 }, { to: 0, value: 4 }]); // [2]
 */
export const averagingMerge = showAs<Merge>(
  { name: 'averaging', join: (state, value) => (state + value) / 2 },
  mergeText,
);
/**
 * The merge that adds, as a transfer: the order does not matter, but a repeated message creates mass.
 *
 * @example ambient.delivered(ambient.transferMerge, [10], [{ to: 0, value: 5 }, { to: 0, value: 5 }]); // [20]
 */
export const transferMerge = showAs<Merge>(
  { name: 'transfer', join: (state, value) => state + value },
  mergeText,
);

/**
 * The numbers of all nodes after all messages, in the given order.
 *
 * @throws RangeError for a message to a node that does not exist
 * @example ambient.delivered(ambient.maximumMerge, [0, 7], [{ to: 0, value: 3 }, { to: 1, value: 2 }]); // [3, 7]
 */
export function delivered(
  { join }: Merge,
  start: ArrayLike<number>,
  messages: readonly Message[],
): Float64Array {
  const states = Float64Array.from(start);
  messages.forEach(({ to, value }, at) => {
    requireInteger('delivered', `message ${at}: to`, to, 0, states.length - 1);
    states[to] = join(states[to], value);
  });
  return states;
}

/** The end states of one set of messages, merged in different orders. */
export interface OrderOutcomes {
  readonly merge: string;
  /** [nodes], one per order. */
  readonly states: readonly Float64Array[];
  /** How many of them differ. */
  readonly distinct: number;
}

/**
 * The states after the same messages in random orders, and how many of them differ.
 *
 * @throws RangeError unless `orders` is a positive integer
 * @example
 * ambient.orderOutcomes(ambient.maximumMerge, [0, 1], [{ to: 0, value: 3 }, { to: 0, value: 2 }], { orders: 200 }).distinct; // 1
 */
export function orderOutcomes(
  merge: Merge,
  start: ArrayLike<number>,
  messages: readonly Message[],
  options: SeedOption & { readonly orders: number },
): OrderOutcomes {
  checkOptions('orderOutcomes', options, { orders: needed(integer(1)), seed: aSeed });
  const { orders, seed = defaultSeed() } = options;
  const random = uniformGenerator(seed, 'orders');
  const states = Array.from({ length: orders }, () =>
    delivered(merge, start, shuffle([...messages], random)),
  );
  return printAs<OrderOutcomes>(
    { merge: merge.name, states, distinct: new Set(states.map((state) => state.join())).size },
    outcomesCard,
  );
}

/**
 * The change of every node's number if each message comes `times` times instead of once, [nodes].
 *
 * @throws RangeError unless `times` is an integer in [1, 2^20]
 * @example
 * ambient.replayDrift(ambient.averagingMerge, [0], [{ to: 0, value: 1 }], { times: 2 }); // [0.25], 3/4 for 1/2
 */
export function replayDrift(
  merge: Merge,
  start: ArrayLike<number>,
  messages: readonly Message[],
  options: { readonly times: number },
): Float64Array {
  checkOptions('replayDrift', options, { times: needed(integer(1, 2 ** 20)) });
  const { times } = options;
  const once = delivered(merge, start, messages);
  return delivered(
    merge,
    start,
    messages.flatMap((message) => Array<Message>(times).fill(message)),
  ).map((state, i) => state - once[i]);
}

const outcomesCard = ({ merge, states, distinct }: OrderOutcomes) =>
  card(`Merge by ${merge} in ${countText(states.length, 'order')}`, {
    'different outcomes': numeral(distinct),
  });
