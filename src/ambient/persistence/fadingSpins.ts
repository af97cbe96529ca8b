// Spins that fade: a node holds an opinion s_i = 1 or -1, or none, 0. Temperature and dissipation in one
// model, with the rates
//   heat bath    1      an opinion is drawn anew: 1 with probability 1 / (1 + exp(-2 h_i / T)), h_i = sum_j
// J_ij s_j
//   decay        gamma  an opinion is lost
//   replacement  sigma  a node without one asks a uniformly drawn neighbour; if that holds one, the node
// draws its own as above
// gamma = 0 is Glauber's Ising model at T, the first document's; at T = infinity the nodes with an opinion
// are a contact process, the second's. On the complete graph `fadingMeanField` has both in closed form. Exact
// in continuous time by uniformisation: all clocks tick at one rate, a Poisson number of times, and a tick is
// skipped with the probability that makes the node's rate right. Sources: Glauber, J. Math. Phys. 4 (1963)
// 294, doi:10.1063/1.1703954; Harris, Ann. Probab. 2 (1974) 969, doi:10.1214/aop/1176996493; Jensen, Skand.
// Aktuarietidskr. 36 (1953) 87 (uniformisation); row AE-25; the model is this lab's.
import { type Graph, requireGraph } from '../../graphs/index.js';
import { got } from '../../numerics/check.js';
import {
  byDefault,
  needed,
  type Options,
  type OptionsOf,
  readOptions,
  typed,
} from '../../numerics/options.js';
import { anything, nonNegative, positive } from '../../numerics/rules.js';
import { poisson, uniformGenerator } from '../../randomness/index.js';
import type { Update } from '../messages/update.js';

const fadingOptions = {
  /** T, in units of the couplings; at Infinity the field has no effect. */
  temperature: needed(typed<number>(anything)),
  /** gamma, per heat-bath time. */
  decay: needed(nonNegative),
  /** sigma, per heat-bath time; 1 by default. */
  release: byDefault(1, positive),
  /** Time per step of the kernel; 1 by default. */
  span: byDefault(1, positive),
};

/** Options of `fadingSpins`. */
export interface FadingOptions extends Options, OptionsOf<typeof fadingOptions> {}

/**
 * Spins that fade: heat bath of opinions, decay, and replacement from neighbours, as an update of the
 * present.
 *
 * @returns the kernel on states [nodes] of 1, -1 and 0
 * @throws RangeError for a negative temperature or decay, a release or span that is not positive; of the
 * kernel, for a state of another size or of other values
 * @example
 * const kernel = ambient.fadingSpins(smallWorld(50, 4, 0.1, { seed: 1 }), { temperature: 1, decay: 0.1 });
 * const present = ambient.after(kernel, new Int8Array(50).fill(1), { steps: 100, seed: 1 });
 * present.filter((opinion) => opinion !== 0).length; // 45
 */
export function fadingSpins(graph: Graph, options: FadingOptions): Update<Int8Array> {
  requireGraph('fadingSpins', graph);
  const { temperature, decay, release, span } = readOptions('fadingSpins', options, fadingOptions);
  if (!(temperature >= 0))
    throw new RangeError(`fadingSpins: temperature must not be negative, got ${got(temperature)}`);
  const { nodeCount: N, offsets, neighbours, edgeOf, couplings } = graph;
  const fastest = Math.max(1 + decay, release);
  const ticks = poisson(span * N * fastest);

  return (present, key) => {
    if (present.length !== N)
      throw new RangeError(`fadingSpins: the state must be [${N}], got ${present.length} numbers`);
    const other = present.findIndex((spin) => spin !== 1 && spin !== -1 && spin !== 0);
    if (other >= 0)
      throw new RangeError(`fadingSpins: a state must be 1, -1 or 0, got ${present[other]} on node ${other}`);
    const s = present.slice();
    const random = uniformGenerator(key.seed, key.stream);
    const newOpinion = (i: number, uniform: number): number => {
      let h = 0;
      for (let at = offsets[i]; at < offsets[i + 1]; at++) h += couplings[edgeOf[at]] * s[neighbours[at]];
      const up = h === 0 ? 0.5 : 1 / (1 + Math.exp((-2 * h) / temperature));
      return uniform < up ? 1 : -1;
    };
    for (let left = ticks(random); left > 0; left--) {
      const point = random() * N; // one uniform number for the node, its clock and the draw
      const i = Math.floor(point);
      const tick = (point - i) * fastest;
      if (s[i] !== 0) {
        if (tick < 1) s[i] = newOpinion(i, tick);
        else if (tick < 1 + decay) s[i] = 0;
      } else if (tick < release) {
        const way = (tick / release) * (offsets[i + 1] - offsets[i]);
        const at = Math.floor(way);
        if (way > 0 && s[neighbours[offsets[i] + at]] !== 0) s[i] = newOpinion(i, way - at);
      }
    }
    return s;
  };
}
