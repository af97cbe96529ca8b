// Entropy production of the linear presence field, k_B = 1: over all pairs of places between which mass
// jumps,
//   sigma = sum (J_ab - J_ba) ln(J_ab / J_ba) >= 0,   J_ab = rate(a -> b) m_a,
// per unit of time, in units of mass. In a stationary state it is zero only where its reverse balances every
// current: a field with equal u everywhere is in equilibrium; with unequal u, mass circulates.
// Source: Schnakenberg, Rev. Mod. Phys. 48 (1976) 571, doi:10.1103/RevModPhys.48.571; rows AE-21, AE-24.
import { type Presence, requirePresence, requireState } from './presence.js';

/**
 * Entropy production of the linear presence field, per unit of time.
 *
 * @param state [nodes + 1, states], the pool last
 * @returns sigma; Infinity where a current has no reverse
 * @throws TypeError for another reading than the linear one; RangeError for a state of another size or with
 * negative numbers
 * @example
 * const air = ambient.presence(ring(4), { decay: 0.1, release: 0.05, participation: [1, 1, 1, 5] });
 * ambient.productionRate(air, air.steadyState(1)); // 0.04636
 */
export function productionRate(presence: Presence, state: ArrayLike<number>): number {
  let sigma = 0;
  forEachCurrent(presence, state, 'productionRate', (forth, back) => {
    if (forth !== back) sigma += (forth - back) * Math.log(forth / back);
  });
  return sigma;
}

/**
 * Net currents of the linear reading along all its edges, those of the graph first, then from every node to
 * the pool; summed over states, positive from the first end of an edge to the second. `hodge` decomposes them
 * on `presence.currents.graph`.
 *
 * @throws as productionRate
 * @example
 * const air = ambient.presence(ring(4), { decay: 0.1, release: 0.05 });
 * ambient.netFlow(air, air.steadyState(1)).every((current) => Math.abs(current) < 1e-12); // true: uniform participation, no currents
 */
export function netFlow(presence: Presence, state: ArrayLike<number>): Float64Array {
  requirePresence('netFlow', presence);
  const { edgeCount } = presence.currents.graph;
  const flow = new Float64Array(edgeCount);
  forEachCurrent(presence, state, 'netFlow', (forth, back, edge) => (flow[edge] += forth - back));
  return flow;
}

function forEachCurrent(
  presence: Presence,
  state: ArrayLike<number>,
  caller: string,
  visit: (forth: number, back: number, edge: number) => void,
): void {
  requireState(caller, presence, state);
  const {
    graph: { nodeCount, edgeCount, endpoints, couplings },
    decay,
    release,
    participation,
    states: d,
  } = presence;
  if (!presence.isLinear)
    throw new TypeError(`${caller}: only the linear reading has rates that do not depend on the state`);
  for (let at = 0; at < state.length; at++) {
    if (!(state[at] >= 0))
      throw new RangeError(`${caller}: mass must not be negative, got ${state[at]} at ${at}`);
  }
  let air = 0;
  for (let k = 0; k < d; k++) air += state[nodeCount * d + k];
  for (let k = 0; k < d; k++) {
    for (let e = 0; e < edgeCount; e++)
      visit(
        couplings[e] * state[endpoints[2 * e] * d + k],
        couplings[e] * state[endpoints[2 * e + 1] * d + k],
        e,
      );
    for (let i = 0; i < nodeCount; i++)
      visit(decay * state[i * d + k], release * participation[i] * air, edgeCount + i);
  }
}
