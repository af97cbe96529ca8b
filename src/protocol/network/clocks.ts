// When nodes act by themselves. Poisson clocks: every node's clock rings at its own rate, independently.
// Together they are one Poisson process of the summed rate whose rings fall to node i in proportion to its
// rate, so no list of clocks has to be sorted. Rounds: every node once in each unit of time, in ascending
// order, as in synchronous protocols. Sources: Boyd, Ghosh, Prabhakar, Shah, IEEE Trans. Inf. Theory 52
// (2006) 2508, doi:10.1109/TIT.2006.874516, section I-A; Walker, ACM TOMS 3 (1977) 253,
// doi:10.1145/355744.355749, for draws in proportion to weights from a table
// (alias method).
import { requireNonNegative, requirePositive } from '../../numerics/check.js';
import { exponential, randomInteger, type RandomSource } from '../../randomness/index.js';

/** `time` and `node` are those of the coming ring; `next` goes to the ring after it. */
export interface Clock {
  time: number;
  node: number;
  next(random: RandomSource): void;
}

/**
 * Rings per second of every node, one number or one per node; or 'rounds', once per second, all together. 0:
 * never.
 */
export type ClockRates = number | ArrayLike<number> | 'rounds';

/** @throws RangeError for rates that are negative or do not fit the nodes */
export function clockOf(rates: ClockRates, nodeCount: number): Clock {
  if (rates === 'rounds') return rounds(nodeCount);
  if (typeof rates === 'number') {
    requireNonNegative('network', 'clock', rates);
    return poissonClock(rates * nodeCount, (random) => randomInteger(random, nodeCount));
  }
  if (rates.length !== nodeCount)
    throw new RangeError(`network: clock must be one rate or ${nodeCount}, got ${rates.length}`);
  Array.from(rates).forEach((rate, node) => requireNonNegative('network', `clock of node ${node}`, rate));
  const total = Array.from(rates).reduce((sum, rate) => sum + rate, 0);
  return poissonClock(total, total > 0 ? aliasTable(rates, total) : () => 0);
}

function poissonClock(rate: number, draw: (random: RandomSource) => number): Clock {
  return {
    time: rate > 0 ? 0 : Infinity,
    node: 0,
    next(random) {
      this.time += exponential(random) / rate;
      this.node = draw(random);
    },
  };
}

const rounds = (nodeCount: number): Clock => ({
  time: 0,
  node: nodeCount - 1,
  next() {
    if (++this.node < nodeCount) return;
    this.node = 0;
    this.time++;
  },
});

/**
 * Random i in proportion to weights, each in O(1): n columns of equal height, each shared by at most two.
 * @throws RangeError for weights that are negative, or whose sum is not positive and finite
 */
export function aliasTable(
  weights: ArrayLike<number>,
  total = Array.from(weights).reduce((sum, weight) => sum + weight, 0),
): (random: RandomSource) => number {
  const n = weights.length;
  requirePositive('aliasTable', 'sum of weights', total);
  const height = Float64Array.from(weights, (weight) => (weight * n) / total);
  const other = Int32Array.from({ length: n }, (_, i) => i);
  const [low, high]: [number[], number[]] = [[], []];
  height.forEach((h, i) => (h < 1 ? low : high).push(i));
  while (low.length > 0 && high.length > 0) {
    const [poor, rich] = [low.pop()!, high.pop()!];
    other[poor] = rich;
    height[rich] -= 1 - height[poor];
    (height[rich] < 1 ? low : high).push(rich);
  }
  for (const i of [...low, ...high]) height[i] = 1;
  return (random) => {
    const i = randomInteger(random, n);
    return random() < height[i] ? i : other[i];
  };
}
