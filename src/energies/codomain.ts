// Which fields an energy is of. A term may declare it; else its formula shows whether it can be of spins +-1:
// a function of spins is a polynomial of them, or of s_i s_j alone, and one with a cosine or a root of a
// single end is written for other fields. Labels 0 ... q - 1 take any function.
import type { StepTerm } from '../codegen/index.js';
import {
  type Expression,
  gradient,
  isInvariant,
  operations,
  type Operation,
  type Tape,
  tape,
} from '../expressions/index.js';
import type { Codomain } from '../fields/index.js';
import type { Term } from './term.js';

const { add, sub, mul, div, neg, pow, sum, component, place, spread } = operations;
const POLYNOMIAL: readonly (Operation | string)[] = [add, sub, mul, neg, sum, component, place, spread];

const WORDS: Partial<Record<Codomain, string>> = { spin: 'spins', potts: 'labels' };

const nameOf = (codomain: Codomain): string => WORDS[codomain] ?? 'continuous fields';

/**
 * @throws TypeError for a term of other fields than those that a sampler moves, with the samplers that fit
 */
export function requireCodomain(caller: string, terms: readonly Term[], codomain: Codomain): void {
  const [term, reason] = firstOther(terms, codomain) ?? [];
  if (!term) return;
  const advice = term.codomain
    ? ''
    : '; langevin, mala and metropolis with gaussian(width) sample continuous fields, { states: q } labels; ' +
      "where it is of spins, declare { codomain: 'spin' } in the term's options";
  throw new TypeError(`${caller}: moves ${nameOf(codomain)}, got the term "${term.name}" ${reason}${advice}`);
}

/** The first term that has no energy on such a field, and why. */
export function firstOther(
  terms: readonly Term[],
  codomain: Codomain,
): readonly [Term, reason: string] | undefined {
  for (const term of terms) {
    const declared = term.codomain && nameOf(term.codomain);
    const asked = nameOf(codomain);
    const reason =
      declared !== undefined
        ? declared !== asked && `of ${declared}`
        : codomain === 'spin' && term.code && notOfSpins(term.code);
    if (reason) return [term, reason];
  }
  return undefined;
}

/**
 * To be called where a continuous field is made up.
 * @throws TypeError for bonds of products and nothing that is curved in a single value, such as - J s_i s_j:
 * on continuous fields such an energy has no lower bound
 */
export function requireCurved(caller: string, terms: readonly Term[]): void {
  const isLinear = terms.every(({ code, codomain }) => {
    if (codomain) return false; // what it says of itself comes first
    if (code?.kind === 'site') return isLinearIn(code.formula, code.own);
    return (
      code?.kind === 'bond' &&
      !code.slopes &&
      isLinearIn(code.formula, code.own) &&
      isLinearIn(code.formula, code.other)
    );
  });
  const term =
    isLinear &&
    terms.find(
      ({ code }) =>
        code?.kind === 'bond' && tape(gradient(code.formula, [code.own])).inputs.includes(code.other),
    );
  if (!term) return;
  throw new TypeError(
    `${caller}: the term "${term.name}" has no lower bound on continuous fields, it is one of spins: heatBath, metropolis with flip ` +
      'and wolff sample those; a run that starts from a field of its own, { initial }, is not refused',
  );
}

const isLinearIn = (formula: Expression, x: Expression): boolean =>
  !tape(gradient(formula, [x])).inputs.includes(x);

/** What in the energy of a term spins would not need; undefined where there is nothing. */
function notOfSpins(code: StepTerm): string | undefined {
  if ('slopes' in code) return undefined; // a flow has no energy, as samplers say
  const isWide = code.kind === 'star' || code.kind === 'global';
  const fields = 'other' in code ? [code.own, code.other] : [code.own];
  const tapes = isWide ? [code.tapes.bodies, code.tapes.outer] : [tape([code.formula])];
  const name = tapes.map((each) => otherThanPolynomial(each, fields)).find((found) => found !== undefined);
  if (name !== undefined) return `whose formula takes ${name} of the field's values`;
  if (code.kind !== 'site' || !tapes[0].inputs.includes(code.own)) return undefined;
  const isEven = isInvariant(code.formula, new Map([[code.own, [code.own, -1]]]));
  return isEven ? 'that is the same for x and -x, and so for both spins' : undefined;
}

/** How a value depends on the field: not, as a function of the product of both ends alone, or otherwise. */
const [NOT, BY_PRODUCT, OTHERWISE] = [0, 1, 2];

/** The first operation that no function of spins needs: one of single ends, that no polynomial has. */
function otherThanPolynomial(
  { inputs, instructions }: Tape,
  fields: readonly Expression[],
): string | undefined {
  const kinds: number[] = [];
  for (const { op, args, value } of instructions) {
    const of = args.map((at) => kinds[at]);
    const isProduct =
      op === mul &&
      args[0] !== args[1] &&
      args.every((at) => instructions[at].op === 'input' && kinds[at] === OTHERWISE);
    if (op === 'input') kinds.push(fields.includes(inputs[value]) ? OTHERWISE : NOT);
    else kinds.push(isProduct ? BY_PRODUCT : Math.max(NOT, ...of));
    if (typeof op === 'string' || !of.includes(OTHERWISE) || POLYNOMIAL.includes(op)) continue;
    if (op === div ? of[1] !== OTHERWISE : op === pow && Number.isInteger(value) && value > 0) continue;
    return op.name;
  }
  return undefined;
}
