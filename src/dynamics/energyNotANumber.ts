// A change of energy that is not a number, at which a sampler stops: no rule can judge such a move. An energy of +Infinity is none
// of these: it forbids a state, and the move to it is refused. The node and the term are found in float64.
import type { Hamiltonian } from '../energy/index.js';
import { chainsOf } from './chains.js';

/** Thrown inside `RunFailed`, whose `partial` has what was sampled before. */
export class EnergyNotANumber extends Error {
  override readonly name = 'EnergyNotANumber';
  constructor(caller: string, readonly step: number, readonly node?: number, readonly term?: string) {
    const where = node === undefined ? 'a node' : `node ${node}`;
    super(`${caller}: the energy change at ${where} is not a number (${term === undefined ? '' : `term "${term}", `}step ${step})`);
  }
}

/** The term whose change is not a number when the node takes this value; undefined where only their sum is none. */
export function termAt({ graph, terms }: Hamiltonian, state: Float64Array, node: number, value: ArrayLike<number>): string | undefined {
  return terms.find((term) => {
    const bound = term.on(graph);
    const change = bound.track(state, value.length).change(node, value);
    bound.dispose();
    return Number.isNaN(change);
  })?.name;
}

/**
 * The error of a compiled sweep.
 *
 * @param fields the field before the sweep, and as the sweep left it: [nodes, 1, chains]
 * @param values what a node can take
 */
export function sweptEnergyNotANumber(
  caller: string, energy: Hamiltonian, step: number, fields: readonly Float32Array[], chains: number, values: readonly number[],
): EnergyNotANumber {
  for (const state of fields.flatMap((field) => chainsOf(field, chains))) {
    const moves = energy.track(state);
    for (let node = 0; node < state.length; node++) {
      const value = values.find((other) => Number.isNaN(moves.change(node, [other])));
      if (value !== undefined) return new EnergyNotANumber(caller, step, node, termAt(energy, state, node, [value]));
    }
  }
  return new EnergyNotANumber(caller, step);
}
