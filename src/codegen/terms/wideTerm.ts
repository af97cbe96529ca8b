// Terms that reach further than a bond: stars, H = sum over i of g(x_i, A_i) with A_k = sum over j ~ i of
// f_k(x_i, x_j, w_ij), and functions of global sums, H = g(S) with S_k = sum over i of f_k(x_i). Their slopes
// need the multipliers lambda_k = dg/dA_k of every star, or dg/dS_k of every chain. Passes before the step
// write these to memory.
import { all, type Expression, type Tape } from '../../expressions/index.js';
import type { Value } from '../language/code.js';
import { parameterOf, type LocalParameter, type LocalTerm, type SiteInputs } from './localTerm.js';
import { SUM_BLOCK } from '../passes/gaugePass.js';
import type { StepShape } from './vicinity.js';

interface Wide {
  readonly name: string;
  /** The symbol x_i. */
  readonly own: Expression;
  /** Of the node at the centre, or numbers. */
  readonly parameters: readonly LocalParameter[];
  /** The symbols A_k or S_k, and lambda_k. */
  readonly totals: readonly Expression[];
  readonly lambdas: readonly Expression[];
  /**
   * f_k; g, its derivatives by x_i (of a star) and by the totals; the derivatives of sum_k lambda_k f_k by
   * x_i and x_j.
   */
  readonly tapes: { readonly bodies: Tape; readonly outer: Tape; readonly pull: Tape };
}
export interface StarTerm extends Wide {
  readonly kind: 'star';
  /** The symbols x_j, w_ij and the degree k_i. */
  readonly other: Expression;
  readonly coupling: Expression;
  readonly degree: Expression;
}
export interface GlobalTerm extends Wide {
  readonly kind: 'global';
  /** The symbol of the number of nodes. */
  readonly count: Expression;
}
/** The terms that a step can follow. */
export type StepTerm = LocalTerm | StarTerm | GlobalTerm;

/** The buffer of a star's couplings, one per half-edge, and the field of the number of nodes. */
export const couplingName = (term: number): string => `term${term}_coupling`;
export const countName = (term: number): string => `term${term}_count`;

/** A term, its number among all, and where its numbers begin in a row. */
export interface Placed<Term> {
  readonly term: Term;
  readonly t: number;
  readonly start: number;
}

const sizeOf = ({ shape }: Expression, components: number): number => (shape === 'vector' ? components : 1);
const sizesOf = ({ totals }: Wide, components: number): number[] =>
  totals.map((symbol) => sizeOf(symbol, components));
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

function placed<Kind extends 'star' | 'global'>(
  kind: Kind,
  terms: readonly StepTerm[],
  widthOf: (term: Wide) => number,
): { placed: Placed<Extract<StepTerm, { kind: Kind }>>[]; width: number } {
  let width = 0;
  const found = terms.flatMap((each, t) => {
    if (each.kind !== kind) return [];
    const [term, start] = [each as Extract<StepTerm, { kind: Kind }>, width];
    width += widthOf(term);
    return [{ term, t, start }];
  });
  return { placed: found, width };
}

/** A row of `width` numbers per node and chain: of every star its multipliers, then dg/dx_i. */
export const starsOf = (
  terms: readonly StepTerm[],
  components: number,
): { placed: Placed<StarTerm>[]; width: number } =>
  placed('star', terms, (term) => sum(sizesOf(term, components)) + components);

/** `width` sums per chain. */
export const globalsOf = (terms: readonly StepTerm[]): { placed: Placed<GlobalTerm>[]; width: number } =>
  placed('global', terms, ({ totals }) => totals.length);

/** Lengths of the arrays that the passes write. */
export function wideLengths(
  terms: readonly StepTerm[],
  { components, chains }: StepShape,
  nodes: number,
): Record<'stars' | 'globalSums' | 'lambdas', number> {
  const perChain = globalsOf(terms).width * chains;
  return {
    stars: nodes * chains * starsOf(terms, components).width,
    globalSums: Math.ceil(nodes / SUM_BLOCK) * perChain,
    lambdas: perChain,
  };
}

/** A row cut into the values of each symbol: A_k of a row of totals, lambda_k of one of multipliers. */
export function parts(term: Wide, row: readonly Value[], components: number): Value[][] {
  let at = 0;
  return sizesOf(term, components).map((size) => row.slice(at, (at += size)));
}

/** The value component by component, as many components as the symbol has. */
export const spreadTo = (symbol: Expression, value: readonly Value[], components: number): Value[] =>
  all(value, sizeOf(symbol, components));

/** What a tape of a wide term reads: the inputs that are given, or else parameters. */
export const reading =
  (
    t: number,
    term: Wide,
    inputs: ReadonlyMap<Expression, readonly Value[]>,
    parameter: SiteInputs['parameter'],
  ) =>
  (symbol: Expression, k: number): Value =>
    inputs.get(symbol)?.[k] ?? parameterOf(t, term, symbol, parameter);

/** The values of A_k, S_k or lambda_k as inputs of a tape. */
export const together = (
  symbols: readonly Expression[],
  values: readonly (readonly Value[])[],
): [Expression, readonly Value[]][] => symbols.map((symbol, k) => [symbol, values[k]]);
