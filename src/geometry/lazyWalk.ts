// The law of a lazy random walk after one step from a node u: at u with probability alpha, the idleness, and
// at its neighbour x with
//   m_u(x) = (1 - alpha) exp(-f(l_ux)) / sum over neighbours of exp(-f(l))
// l the length of the edge and f its decay, by default l^2. Edges of equal length have equal shares for every
// f. Source: Ollivier, J. Funct. Anal. 256 (2009) 810, doi:10.1016/j.jfa.2008.11.001, example 3; Lin, Lu,
// Yau, Tohoku Math. J. 63 (2011) 605, doi:10.2748/tmj/1325886283 (idleness); Ni, Lin, Luo, Gao, Sci. Rep. 9
// (2019) 9984, doi:10.1038/s41598-019-46380-9 (exp(-l^2)).
import type { Graph } from '../graphs/index.js';

/** f(l): the larger, the rarer the walk takes the edge. */
export type Decay = (length: number) => number;

/** `[2 E]`: m_u(x) of each half-edge, from u to x. @throws RangeError if f is not a finite number */
export function walkShares(
  caller: string,
  { nodeCount, offsets, edgeOf }: Graph,
  lengths: Float64Array,
  idleness: number,
  decay: Decay,
): Float64Array {
  const cost = lengths.map((length, edge) => {
    const f = decay(length);
    if (Number.isFinite(f)) return f;
    throw new RangeError(
      `${caller}: decay must give finite numbers, got ${String(f)} for length ${length} of edge ${edge}`,
    );
  });
  const shares = new Float64Array(edgeOf.length);
  for (let node = 0; node < nodeCount; node++) {
    const [begin, end] = [offsets[node], offsets[node + 1]];
    let least = Infinity; // subtracted, so that the nearest neighbour's weight is 1 at any distance
    for (let h = begin; h < end; h++) least = Math.min(least, cost[edgeOf[h]]);
    let total = 0;
    for (let h = begin; h < end; h++) total += shares[h] = Math.exp(least - cost[edgeOf[h]]);
    for (let h = begin; h < end; h++) shares[h] *= (1 - idleness) / total;
  }
  return shares;
}
