// The random batch of edges from which a step estimates its gradient, a new one in every step and chain:
// weights [edges, chains], E / m for m edges of each chain and 0 for the others. Every set of m edges is
// equally likely: an edge is taken with probability (edges still wanted) / (edges still to come). Source:
// Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S.
import { Code, type Buffer } from '../language/code.js';
import { counterBase, philox } from '../language/philoxWords.js';
import type { StepShape } from '../terms/vicinity.js';

export const WEIGHTS: Buffer = { name: 'weights', holds: 'float' };

/**
 * The range counts sets of four chains. Four edges stand in the lanes while their random words are computed.
 */
export function batchCode({ chains }: StepShape, batch: number): Code {
  const code = new Code();
  const { stepWord, key } = counterBase(code);
  const [edges, purpose] = [code.argument('edges'), code.argument('batchPurpose').splat()];
  const share = edges.splat().toFloat().div(batch);
  code.range('set', 1, (set) => {
    const wanted = code.variable('wanted', code.word(batch));
    const chain = set.mul(4);
    code.loop('edge', code.index(0), edges, 4, (edge) => {
      const words = code.transpose(
        philox([stepWord, edge.splat().add(code.lane()), set.splat(), purpose], key),
      );
      words.forEach((word, k) => {
        const e = edge.add(k);
        code.if(k === 0 || e.lt(edges), () => {
          const left = code.get(wanted);
          const isTaken = word.mulHigh(edges.sub(e).splat()).lt(left);
          code.set(wanted, left.sub(code.word(1).where(isTaken, 0)));
          const [at, weight] = [e.mul(chains).add(chain), share.where(isTaken, 0)];
          const store = (lanes: number) => (): void => code.store(WEIGHTS, at, weight, lanes);
          code.if(chains % 4 === 0 || chain.add(3).lt(chains), store(4), store(chains % 4));
        });
      });
    });
  });
  return code;
}
