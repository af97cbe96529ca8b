// Observables of one state x_ik, node i, component k:
//   disagreement     W^2 = (1/N) sum_i |x_i - m|^2,  m = (1/N) sum_i x_i     invariant to a shift of all
// nodes
//   magnetisation    m for one component
//   order parameter  |m|                                                    invariant to rotation and
// reflection
//   majority share   max over values of (nodes with it) / N                 invariant to a renaming of labels
//   angle order      r = |(1/N) sum_i e^(i theta_i)|, angles in radians     invariant to rotation and to 2 pi
// Sources: EMTD section 3.3 (agreement), Kuramoto, Chemical Oscillations, Waves, and Turbulence (1984) for r.
import { got, requireInteger } from '../../numerics/check.js';
import { each, finite } from '../../numerics/rules.js';
import type { LocalEnergy, Observable } from '../chains/samples.js';

/** @throws RangeError for a state that does not have the same number of values, one or more, on each node */
function requireState(caller: string, state: Float64Array, components: number): void {
  requireInteger(caller, 'components', components, 1);
  if (state.length > 0 && state.length % components === 0) return;
  throw new RangeError(
    `${caller}: the state must have ${components} values per node, of 1 node or more, got ${state.length} values`,
  );
}

/** Mean over the nodes, [components]. */
export const meanField = (state: Float64Array, components: number): Float64Array =>
  Float64Array.from({ length: components }, (_, k) => meanOf(state, k, components));

/** Mean of component k over the nodes. */
function meanOf(state: Float64Array, k: number, components: number): number {
  let sum = 0;
  for (let at = k; at < state.length; at += components) sum += state[at];
  return (sum * components) / state.length;
}

/**
 * Disagreement W^2, the variance over nodes summed over components, in units of the field squared.
 * @example
 * measure.disagreement(Float64Array.of(0, 2), 1); // 1
 */
export const disagreement: Observable = (state, components) => {
  requireState('disagreement', state, components);
  const centre = meanField(state, components);
  let sum = 0;
  for (let k = 0; k < components; k++) {
    for (let at = k; at < state.length; at += components) sum += (state[at] - centre[k]) ** 2;
  }
  return (sum * components) / state.length;
};

/**
 * The magnetisation m, the mean of all values, signed.
 *
 * @example magnetisation(Float64Array.of(1, 1, 1, -1), 1); // 0.5
 */
export const magnetisation: Observable = (state) => {
  requireState('magnetisation', state, 1);
  return meanOf(state, 0, 1);
};

/**
 * The order parameter |m|, the length of the mean vector over nodes.
 *
 * @example measure.orderParameter(Float64Array.of(3, 4, 3, 4), 2); // 5
 */
export const orderParameter: Observable = (state, components) => {
  requireState('orderParameter', state, components);
  return Math.hypot(...meanField(state, components));
};

/**
 * Majority share: the largest fraction of nodes that hold one value. For spins it is (1 + |m|) / 2.
 * @example
 * measure.majorityFraction(Float64Array.of(2, 0, 2, 1), 1); // 0.5
 */
export const majorityFraction: Observable = (state, components) => {
  requireState('majorityFraction', state, components);
  const counts = new Map<string, number>();
  for (let at = 0; at < state.length; at += components) {
    const value = state.subarray(at, at + components).join();
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return (Math.max(...counts.values()) * components) / state.length;
};

/**
 * Order parameter r of angles, in [0, 1]: 1 when all agree; averaged over components.
 *
 * @example measure.angleOrder(Float64Array.of(0.3, 0.3, 0.3 + Math.PI), 1); // 1/3
 */
export const angleOrder: Observable = (state, components) => {
  requireState('angleOrder', state, components);
  const [cosines, sines] = [state.map(Math.cos), state.map(Math.sin)];
  let sum = 0;
  for (let k = 0; k < components; k++)
    sum += Math.hypot(meanOf(cosines, k, components), meanOf(sines, k, components));
  return sum / components;
};

/**
 * The energy H(x) as an observable, in float64. Of one state it is `energy.energy64(state)`.
 *
 * @throws RangeError for a state of another size than the energy's, and in `observe` for samples of another
 * graph
 * @example
 * const energy = hamiltonian(ring(4), [interaction()]);
 * energyOf(energy)(Float64Array.of(1, 0, 0, 0), 1); // 2
 */
export function energyOf(energy: Pick<LocalEnergy, 'energy64' | 'graph'>): Observable {
  if (typeof energy?.energy64 !== 'function')
    throw new TypeError(`energyOf: energy must be an energy, got ${got(energy)}`);
  const { graph } = energy;
  const nodes = graph?.nodeCount;
  return Object.assign((state: Float64Array, components: number) => {
    if (nodes !== undefined && components !== undefined && state.length !== nodes * components) {
      throw new RangeError(
        `energyOf: the energy is of ${nodes} nodes, got a state of ${state.length / components}`,
      );
    }
    return energy.energy64(state);
  }, graph && { graph });
}

/**
 * The observable of one component on its own, for fields of several.
 *
 * @throws RangeError for a component that is not a whole number; when called, for one that the field does
 * not have
 * @example measure.ofComponent(1, magnetisation)(Float64Array.of(0, 1, 0, 3), 2); // 2
 */
export function ofComponent(component: number, observable: Observable): Observable {
  requireInteger('ofComponent', 'component', component, 0);
  return (state, components) => {
    requireInteger('ofComponent', 'component', component, 0, components - 1);
    const one = new Float64Array(state.length / components);
    for (let i = 0; i < one.length; i++) one[i] = state[i * components + component];
    return observable(one, 1);
  };
}

/**
 * The overlap with a pattern, m = (1/N) sum_i xi_i s_i: 1 where they are the same, -1 where they are
 * opposite, of order 1 / sqrt N where they have nothing in common. Source: Amit, Gutfreund, Sompolinsky,
 * Phys. Rev. Lett. 55 (1985) 1530, DOI 10.1103/PhysRevLett.55.1530.
 *
 * @param pattern one number per node, or per component of a node: `patterns.chain(0)`, say
 * @throws RangeError, when called, unless the state is as long as the pattern
 * @example measure.overlap([1, -1, 1, 1])(Float64Array.of(1, 1, 1, 1), 1); // 0.5
 */
export function overlap(pattern: ArrayLike<number>): Observable {
  each(finite)('overlap', 'pattern', pattern as never);
  return (state) => overlapOf(pattern, state);
}

function overlapOf(pattern: ArrayLike<number>, state: Float64Array): number {
  if (state.length !== pattern.length) {
    throw new RangeError(
      `overlap: the state must have the ${pattern.length} numbers of the pattern, got ${state.length}`,
    );
  }
  let sum = 0;
  for (let i = 0; i < state.length; i++) sum += pattern[i] * state[i];
  return sum / state.length;
}
