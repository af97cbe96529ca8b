// Dynamics without a history: what comes next is a function of what is present and of a key for its randomness, and of nothing else,
//   x_(n+1) = K(x_n, key_n),    key_n = (seed, n).
// The type has no place for a past. A closure could still hide one; `checkKernel` looks for it: the same present and key must give
// the same next state whatever was asked before, and the present must be left as it was.
// Source: Finality Through Ambient Entropy, "The Fall of Byzantium"; row AE-1.
import { requireInteger } from '../graph/check.js';
import { defaultSeed, type Key, randomKey, type Seed } from '../random/index.js';

/** The state after one step, from the present one and a key. */
export type Kernel<State> = (present: State, key: Key) => State;

export interface IterateOptions {
  readonly steps: number;
  readonly seed?: Seed;
  /** Steps done before: a run goes on from its last state as if it had not stopped. */
  readonly from?: number;
}

/**
 * The present after every step, one at a time: nothing is kept of those before, so that memory does not grow with time. Ends early
 * by `break`; step, state and `from` are all that a run needs to go on.
 *
 * @throws RangeError for steps that are no count
 * @example
 * for (const { step, present } of iterate((x: number) => x / 2, 1, { steps: 3 })) console.log(step, present); // 1 0.5, 2 0.25, 3 0.125
 */
export function* iterate<State>(kernel: Kernel<State>, start: State, options: IterateOptions): Generator<{ step: number; present: State }, void> {
  const { steps, seed = defaultSeed(), from = 0 } = options;
  requireInteger('iterate', 'steps', steps, 0);
  requireInteger('iterate', 'from', from, 0);
  const base = randomKey(seed);
  let present = start;
  for (let step = from; step < from + steps; step++) {
    present = kernel(present, { seed: base.seed, stream: step });
    yield { step: step + 1, present };
  }
}

/**
 * The last of them.
 *
 * @throws as iterate
 * @example
 * after((x: number) => x / 2, 1, { steps: 3 }); // 0.125
 */
export function after<State>(kernel: Kernel<State>, start: State, options: IterateOptions): State {
  let last = start;
  for (const { present } of iterate(kernel, start, options)) last = present;
  return last;
}

/**
 * Looks for a hidden past: asks for the next state of each present under two keys, then again in the opposite order.
 *
 * @param presents numbers, arrays or plain objects of them
 * @throws Error that says what the kernel did: remembered, or changed the present
 * @example
 * checkKernel((x: number) => x / 2, [1, 2]); // nothing to say
 */
export function checkKernel<State>(kernel: Kernel<State>, presents: readonly State[]): void {
  const questions = presents.flatMap((present, k) => [0, 1].map((stream) => ({ present, k, key: randomKey(k, stream) })));
  const asked = presents.map(text);
  const answers = questions.map(({ present, key }) => text(kernel(present, key)));
  [...questions.keys()].reverse().forEach((at) => {
    const { present, k, key } = questions[at];
    if (text(present) !== asked[k]) throw new Error(`checkKernel: the kernel changed the present it was given, state ${k}`);
    const again = text(kernel(present, key));
    if (again !== answers[at]) throw new Error(`checkKernel: the same present and key gave another next state, state ${k}: the kernel remembers`);
  });
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (ArrayBuffer.isView(part) ? Array.from(part as unknown as ArrayLike<number>) : part));
