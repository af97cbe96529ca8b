// What generated code needs to know of a term of the energy: its formula, whose derivative is taken here, and which of
// its parameters are arrays. No graph and no numbers: one program serves them all.
import { gradient, tape, type Expression, type Tape } from '../expression/index.js';
import type { Code, Value } from './code.js';
import { lower } from './lower.js';

export interface LocalParameter {
  readonly symbol: string;
  /** An array with one value a node (of a site term) or a half-edge (of a bond term), instead of one number. */
  readonly varies: boolean;
}

interface Local {
  readonly name: string;
  readonly formula: Expression;
  /** The symbol of the node itself. */
  readonly own: Expression;
  readonly parameters: readonly LocalParameter[];
}
export interface LocalSite extends Local {
  readonly kind: 'site';
}
export interface LocalBond extends Local {
  readonly kind: 'bond';
  readonly other: Expression;
  /** Whether the bond looks the same from both ends: then its values from either end are those from its first. */
  readonly isSymmetric: boolean;
  /** Of a flow, which has no energy: what stands for its derivatives by the first end and by the second. */
  readonly slopes?: readonly [first: Expression, second: Expression];
}
export type LocalTerm = LocalSite | LocalBond;

/** The name of a parameter's buffer or field, unique among the terms. */
export const parameterName = (term: number, symbol: string): string => `term${term}_${symbol}`;

/** Whether the bond is seen from its first end, as 1 or 0 a half-edge: a field of bonds that are not symmetric. */
export const directionName = (term: number): string => `term${term}_forward`;

/** The values of a term's inputs at one place. */
export interface Place {
  readonly own: readonly Value[];
  readonly other?: readonly Value[];
  /** The value of a parameter, or of the direction, by its name. */
  parameter(name: string, varies: boolean): Value;
}

/** Parameters as arguments of the call, or where they vary by `load`, once each. */
export function parametersBy(code: Code, load: (name: string) => Value): Place['parameter'] {
  const known = new Map<string, Value>();
  return (name, varies) => {
    if (!varies) return code.argument(name, 'float');
    let value = known.get(name);
    if (!value) known.set(name, (value = load(name)));
    return value;
  };
}

type Side = 'first' | 'second';

const tapes = new WeakMap<LocalTerm, { energy: Tape; first: Tape; second: Tape }>();

function tapesOf(term: LocalTerm): { energy: Tape; first: Tape; second: Tape } {
  let known = tapes.get(term);
  if (!known) {
    const [second, slopes] = term.kind === 'bond' ? [term.other, term.slopes] : [term.own, undefined];
    const [first, last] = slopes ? slopes.map((slope) => tape([slope])) : [term.own, second].map((symbol) => tape(gradient(term.formula, [symbol])));
    tapes.set(term, (known = { energy: tape([term.formula]), first, second: last }));
  }
  return known;
}

/** The derivative of term number `at` by the node itself, component by component. */
export function slopeOf(code: Code, term: LocalTerm, at: number, place: Place): Value[] {
  return fromEitherEnd(code, term, at, place, (side) => tapesOf(term)[side]);
}

/** The energy of term number `at`: of the node, or of one bond. */
export const energyOf = (code: Code, term: LocalTerm, at: number, place: Place): Value =>
  fromEitherEnd(code, term, at, place, () => tapesOf(term).energy)[0];

/** What a half-edge has of the energy of its bond: half where both ends see the same, else all at the first end. */
export function shareOf(code: Code, term: LocalBond, at: number, place: Place): Value {
  const [value] = seenFrom('first', code, term, at, place, tapesOf(term).energy);
  return term.isSymmetric ? value.mul(0.5) : value.where(isForward(code, at, place), 0);
}

function fromEitherEnd(code: Code, term: LocalTerm, at: number, place: Place, program: (side: Side) => Tape): Value[] {
  const from = (side: Side): Value[] => seenFrom(side, code, term, at, place, program(side));
  if (term.kind === 'site' || term.isSymmetric) return from('first');
  const forward = isForward(code, at, place);
  const backward = from('second');
  return from('first').map((value, k) => value.where(forward, backward[k]));
}

/** The place as that end of the bond: what the program makes of it. */
function seenFrom(side: Side, code: Code, term: LocalTerm, at: number, place: Place, program: Tape): Value[] {
  const varies = new Map(term.parameters.map(({ symbol, varies }) => [symbol, varies]));
  const [first, second] = side === 'first' ? [place.own, place.other] : [place.other, place.own];
  return lower(code, program, place.own.length, (name, k) => {
    if (name === term.own.name) return first![k];
    if (term.kind === 'bond' && name === term.other.name) return second![k];
    return place.parameter(parameterName(at, name), varies.get(name)!);
  })[0];
}

const isForward = (code: Code, at: number, place: Place): Value => code.float(0).lt(place.parameter(directionName(at), true));
