// Standard normals by Box and Muller: words (w0, w1) serve lanes 0 and 1 of a block, (w2, w3) lanes 2 and 3,
//   r = sqrt(-2 ln u(wA)),  z_even = r cos(2 pi u(wB)),  z_odd = r sin(2 pi u(wB)),  u(w) = (w + 1/2) 2^-32,
// in float64, rounded once when stored as float32. |z| <= sqrt(66 ln 2) = 6.76.
// Source: Box, Muller, Ann. Math. Statist. 29 (1958) 610, DOI 10.1214/aoms/1177706645.
import { type Draw, eachBlock } from './counter.js';
import type { Key } from './key.js';
import { unit } from './uniforms.js';

/**
 * Fills `out`, shape [nodes, lanes] row-major with lane = component x chains + chain, with independent
 * standard normals. Every number depends only on (key, step, purpose, node, lane).
 *
 * @returns `out`
 * @throws RangeError unless `out` holds nodes x lanes numbers, and for draws outside the counter's range
 * @example randomness.normals(new Float32Array(2), randomness.randomKey(7), { step: 0, purpose: randomness.Purpose.noise, nodes: 1, lanes: 2 }); // [0.0002916, -0.3048]
 */
export function normals<Out extends Float32Array | Float64Array>(out: Out, key: Key, draw: Draw): Out {
  eachBlock('normals', out.length, key, draw, (words, offset, count) => {
    for (let i = 0; i < count; i += 2) {
      const radius = Math.sqrt(-2 * Math.log(unit(words[i])));
      const angle = 2 * Math.PI * unit(words[i + 1]);
      out[offset + i] = radius * Math.cos(angle);
      if (i + 1 < count) out[offset + i + 1] = radius * Math.sin(angle);
    }
  });
  return out;
}
