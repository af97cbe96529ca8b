// Gossip of two ledgers on a small graph, exactly. A ledger b comes to node i at the rate
//   w_b(i) = sum over peers j that hold b of 1 / k_j + eps / 2,   k_j the degree of j, eps the rate of clients,
// and is taken with probability min(1, exp(-dE/T)), or, with Hastings' ratio, min(1, exp(-dE/T) w_a / w_b), a what
// i holds. E = -J sum of s_i s_j. States are 2^N; messages take no time. With eps = 0 both ends are absorbing; by
// Hastings' ratio a node whose peers all hold b has w_a = 0 and can never join them, so that agreement is out of
// reach; with eps > 0 Boltzmann's law is stationary under it. Source: Hastings, Biometrika 57 (1970) 97, DOI
// 10.1093/biomet/57.1.97.
import { Matrix, solve } from 'ml-matrix';
import { card, showAs } from '../../display/index.js';
import type { Graph } from '../../graphs/index.js';
import { byDefault, needed, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { nonNegative, oneOf, positive } from '../../numerics/rules.js';
import { stationaryLaw } from '../markov/stationaryLaw.js';
import { totalVariationDistance } from '../markov/totalVariation.js';
import { isingDistribution } from './ising.js';

const gossipOptions = {
  /** T, in units of energy. */
  temperature: needed(positive),
  /** eps: transactions of clients per second and node, each ledger with probability 1/2. */
  injection: needed(nonNegative),
  /** `asDrawn` by default; `hastings` has the ratio of proposals. */
  rule: byDefault('asDrawn', oneOf('asDrawn', 'hastings')),
};

/** Parameters of `gossipIsing`. */
export interface GossipParameters extends Options, OptionsOf<typeof gossipOptions> {}

/** The exact law and time of gossip. */
export interface GossipIsing {
  /** The stationary law of the states, in the order of `isingDistribution`; undefined without clients. */
  readonly law: Float64Array | undefined;
  /** Its total variation distance from Boltzmann's law; undefined without clients. */
  readonly distance: number | undefined;
  /** Mean seconds from a uniform random state to the first agreement; Infinity where it is out of reach. */
  readonly agreementTime: number;
}

/**
 * The stationary law of gossip with Metropolis' rule on a small graph, its distance from Boltzmann's law, and the
 * mean time to agreement.
 *
 * @throws RangeError for more than 8 nodes, and parameters that cannot be
 * @example
 * const kite = fromEdges(4, [[0, 1], [1, 2], [2, 0], [2, 3]]);
 * exact.gossipIsing(kite, { temperature: 4, injection: 2 }).distance; // 0.1388
 */
export function gossipIsing(graph: Graph, parameters: GossipParameters): GossipIsing {
  const { temperature: T, injection, rule } = readOptions('gossipIsing', parameters, gossipOptions);
  const { nodeCount: N, offsets, neighbours } = graph;
  if (N > 8) throw new RangeError(`gossipIsing: the graph must have at most 8 nodes, got ${N}`);
  const states = 2 ** N;
  const rates = Matrix.zeros(states, states);
  for (let state = 0; state < states; state++) {
    for (let node = 0; node < N; node++) {
      const own = (state >> node) & 1;
      const [w, sum] = [[injection / 2, injection / 2], { field: 0 }];
      for (let h = offsets[node]; h < offsets[node + 1]; h++) {
        const held = (state >> neighbours[h]) & 1;
        w[held]! += 1 / graph.degree(neighbours[h]);
        sum.field += held === own ? 1 : -1;
      }
      const ratio = rule === 'hastings' ? w[own]! / w[1 - own]! : 1;
      const taken = w[1 - own] === 0 ? 0 : Math.min(1, Math.exp((-2 * sum.field) / T) * ratio);
      rates.set(state, state ^ (1 << node), w[1 - own]! * taken);
    }
  }
  const time = agreementTime(rates);
  if (injection === 0) return shown({ law: undefined, distance: undefined, agreementTime: time });
  const law = stationaryLaw(uniformised(rates));
  const boltzmann = isingDistribution(graph, { temperature: T });
  return shown({ law, distance: totalVariationDistance(law, boltzmann), agreementTime: time });
}

const shown = (gossip: GossipIsing): GossipIsing =>
  showAs(gossip, ({ distance, agreementTime: time }) =>
    card('gossip of two ledgers', { 'distance from Boltzmann': distance, 'mean time to agreement': time }),
  );

/** P = 1 + Q / (2 max rate), which has the stationary law of the rates. */
function uniformised(rates: Matrix): Matrix {
  const leaving = rates.to2DArray().map((row) => row.reduce((sum, rate) => sum + rate, 0));
  const scale = 2 * Math.max(...leaving);
  const P = rates.clone().div(scale);
  leaving.forEach((rate, state) => P.set(state, state, 1 - rate / scale));
  return P;
}

/** Solves -Q t = 1 on the states without agreement; the mean over all states, 0 in agreement. */
function agreementTime(rates: Matrix): number {
  const states = rates.rows;
  const open = Array.from({ length: states - 2 }, (_, k) => k + 1);
  const leads = new Set([0, states - 1]);
  for (let size = -1; size !== leads.size; ) {
    size = leads.size;
    for (const s of open) if ([...leads].some((t) => rates.get(s, t) > 0)) leads.add(s);
  }
  if (leads.size < states) return Infinity;
  const A = Matrix.zeros(open.length, open.length);
  open.forEach((s, row) => {
    A.set(
      row,
      row,
      rates.getRow(s).reduce((sum, rate) => sum + rate, 0),
    );
    open.forEach((t, column) => t !== s && A.set(row, column, -rates.get(s, t)));
  });
  const times = solve(A, Matrix.ones(open.length, 1)).to1DArray();
  return times.reduce((sum, t) => sum + t, 0) / states;
}
