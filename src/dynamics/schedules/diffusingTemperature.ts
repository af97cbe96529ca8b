// Temperatures that diffuse over the graph, dT/dt = - rate L T with L the Laplacian of its couplings and t in
// steps: over each edge heat flows at rate J_ij (T_i - T_j) per step, and none is lost. A mode of the
// Laplacian decays as exp(-rate mu_k t); every component of the graph tends to its mean. One step is exact at
// any rate, for graphs of any size: with D >= L_ii the entries of P = 1 - L / D
// are not negative and its rows and columns sum to 1, and with w_n = e^(-r D) (r D)^n / n! and W_n = w_(n+1)
// + w_(n+2) + ...
//   exp(-r L) = sum of w_n P^n = 1 - (L / D) sum of W_n P^n,
// the last as heat over edges, taken from one end and given to the other. Sources: Chung, Spectral Graph
// Theory (1997), chapter 10; Jensen, Skand. Aktuarietidskr. 36 (1953) 87 (uniformisation).
import { rangeText, showAs } from '../../display/index.js';
import { type Graph, requireUnsigned } from '../../graphs/index.js';
import { requireInteger } from '../../numerics/check.js';
import { needed, type Options, type OptionsOf, readOptions, typed } from '../../numerics/options.js';
import { each, nonNegative } from '../../numerics/rules.js';
import { nodeScheduleCard } from './nodeTemperature.js';
import type { Schedule } from './schedule.js';

const diffusingOptions = {
  /** [nodes], in units of energy. */
  initial: needed(typed<ArrayLike<number>>(each(nonNegative))),
  /** Per step and unit of coupling; where a step is a time dt, the conductivity times dt. */
  rate: needed(nonNegative),
};

/** Options of `diffusingTemperature`. */
export interface DiffusingOptions extends Options, OptionsOf<typeof diffusingOptions> {}

/**
 * A schedule of temperatures by node: `initial` at step 0, then as heat spreads. The sum over nodes stays. In
 * ascending order each step costs O(edges); an earlier step makes it begin again.
 *
 * @throws RangeError unless there is one initial temperature per node, for negative temperatures and rates
 * @example
 * const T = dynamics.diffusingTemperature(ring(4), { initial: [4, 0, 0, 0], rate: 0.1 });
 * T.at(1000); // [1, 1, 1, 1]
 */
export function diffusingTemperature(graph: Graph, options: DiffusingOptions): Schedule<Float64Array> {
  requireUnsigned('diffusingTemperature', graph);
  const { initial, rate } = readOptions('diffusingTemperature', options, diffusingOptions);
  const start = Float64Array.from(initial);
  if (start.length !== graph.nodeCount) {
    throw new RangeError(
      `diffusingTemperature: initial needs one temperature per node (${graph.nodeCount}), got ${start.length}`,
    );
  }
  const spread = heatStep(graph, rate);
  let [now, temperatures]: [number, Float64Array] = [0, start];
  return showAs<Schedule<Float64Array>>(
    {
      name: `T by node, ${rangeText(start)}, diffusing at rate ${rate} over ${graph.name}`,
      at(step) {
        requireInteger('diffusingTemperature', 'step', step, 0);
        if (step < now) [now, temperatures] = [0, start];
        for (; now < step; now++) temperatures = spread(temperatures);
        return temperatures;
      },
    },
    nodeScheduleCard,
  );
}

/** T -> exp(-rate L) T. */
function heatStep(graph: Graph, rate: number): (temperatures: Float64Array) => Float64Array {
  const { endpoints, edgeCount, nodeCount } = graph;
  const strengths = new Float64Array(nodeCount);
  endpoints.forEach((node, h) => (strengths[node] += graph.coupling(h >> 1)));
  const D = strengths.reduce((most, strength) => Math.max(most, strength), 0);
  const parts = Math.ceil(rate * D);
  const tails = poissonTails(parts === 0 ? 0 : (rate * D) / parts);

  /** x -> x - (L / D) y, edge by edge. */
  const exchange = (x: Float64Array, y: Float64Array): Float64Array => {
    const out = x.slice();
    for (let e = 0; e < edgeCount; e++) {
      const [a, b] = [endpoints[2 * e], endpoints[2 * e + 1]];
      const heat = (graph.coupling(e) / D) * (y[a] - y[b]);
      out[a] -= heat;
      out[b] += heat;
    }
    return out;
  };
  return (temperatures) => {
    let T = temperatures;
    for (let part = 0; part < parts; part++) {
      const sum = new Float64Array(nodeCount);
      let power = T;
      for (const tail of tails) {
        for (let i = 0; i < nodeCount; i++) sum[i] += tail * power[i];
        power = exchange(power, power);
      }
      T = exchange(T, sum);
    }
    return T;
  };
}

/** W_n = P(more than n events) of a Poisson law, n = 0, 1, ..., down to those that no longer count. */
function poissonTails(mean: number): number[] {
  const weights = [Math.exp(-mean)];
  while (weights.at(-1)! > 1e-18) weights.push((weights.at(-1)! * mean) / weights.length);
  let tail = 0;
  return weights
    .toReversed()
    .map((weight) => (tail += weight))
    .toReversed()
    .slice(1);
}
