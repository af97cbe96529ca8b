// Uniform numbers u = (w + 1/2) 2^-32 in (0, 1) from the Philox words w of a block, one word per lane.
import { type Draw, eachBlock } from './counter.js';
import type { Key } from './key.js';

const ULP_BELOW_ONE = 1 - 2 ** -24; // the largest float32 below 1

/**
 * Fills `out`, shape [nodes, lanes] row-major, with independent uniforms in the open interval (0, 1):
 * u = (w + 1/2) 2^-32. Float32 storage rounds, but never up to 1.
 *
 * @returns `out`
 * @throws RangeError unless `out` holds nodes x lanes numbers, and for draws outside the counter's range
 * @example randomness.uniforms(new Float64Array(2), randomness.randomKey(7), { step: 0, purpose: randomness.Purpose.initial, nodes: 1, lanes: 2 }); // [0.2508, 0.1988]
 */
export function uniforms<Out extends Float32Array | Float64Array>(out: Out, key: Key, draw: Draw): Out {
  const top = out instanceof Float32Array ? ULP_BELOW_ONE : 1;
  eachBlock('uniforms', out.length, key, draw, (words, offset, count) => {
    for (let i = 0; i < count; i++) out[offset + i] = Math.min(unit(words[i]), top);
  });
  return out;
}

/** The centre of the w-th of 2^32 equal cells of (0, 1). */
export const unit = (word: number): number => (word + 0.5) * 2 ** -32;
