// The places of a pass for machines of many small lanes, one invocation each: four nodes in four neighbouring
// invocations, or one node with the chains that share a block of noise. Noise is computed where it is needed.
import type { Code, Value } from '../language/code.js';
import { normalsOfNodes } from '../passes/noiseRows.js';
import { counterBase, normalsOf, philox } from '../language/philoxWords.js';
import {
  chainsAt,
  each,
  LANES,
  nodesAt,
  type Rows,
  type StepShape,
  type Vicinity,
} from '../terms/vicinity.js';

/** Chains per place. */
const chainsAtOnce = ({ chains }: StepShape): 1 | 4 => (chains % 4 === 0 ? 4 : 1);

/** Places per node: 1 where nodes stand side by side. */
export const placesOfNode = (shape: StepShape): number =>
  shape.chains < LANES ? 1 : shape.chains / chainsAtOnce(shape);

/** Visits all places, with a function for the normals there of the step `later` steps on. */
export function overPlaces(
  code: Code,
  shape: StepShape,
  visit: (at: Vicinity, normals: (later: number) => Rows) => void,
): void {
  const { components, chains } = shape;
  if (chains < LANES) {
    return code.range('i', 4, (i) =>
      visit(nodesAt(code, shape, i), (later) => {
        const row = normalsOfNodes(code, i, components * chains, later);
        return each(chains, (c) => each(components, (k) => row[k * chains + c]));
      }),
    );
  }
  const count = chainsAtOnce(shape);
  code.range('place', 1, (place) => {
    const i = place.div(chains / count);
    const chain = place.sub(i.mul(chains / count)).mul(count);
    visit(chainsAt(code, shape, i, chain, count, 1, 1), (later) => {
      const columns = each(components, (k) => normalsOfChains(code, i, chain.add(chains * k), count, later));
      return each(count, (v) => columns.map((column) => column[v]));
    });
  });
}

/** The normals of the four lanes of a block, or of one lane at any place in its block. */
function normalsOfChains(code: Code, i: Value, lane: Value, count: 1 | 4, later: number): Value[] {
  const { stepWord, purpose, key } = counterBase(code);
  const words = philox([stepWord.add(later), i.splat(), lane.shr(2).splat(), purpose], key);
  if (count === 4) return normalsOf(words);
  const [isSecond, isOdd] = [lane.splat().and(2).eq(2), lane.splat().and(1).eq(1)];
  const pair = [0, 1].map((k) => words[2 + k].where(isSecond, words[k]));
  const [cosine, sine] = normalsOf([pair[0], pair[1], pair[0], pair[1]], 2);
  return [sine.where(isOdd, cosine)];
}
