// The terms of an energy for which code can be generated, or the first for which it cannot.
import { isArithmetic, type LocalTerm, type StepTerm } from '../codegen/index.js';
import type { Term } from './term.js';

/** What is wrong with a term, by what its code is made from. */
type Fault = (code: StepTerm | undefined) => string | undefined;

const firstWith =
  (fault: Fault) =>
  (terms: readonly Term[]): string | undefined => {
    const term = terms.find(({ code }) => fault(code));
    return term && `the term "${term.name}" ${fault(term.code)}`;
  };

const ofFlow: Fault = (code) =>
  code?.kind === 'bond' && code.slopes ? 'is a flow, which has no energy,' : undefined;
const ofOther: Fault = (code) => (code ? undefined : 'is not made of expressions');

/** The first term that is not the energy of a bond or a site, and why; undefined where all are. */
export const notLocal = firstWith((code) =>
  code?.kind === 'bond' || code?.kind === 'site' ? ofFlow(code) : 'is neither a bond nor a site',
);

/** Compiled code unrolls the components: with more it takes seconds, and soon more than an engine holds. */
export const MOST_COMPONENTS = 256;

/** @throws RangeError for more components than compiled code takes */
export function requireFewComponents(caller: string, components: number): void {
  if (components <= MOST_COMPONENTS) return;
  throw new RangeError(
    `${caller}: compiled code takes at most ${MOST_COMPONENTS} components, got ${components}; engine 'tensors' takes more`,
  );
}

/** The first term for which no step can be generated, and why; undefined where all can. */
export const notCompiled = firstWith(ofOther);

/** The first term for which no single-site moves can be generated, and why; undefined where all can. */
export const notMovable = firstWith(
  (code) =>
    ofOther(code) ??
    ofFlow(code) ??
    (code?.kind === 'global' && !isArithmetic(code.tapes.outer)
      ? 'is more than arithmetic of its sums'
      : undefined),
);

/** Bonds and sites. @throws TypeError that names a term of another kind */
export const localTerms = (caller: string, terms: readonly Term[]): LocalTerm[] =>
  codesOf(caller, terms, notLocal(terms)) as LocalTerm[];

/** What single-site moves are made from. @throws TypeError that names the term without code */
export const moveTerms = (caller: string, terms: readonly Term[]): StepTerm[] =>
  codesOf(caller, terms, notMovable(terms));

/** What a Langevin step is made from. @throws TypeError that names the term without code */
export const stepTerms = (caller: string, terms: readonly Term[]): StepTerm[] =>
  codesOf(caller, terms, notCompiled(terms));

function codesOf(caller: string, terms: readonly Term[], reason: string | undefined): StepTerm[] {
  if (reason) throw new TypeError(`${caller}: ${reason} and runs on engine 'tensors' only`);
  return terms.map(({ code }) => code!);
}

/**
 * How many bonds the energies that a node's moves change can be away: nodes of one colour must be farther
 * apart.
 */
export const reachOf = (terms: readonly Term[]): 1 | 2 =>
  terms.some(({ code }) => code?.kind === 'star') ? 2 : 1;
