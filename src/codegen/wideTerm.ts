// Terms that reach further than a bond: stars, H = sum over i of g(x_i, A_i) with A_k = sum over j ~ i of f_k(x_i, x_j, w_ij),
// and functions of global sums, H = g(S) with S_k = sum over i of f_k(x_i). Their slopes need the multipliers
// lambda_k = dg/dA_k of every star, or dg/dS_k of every chain, which passes before the step leave in memory.
import type { Expression, Tape } from '../expression/index.js';
import type { Value } from './code.js';
import { parameterName, type LocalParameter, type LocalTerm, type Place } from './localTerm.js';
import { SUM_BLOCK } from './gauge.js';
import { each, type StepShape } from './vicinity.js';

interface Wide {
  readonly name: string;
  /** Of the node at the centre, or numbers. */
  readonly parameters: readonly LocalParameter[];
  /** The symbols A_k or S_k. */
  readonly totals: readonly Expression[];
  /** f_k; g, its derivatives by x_i (of a star) and by the totals; the derivatives of sum_k lambda_k f_k by x_i and x_j. */
  readonly tapes: { readonly bodies: Tape; readonly outer: Tape; readonly pull: Tape };
}
/** Inputs are x_i, x_j, w_ij, the degree k_i, A_k, lambda_k and parameters. */
export interface StarTerm extends Wide {
  readonly kind: 'star';
}
/** Inputs are x_i, the number of nodes N, S_k, lambda_k and parameters. */
export interface GlobalTerm extends Wide {
  readonly kind: 'global';
}
/** What a step can follow. */
export type StepTerm = LocalTerm | StarTerm | GlobalTerm;

/** A term, its number among all, and where its numbers begin in a row. */
export interface Placed<Term> {
  readonly term: Term;
  readonly t: number;
  readonly start: number;
}

const sizeOf = ({ shape }: Expression, components: number): number => (shape === 'vector' ? components : 1);
const sizesOf = ({ totals }: Wide, components: number): number[] => totals.map((symbol) => sizeOf(symbol, components));
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

function placed<Kind extends 'star' | 'global'>(
  kind: Kind, terms: readonly StepTerm[], widthOf: (term: Wide) => number,
): { placed: Placed<Extract<StepTerm, { kind: Kind }>>[]; width: number } {
  let width = 0;
  const found: Placed<Extract<StepTerm, { kind: Kind }>>[] = [];
  terms.forEach((term, t) => {
    if (term.kind !== kind) return;
    found.push({ term: term as Extract<StepTerm, { kind: Kind }>, t, start: width });
    width += widthOf(term as Wide);
  });
  return { placed: found, width };
}

/** A row of `width` numbers a node and chain: of every star its multipliers, then dg/dx_i. */
export const starsOf = (terms: readonly StepTerm[], components: number): { placed: Placed<StarTerm>[]; width: number } =>
  placed('star', terms, (term) => sum(sizesOf(term, components)) + components);

/** `width` sums a chain. */
export const globalsOf = (terms: readonly StepTerm[]): { placed: Placed<GlobalTerm>[]; width: number } =>
  placed('global', terms, ({ totals }) => totals.length);

/** Lengths of the arrays that the passes leave their numbers in. */
export function wideLengths(terms: readonly StepTerm[], { components, chains }: StepShape, nodes: number): Record<'stars' | 'globalSums' | 'lambdas', number> {
  const perChain = globalsOf(terms).width * chains;
  return { stars: nodes * chains * starsOf(terms, components).width, globalSums: Math.ceil(nodes / SUM_BLOCK) * perChain, lambdas: perChain };
}

/** A row cut into the values of each symbol: A_k of a row of totals, lambda_k of one of multipliers. */
export function parts(term: Wide, row: readonly Value[], components: number): Value[][] {
  let at = 0;
  return sizesOf(term, components).map((size) => row.slice(at, (at += size)));
}

/** Component by component, as many as the symbol has. */
export const spreadTo = (symbol: Expression, value: readonly Value[], components: number): Value[] =>
  each(sizeOf(symbol, components), (k) => value[value.length === 1 ? 0 : k]);

/** What a tape of a wide term reads, by the names of its inputs; what is not among them is a parameter. */
export function reading(
  t: number, term: Wide, inputs: Readonly<Record<string, readonly Value[]>>, parameter: Place['parameter'],
): (name: string, k: number) => Value {
  const varies = new Map(term.parameters.map(({ symbol, varies }) => [symbol, varies]));
  return (name, k) => inputs[name]?.[k] ?? parameter(parameterName(t, name), varies.get(name) ?? name === 'w_ij');
}

/** The values of symbols `A_0`, `A_1`, ... as inputs of a tape. */
export const named = (prefix: string, values: readonly (readonly Value[])[]): Record<string, readonly Value[]> =>
  Object.fromEntries(values.map((value, k) => [`${prefix}_${k}`, value]));
