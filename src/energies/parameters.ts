// Parameters of terms: one number, or one number per edge or node. They stay symbols in the expression, so
// that a changed value needs no new derivative.
import { tf } from '../tensors/index.js';
import type { Tensor3D } from '#tfjs';
import type { LocalParameter } from '../codegen/index.js';
import { card, countText, latexSymbol, printAs, rangeText } from '../display/index.js';
import { type Expression, scalar } from '../expressions/index.js';
import { got } from '../numerics/check.js';

/** Values per edge with theta_ji = - theta_ij: they belong to the edge as the graph names it, from a to b. */
export interface Oriented {
  readonly oriented: true;
  readonly values: ArrayLike<number>;
}

/** The value of a term's parameter: a number, one number per edge or node, or an oriented list. */
export type Parameter = number | ArrayLike<number> | Oriented;
/**
 * By name, in the order in which the arrow function takes them. A name is a label. It may be anything but an
 * integer ("2"), which JavaScript would put first. (A literal `{ __proto__: 1 }` makes no key, so that its
 * parameter never arrives.)
 */
export type Parameters = Readonly<Record<string, Parameter>>;

/**
 * Declares a parameter per edge that changes sign with the direction of the edge.
 *
 * @example
 * const twist = bond((a, b, A) => a.sub(b).sub(A).sum().cos().neg(), { A: energies.oriented([0.1, -0.2]) }); // A_ji = -A_ij
 * hamiltonian(fromEdges(3, [[0, 1], [1, 2]]), [twist]).energy64(Float64Array.of(0.1, 0, 0.2)); // -2
 */
export const oriented = (values: ArrayLike<number>): Oriented =>
  printAs({ oriented: true, values }, orientedCard);

export const isOriented = (parameter: Parameter): parameter is Oriented =>
  typeof parameter === 'object' && parameter !== null && 'oriented' in parameter;

export const valuesOf = (parameter: Parameter): number | ArrayLike<number> =>
  isOriented(parameter) ? parameter.values : parameter;

export const replaced = (base: Parameters, changes: Parameters): Parameters =>
  Object.fromEntries(
    Object.entries(base).map(([name, value]) => [name, Object.hasOwn(changes, name) ? changes[name] : value]),
  );

/**
 * One scalar symbol per parameter of a function, in the order of their declaration, after its own arguments.
 * @throws TypeError for a function that takes more; RangeError for a name like "2": JavaScript puts such
 * names first, and the parameters bind in that order
 */
export function parameterSymbols(
  kind: string,
  parameters: Parameters,
  { length }: (...args: never[]) => unknown,
  own: string,
): Expression[] {
  const names =
    typeof parameters === 'object' && parameters !== null && !Array.isArray(parameters)
      ? Object.keys(parameters)
      : undefined;
  if (!names)
    throw new TypeError(`${kind}: parameters must be an object of values by name, got ${got(parameters)}`);
  const taken = length - own.split(', ').length;
  if (taken > names.length) {
    const example = `${kind}((${own}, J) => ..., { J: 1 })`;
    throw new TypeError(
      `${kind}: the function takes ${taken} parameters, declared are ${names.join(', ') || 'none'}; declare each, as in ${example}`,
    );
  }
  return names.map((name) => {
    if (/^(0|[1-9]\d*)$/.test(name)) {
      throw new RangeError(
        `${kind}: a parameter must not be named like an integer, since JavaScript would put it before the others, got "${name}"`,
      );
    }
    return scalar(name);
  });
}

/** What generated code must know of them: which are arrays. */
export const localParameters = (symbols: readonly Expression[], parameters: Parameters): LocalParameter[] =>
  Object.values(parameters).map((value, k) => ({ symbol: symbols[k], varies: typeof value !== 'number' }));

/** LaTeX of the parameters, with an index where they vary. */
export const parameterLatex = (
  symbols: readonly Expression[],
  parameters: Parameters,
  index: string,
): Map<Expression, string> =>
  new Map(
    Object.entries(parameters).map(([name, value], k) => [
      symbols[k],
      typeof value === 'number' ? latexSymbol(name) : `${latexSymbol(name)}_{${index}}`,
    ]),
  );

/** Values of symbols by row (edge or node), for the float64 functions and as tensors. */
export class ParameterTable {
  readonly #columns: readonly (number | ArrayLike<number>)[];
  readonly #tensors = new Map<Expression, Tensor3D>();
  /** [rows or 1, parameters] row by row. */
  readonly values: Float64Array;
  /** Distance between the parameters of neighbouring rows; 0 where all rows share them. */
  readonly stride: number;

  /** @throws TypeError for a value that is not finite, RangeError for an array that is not `rows` long. */
  constructor(
    term: string,
    readonly symbols: readonly Expression[],
    parameters: readonly Parameter[],
    rows: number,
    rowName: string,
  ) {
    this.#columns = parameters.map(valuesOf);
    this.#columns.forEach((column, k) => validate(term, symbols[k].name, column, rows, rowName));
    const varies = this.#columns.some((column) => typeof column !== 'number');
    const width = this.#columns.length;
    this.stride = varies ? width : 0;
    this.values = new Float64Array((varies ? rows : 1) * width);
    for (let at = 0; at < this.values.length; at++) {
      const column = this.#columns[at % width];
      this.values[at] = typeof column === 'number' ? column : column[Math.floor(at / width)];
    }
  }

  /** Each parameter as a tensor [rows or 1, 1, 1], kept on the backend until `dispose`. */
  tensors(): ReadonlyMap<Expression, Tensor3D> {
    this.#columns.forEach((column, k) => {
      if (this.#tensors.has(this.symbols[k])) return;
      const flat = typeof column === 'number' ? [column] : Float32Array.from(column);
      this.#tensors.set(this.symbols[k], tf.keep(tf.tensor3d(flat, [flat.length, 1, 1], 'float32')));
    });
    return this.#tensors;
  }

  dispose(): void {
    for (const tensor of this.#tensors.values()) tensor.dispose();
    this.#tensors.clear();
  }
}

function validate(
  term: string,
  name: string,
  column: number | ArrayLike<number>,
  rows: number,
  rowName: string,
): void {
  const isOne = typeof column === 'number';
  if ((!isOne && typeof column?.length !== 'number') || typeof column === 'string') {
    throw new TypeError(
      `${term}: parameter ${name} must be a number, or a list with one per ${rowName}, got ${got(column)}`,
    );
  }
  if (!isOne && column.length !== rows) {
    throw new RangeError(
      `${term}: parameter ${name} needs one value per ${rowName} (${rows}), got ${column.length}`,
    );
  }
  const values = isOne ? [column] : column;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new TypeError(
      `${term}: parameter ${name} must be finite, got ${got(values[i])}${isOne ? '' : ` at ${rowName} ${i}`}`,
    );
  }
}

const orientedCard = ({ values }: Oriented) =>
  card('oriented parameter', { values: rangeText(values), edges: countText(values.length, 'value') });
