// Dynamics without a history: the next state is a function of the present state and a key for the randomness,
// and of nothing else,
//   x_(n+1) = K(x_n, key_n),    key_n = (seed, n).
// The type has no place for a past. A closure could still hide one; `checkUpdate` searches for it: the same
// present and key must give the same next state after any earlier calls, and the kernel must not change the
// present. Source: Finality Through Ambient Entropy, "The Fall of Byzantium"; row AE-1.
import { got } from '../../numerics/check.js';
import { byDefault, needed, type OptionsOf, readOptions } from '../../numerics/options.js';
import { integer } from '../../numerics/rules.js';
import { defaultSeed, type Key, randomKey, type SeedOption, seedOption } from '../../randomness/index.js';

/** The state after one step, from the present one and a key. */
export type Update<State> = (present: State, key: Key) => State;

const iterateOptions = {
  /** Steps to take. */
  steps: needed(integer(0)),
  /** Steps before the start, 0 by default: a run continues from its last state as if it had not stopped. */
  from: byDefault(0, integer(0)),
  ...seedOption,
};

/** Options of `iterate` and `after`. */
export interface IterateOptions extends SeedOption, OptionsOf<typeof iterateOptions> {}

/**
 * x_(n+1) = K(x_n, key_n): the state after every step, one at a time. Earlier states are not stored, so
 * memory does not grow with time. `break` ends it early; the last state and `from` are all that a run needs
 * to continue.
 *
 * @throws RangeError unless `steps` and `from` are non-negative integers
 * @example
 * const halve = (x: number) => x / 2;
 * Array.from(ambient.iterate(halve, 1, { steps: 3 }), ({ present }) => present); // [0.5, 0.25, 0.125]
 */
export function* iterate<State>(
  kernel: Update<State>,
  start: State,
  options: IterateOptions,
): Generator<{ step: number; present: State }, void> {
  const { steps, seed = defaultSeed(), from } = readOptions('iterate', options, iterateOptions);
  if (typeof kernel !== 'function')
    throw new TypeError(`iterate: kernel must be a function, got ${got(kernel)}`);
  const base = randomKey(seed);
  let present = start;
  for (let step = from; step < from + steps; step++) {
    present = kernel(present, { seed: base.seed, stream: step });
    yield { step: step + 1, present };
  }
}

/**
 * The state after so many steps of an update.
 *
 * @throws as iterate
 * @example
 * ambient.after((x: number) => x / 2, 1, { steps: 3 }); // 0.125
 */
export function after<State>(kernel: Update<State>, start: State, options: IterateOptions): State {
  let last = start;
  for (const { present } of iterate(kernel, start, options)) last = present;
  return last;
}

/**
 * Looks for a hidden past: asks for the next state of each present under two keys, then again in the opposite
 * order.
 *
 * @param presents numbers, arrays or plain objects of them
 * @throws Error if the kernel remembers or changes the present
 * @example ambient.checkUpdate((x: number) => x / 2, [1, 2]); // undefined, and an error for a kernel that remembers
 */
export function checkUpdate<State>(kernel: Update<State>, presents: readonly State[]): void {
  const questions = presents.flatMap((present, k) =>
    [0, 1].map((stream) => ({ present, k, key: randomKey(k, stream), before: text(present) })),
  );
  const answers = questions.map(({ present, key }) => text(kernel(present, key)));
  for (const [at, { present, k, key, before }] of [...questions.entries()].reverse()) {
    if (text(present) !== before)
      throw new Error(`checkUpdate: the kernel changed the present it was given, state ${k}`);
    if (text(kernel(present, key)) === answers[at]) continue;
    throw new Error(
      `checkUpdate: the same present and key gave another next state, state ${k}: the kernel remembers`,
    );
  }
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    ArrayBuffer.isView(part) ? Array.from(part as unknown as ArrayLike<number>) : part,
  );
