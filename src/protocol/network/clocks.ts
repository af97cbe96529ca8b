// When nodes act of themselves. Poisson clocks: every node's rings at a rate of its own, independent of all; together they are one
// Poisson process of the summed rate whose rings fall to node i in proportion to its rate, so that none has to be kept in order.
// Rounds: every node once in each unit of time, in ascending order, as synchronous protocols count.
// Sources: Boyd, Ghosh, Prabhakar, Shah, IEEE Trans. Inf. Theory 52 (2006) 2508, doi:10.1109/TIT.2006.874516, section I-A;
// Walker, ACM TOMS 3 (1977) 253, doi:10.1145/355744.355749, for draws in proportion to weights from a table (alias method).
import { requireNonNegative, requirePositive } from '../../numerics/check.js';
import { exponential, randomInteger, type RandomSource } from '../../random/index.js';

/** `next` moves on to the following ring, whose moment and node are then in `time` and `node`. */
export interface Clock {
  time: number;
  node: number;
  next(random: RandomSource): void;
}

/** Rings a second of every node, one number or one a node; or 'rounds', once a second, all together. 0: never. */
export type ClockRates = number | ArrayLike<number> | 'rounds';

/** @throws RangeError for rates that are negative or do not fit the nodes */
export function clockOf(rates: ClockRates, nodeCount: number): Clock {
  if (rates === 'rounds') return rounds(nodeCount);
  if (typeof rates === 'number') {
    requireNonNegative('network', 'clock', rates);
    return poissonClock(rates * nodeCount, (random) => randomInteger(random, nodeCount));
  }
  if (rates.length !== nodeCount) throw new RangeError(`network: clock must be one rate or ${nodeCount}, got ${rates.length}`);
  const total = Array.from(rates).reduce((sum, rate, node) => (requireNonNegative('network', `clock of node ${node}`, rate), sum + rate), 0);
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
 * Draws of i in proportion to weights, O(1) each: n columns of equal height, each shared by at most two.
 * @throws RangeError for weights that are negative, or whose sum is not positive and finite
 */
export function aliasTable(weights: ArrayLike<number>, total = Array.from(weights).reduce((sum, weight) => sum + weight, 0)): (random: RandomSource) => number {
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
