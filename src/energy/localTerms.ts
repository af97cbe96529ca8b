// The terms of an energy that code can be generated from, or which of them is not one.
import type { LocalTerm } from '../codegen/index.js';
import type { Term } from './term.js';

/** The first term that generated code cannot hold, and why; none where all can. */
export function notLocal(terms: readonly Term[]): string | undefined {
  const term = terms.find(({ local }) => local === undefined);
  return term && `the term "${term.name}" is neither a bond nor a site`;
}

/** @throws TypeError naming the term, and the engine that has it */
export function localTerms(caller: string, terms: readonly Term[], otherEngine = 'tensors'): LocalTerm[] {
  const reason = notLocal(terms);
  if (reason) throw new TypeError(`${caller}: ${reason} and runs on engine '${otherEngine}' only`);
  return terms.map(({ local }) => local!);
}
