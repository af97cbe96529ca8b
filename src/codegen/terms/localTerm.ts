// What generated code needs of a term of the energy: its formula, whose derivative is taken here, and which
// of its parameters are arrays. There is no graph and there are no numbers: one program serves them all.
// Inputs and parameters are symbols, compared by identity. The names of buffers and fields are made of the
// number of the term and of the parameter.
import { gradient, tape, type Expression, type Tape } from '../../expressions/index.js';
import type { Buffer, Code, Value } from '../language/code.js';
import { lower } from '../language/lower.js';

export interface LocalParameter {
  readonly symbol: Expression;
  /**
   * An array with one value per node (of a site term) or per half-edge (of a bond term), instead of one
   * number.
   */
  readonly varies: boolean;
}

interface Local {
  readonly name: string;
  readonly formula: Expression;
  /** The symbol of the node itself. */
  readonly own: Expression;
  readonly parameters: readonly LocalParameter[];
}
export type LocalSite = Local & { readonly kind: 'site' };
export interface LocalBond extends Local {
  readonly kind: 'bond';
  readonly other: Expression;
  /** Whether the formula stays the same when the ends change places. */
  readonly isSymmetric: boolean;
  /**
   * Of a flow, which has no energy: what takes the place of its derivatives by the first end and by the
   * second.
   */
  readonly slopes?: readonly [first: Expression, second: Expression];
}
export type LocalTerm = LocalSite | LocalBond;

/** The buffer or field of parameter k of a term. */
export const parameterName = (term: number, k: number): string => `term${term}_p${k}`;

/** Of bonds that are not symmetric, the buffer with 1 per half-edge that starts at the first end, else 0. */
export const directionName = (term: number): string => `term${term}_forward`;

/** The values of a term's inputs at one place. */
export interface SiteInputs {
  readonly own: readonly Value[];
  readonly other?: readonly Value[];
  /** The value of a buffer or field. */
  parameter(name: string, varies: boolean): Value;
}

/**
 * The value of the parameter that the symbol stands for, of term number `at`.
 * @throws ReferenceError if there is none
 */
export function parameterOf(
  at: number,
  { name, parameters }: Pick<Local, 'name' | 'parameters'>,
  symbol: Expression,
  parameter: SiteInputs['parameter'],
): Value {
  const k = parameters.findIndex((each) => each.symbol === symbol);
  if (k < 0) throw new ReferenceError(`codegen: unknown symbol "${symbol.name}" in the term "${name}"`);
  return parameter(parameterName(at, k), parameters[k].varies);
}

/** Parameters that vary come from a table by `load`, the others are arguments of the call. */
export const parametersBy =
  (code: Code, load: (table: Buffer) => Value): SiteInputs['parameter'] =>
  (name, varies) =>
    varies ? load({ name, holds: 'float', isTable: true }) : code.argument(name, 'float');

/** The parameters at one place of their tables, the same in all lanes. */
export const parametersAt = (code: Code, at: Value): SiteInputs['parameter'] =>
  parametersBy(code, (table) => code.loadSplat(table, at));

type Side = 'first' | 'second';
type Tapes = Readonly<Record<'energy' | Side, Tape>>;

const tapes = new WeakMap<LocalTerm, Tapes>();

function tapesOf(term: LocalTerm): Tapes {
  let known = tapes.get(term);
  if (!known) {
    const [second, slopes] = term.kind === 'bond' ? [term.other, term.slopes] : [term.own, undefined];
    const [first, last] = slopes
      ? slopes.map((slope) => tape([slope]))
      : [term.own, second].map((symbol) => tape(gradient(term.formula, [symbol])));
    tapes.set(term, (known = { energy: tape([term.formula]), first, second: last }));
  }
  return known;
}

/** The derivative of term number `at` by the node itself, component by component. */
export const slopeOf = (code: Code, term: LocalTerm, at: number, place: SiteInputs): Value[] =>
  fromEitherEnd(code, term, at, place, (side) => tapesOf(term)[side]);

/** The energy of term number `at`: of the node, or of one bond. */
export const energyOf = (code: Code, term: LocalTerm, at: number, place: SiteInputs): Value =>
  fromEitherEnd(code, term, at, place, () => tapesOf(term).energy)[0];

/**
 * The share of a half-edge in the energy of its bond: half if the bond is symmetric, else all of it at the
 * first end.
 */
export function shareOf(code: Code, term: LocalBond, at: number, place: SiteInputs): Value {
  const [value] = seenFrom('first', code, term, at, place, tapesOf(term).energy);
  return term.isSymmetric ? value.mul(0.5) : value.where(isForward(code, at, place), 0);
}

function fromEitherEnd(
  code: Code,
  term: LocalTerm,
  at: number,
  place: SiteInputs,
  program: (side: Side) => Tape,
): Value[] {
  const from = (side: Side): Value[] => seenFrom(side, code, term, at, place, program(side));
  if (term.kind === 'site' || term.isSymmetric) return from('first');
  const forward = isForward(code, at, place);
  const backward = from('second');
  return from('first').map((value, k) => value.where(forward, backward[k]));
}

/** The first output of the program, with the place as that end of the bond. */
function seenFrom(
  side: Side,
  code: Code,
  term: LocalTerm,
  at: number,
  place: SiteInputs,
  program: Tape,
): Value[] {
  const [first, second] = side === 'first' ? [place.own, place.other] : [place.other, place.own];
  return lower(code, program, place.own.length, (symbol, k) => {
    if (symbol === term.own) return first![k];
    if (term.kind === 'bond' && symbol === term.other) return second![k];
    return parameterOf(at, term, symbol, place.parameter);
  })[0];
}

const isForward = (code: Code, at: number, place: SiteInputs): Value =>
  code.float(0).lt(place.parameter(directionName(at), true));
