// The chains of a field [nodes, components, chains], each as one state [nodes, components] in float64.
import type { Hamiltonian } from '../energies/index.js';

export const chainOf = (values: ArrayLike<number>, chain: number, chains: number): Float64Array =>
  Float64Array.from({ length: values.length / chains }, (_, at) => values[at * chains + chain]);

export const chainsOf = (values: ArrayLike<number>, chains: number): Float64Array[] =>
  Array.from({ length: chains }, (_, chain) => chainOf(values, chain, chains));

export function joined(chains: readonly Float64Array[]): Float64Array {
  const values = new Float64Array(chains.length * chains[0].length);
  chains.forEach((chain, c) => chain.forEach((x, at) => (values[at * chains.length + c] = x)));
  return values;
}

/** H of every chain of a field in float64: [chains]. */
export function chainEnergies(energy: Hamiltonian, values: Float32Array, chains: number): Float64Array {
  const state = new Float64Array(values.length / chains);
  return Float64Array.from({ length: chains }, (_, chain) => {
    for (let at = 0; at < state.length; at++) state[at] = values[at * chains + chain];
    return energy.energy64(state);
  });
}
