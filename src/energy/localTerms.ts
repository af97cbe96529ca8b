// The terms of an energy that code can be generated from, or which of them is not one.
import { isArithmetic, type LocalTerm, type StepTerm } from '../codegen/index.js';
import type { Term } from './term.js';

/** The first term that is not the energy of a bond or a site, and that; none where all are. */
export function notLocal(terms: readonly Term[]): string | undefined {
  for (const { code, name } of terms) {
    if (code?.kind !== 'bond' && code?.kind !== 'site') return `the term "${name}" is neither a bond nor a site`;
    if (isFlow(code)) return `the term "${name}" is a flow, which has no energy,`;
  }
  return undefined;
}

const isFlow = (code: StepTerm): boolean => code.kind === 'bond' && code.slopes !== undefined;

/** The first term that no step can be generated for, and why; none where all can. */
export function notCompiled(terms: readonly Term[]): string | undefined {
  const term = terms.find(({ code }) => code === undefined);
  return term && `the term "${term.name}" is not made of expressions`;
}

/** Bonds and sites. @throws TypeError naming the term that is another, and the engine that has it */
export function localTerms(caller: string, terms: readonly Term[], otherEngine: string): LocalTerm[] {
  const reason = notLocal(terms);
  if (reason) throw new TypeError(`${caller}: ${reason} and runs on engine '${otherEngine}' only`);
  return terms.map(({ code }) => code as LocalTerm);
}

/** Why single-site moves cannot be generated for the first term for which they cannot; none where all can. */
export function notMovable(terms: readonly Term[]): string | undefined {
  for (const { code, name } of terms) {
    if (code === undefined) return `the term "${name}" is not made of expressions`;
    if (isFlow(code)) return `the term "${name}" is a flow, which has no energy,`;
    if (code.kind === 'global' && !isArithmetic(code.tapes.outer)) return `the term "${name}" is more than arithmetic of its sums`;
  }
  return undefined;
}

/** What single-site moves are made from. @throws TypeError naming the term that has no code */
export function moveTerms(caller: string, terms: readonly Term[]): StepTerm[] {
  const reason = notMovable(terms);
  if (reason) throw new TypeError(`${caller}: ${reason} and runs on engine 'interpreter' only`);
  return terms.map(({ code }) => code!);
}

/** Bonds from a node to those whose energies its moves change: those of one colour must be farther apart. */
export const reachOf = (terms: readonly Term[]): 1 | 2 => (terms.some(({ code }) => code?.kind === 'star') ? 2 : 1);

/** What a Langevin step is made from. @throws TypeError naming the term that has no code */
export function stepTerms(caller: string, terms: readonly Term[]): StepTerm[] {
  const reason = notCompiled(terms);
  if (reason) throw new TypeError(`${caller}: ${reason} and runs on engine 'tensors' only`);
  return terms.map(({ code }) => code!);
}
