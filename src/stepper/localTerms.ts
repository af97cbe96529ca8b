// The terms of an energy that code can be generated from, or which of them is not one.
import type { LocalTerm } from '../codegen/index.js';
import type { Hamiltonian } from '../energy/index.js';

/** The first term that generated code cannot hold, and why; none where all can. */
export function notLocal(energy: Hamiltonian): string | undefined {
  const term = energy.terms.find(({ local }) => local === undefined);
  return term && `the term "${term.name}" is neither a bond nor a site`;
}

/** @throws TypeError naming the term, and the engine that has it */
export function localTerms(caller: string, energy: Hamiltonian): LocalTerm[] {
  const reason = notLocal(energy);
  if (reason) throw new TypeError(`${caller}: ${reason} and runs on engine 'tensors' only`);
  return energy.terms.map(({ local }) => local!);
}
