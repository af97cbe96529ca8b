// Slope and curvature of the energy along every coordinate that may move. Under the law exp(-H/T), for every
// direction u in which the field is free,
//   <(u . grad H)^2> = T <u . Hess H u>:
// equipartition for any energy, with the invariances of H (zero modes, 2 pi, a shift of logits). A free field
// has u = e_ik; a centred one the same without its mean over the nodes; pinned nodes have none. Sources:
// `configurationalTemperature`.
import { meanField } from './observables.js';
import type { Replica } from '../chains/replicas.js';
import { type ChainSamples, freeNodes, type LocalEnergy, stateOf } from '../chains/samples.js';

/** Width of central differences: exact for quadratic energies, else of relative error about 1e-6. */
const WIDTH = 1e-3;

/** Averages over one replica, each [nodes, components]; zero at pinned nodes. */
export interface Responses {
  /** (u . grad H)^2, in units of energy squared over field squared. */
  readonly squaredSlope: Float64Array;
  /** u . Hess H u, in units of energy over field squared. */
  readonly curvature: Float64Array;
}

/** The responses averaged over every replica. */
export function responsesOf(
  samples: ChainSamples,
  energy: LocalEnergy,
  replicas: readonly Replica[],
): Responses[] {
  const size = samples.nodes * samples.components;
  return replicas.map(({ chain, from, to }) => {
    const sum = { squaredSlope: new Float64Array(size), curvature: new Float64Array(size) };
    for (let record = from; record < to; record++) {
      addResponses(sum, energy, stateOf(samples, record, chain), samples, 1 / (to - from));
    }
    return sum;
  });
}

function addResponses(
  sum: Responses,
  energy: LocalEnergy,
  state: Float64Array,
  samples: ChainSamples,
  weight: number,
): void {
  const { components } = samples;
  const slope = energy.gradient64(state);
  const curvature = curvatures(energy, state, components);
  if (samples.gauge === 'centred') centre(energy, state, components, slope, curvature);
  for (const node of freeNodes(samples)) {
    for (let at = node * components; at < (node + 1) * components; at++) {
      sum.squaredSlope[at] += weight * slope[at] ** 2;
      sum.curvature[at] += weight * curvature[at];
    }
  }
}

/** d^2 H / dx_ik^2 by second differences of local changes. */
function curvatures(energy: LocalEnergy, state: Float64Array, components: number): Float64Array {
  const moves = energy.track(state);
  const out = new Float64Array(state.length);
  const value = new Float64Array(components);
  for (let at = 0; at < state.length; at++) {
    const k = at % components;
    const node = (at - k) / components;
    const width = WIDTH * Math.max(1, Math.abs(state[at]));
    for (let other = 0; other < components; other++) value[other] = state[node * components + other];
    value[k] = state[at] + width;
    const up = moves.change(node, value);
    value[k] = state[at] - width;
    const down = moves.change(node, value);
    out[at] = (up + down) / width ** 2;
  }
  return out;
}

/**
 * Slopes and curvatures along u = e_ik - (1/N) sum_j e_jk. With r = Hess H applied to a shift of component k,
 * u . Hess u = H_ii - (2 r_i - mean r) / N; r vanishes where a shift costs nothing.
 */
function centre(
  energy: LocalEnergy,
  state: Float64Array,
  components: number,
  slope: Float64Array,
  curvature: Float64Array,
): void {
  const nodes = state.length / components;
  const meanSlope = meanField(slope, components);
  for (let k = 0; k < components; k++) {
    const shifted = (step: number): Float64Array =>
      energy.gradient64(state.map((x, at) => (at % components === k ? x + step : x)));
    const [up, down] = [shifted(WIDTH), shifted(-WIDTH)];
    const row = up.map((slopeUp, at) => (slopeUp - down[at]) / (2 * WIDTH));
    const meanRow = meanField(row, components)[k];
    for (let at = k; at < state.length; at += components) {
      slope[at] -= meanSlope[k];
      curvature[at] -= (2 * row[at] - meanRow) / nodes;
    }
  }
}
