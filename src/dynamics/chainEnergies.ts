// H of every chain of a field in float64.
import type { Hamiltonian } from '../energy/index.js';

/** @param values [nodes, components, chains] @returns [chains] */
export function chainEnergies(energy: Hamiltonian, values: Float32Array, chains: number): Float64Array {
  const state = new Float64Array(values.length / chains);
  return Float64Array.from({ length: chains }, (_, chain) => {
    for (let at = 0; at < state.length; at++) state[at] = values[at * chains + chain];
    return energy.energy64(state);
  });
}
