// Whether samples are of spins or labels, and which: the distinct values that nodes take, if they are few.
import type { ChainSamples } from '../chains/samples.js';

const MOST_LETTERS = 16;

/** One value a node can take, [components]. */
export type Letter = Float64Array;

/**
 * The distinct node values in all records, in order of appearance, or undefined if there are more than 16:
 * then the field is continuous. A field of +-1 has both spins, even if one never occurs.
 */
export function lettersOf({ states, components, chains, nodes }: ChainSamples): Letter[] | undefined {
  if (components === 1 && states.every((state) => state.every((s) => Math.abs(s) === 1))) {
    return [Float64Array.of(-1), Float64Array.of(1)];
  }
  const letters = new Map<string, Letter>();
  for (const state of states) {
    for (let node = 0; node < nodes; node++) {
      for (let chain = 0; chain < chains; chain++) {
        const letter = Float64Array.from({ length: components }, (_, k) => state[(node * components + k) * chains + chain]);
        letters.set(letter.join(), letter);
        if (letters.size > MOST_LETTERS) return undefined;
      }
    }
  }
  return [...letters.values()];
}
