// An energy that no rule can judge, at which a sampler stops by name: a change that is not a number, or the
// energy of a state that is not a number or has no lower bound. A change to +Infinity is not an error: it
// forbids a state, and the move to it is refused. Node, chain and term are found in float64.
import type { Hamiltonian } from '../energies/index.js';
import { chainsOf } from './chains.js';

/** Where it was, as far as it is known. */
export interface EnergyPlace {
  readonly step: number;
  readonly node?: number | undefined;
  readonly chain?: number | undefined;
  readonly term?: string | undefined;
}

/** Thrown inside `RunFailed`, whose `partial` has what was sampled before. */
export class EnergyNotANumber extends Error {
  override readonly name = 'EnergyNotANumber';
  readonly step: number;
  readonly node: number | undefined;
  readonly chain: number | undefined;
  readonly term: string | undefined;

  /** @param what broke the rule, such as 'the energy after a move is not a number' */
  constructor(caller: string, what: string, place: EnergyPlace) {
    const { step, node, chain, term } = place;
    super(
      `${caller}: ${what} (${term === undefined ? '' : `term "${term}", `}${chain === undefined ? '' : `chain ${chain}, `}step ${step})`,
    );
    [this.step, this.node, this.chain, this.term] = [step, node, chain, term];
  }
}

/** The error of a move: the change of the energy at a node is not a number. */
export const changeNotANumber = (caller: string, place: EnergyPlace): EnergyNotANumber =>
  new EnergyNotANumber(
    caller,
    `the energy change at ${place.node === undefined ? 'a node' : `node ${place.node}`} is not a number`,
    place,
  );

/**
 * The term whose change the rule does not allow when the node takes this value: by default one that is not a
 * number. Undefined where each term is a number and only their sum is not.
 */
export function termAt(
  { graph, terms }: Hamiltonian,
  state: Float64Array,
  node: number,
  value: ArrayLike<number>,
  isAllowed = (change: number) => !Number.isNaN(change),
): string | undefined {
  return terms.find((term) => {
    const bound = term.on(graph);
    const change = bound.track(state, value.length).change(node, value);
    bound.dispose();
    return !isAllowed(change);
  })?.name;
}

/**
 * The term whose energy the rule does not allow; undefined where only their sum breaks it, or where a term
 * has no energy in float64.
 */
export function termOf(
  { graph, terms }: Hamiltonian,
  state: Float64Array,
  isAllowed: (energy: number) => boolean,
): string | undefined {
  const components = state.length / graph.nodeCount;
  return terms
    .filter(({ code }) => code)
    .find((term) => !isAllowed(term.on(graph).energy64(state, components)))?.name;
}

/**
 * The error of a compiled sweep.
 *
 * @param fields the field before the sweep, and as the sweep left it: [nodes, 1, chains]
 * @param values what a node can take
 */
export function sweptEnergyNotANumber(
  caller: string,
  energy: Hamiltonian,
  step: number,
  fields: readonly Float32Array[],
  chains: number,
  values: readonly number[],
): EnergyNotANumber {
  for (const field of fields) {
    for (const [chain, state] of chainsOf(field, chains).entries()) {
      const moves = energy.track(state);
      for (let node = 0; node < state.length; node++) {
        const value = values.find((other) => Number.isNaN(moves.change(node, [other])));
        if (value !== undefined)
          return changeNotANumber(caller, { step, node, chain, term: termAt(energy, state, node, [value]) });
      }
    }
  }
  return changeNotANumber(caller, { step });
}
