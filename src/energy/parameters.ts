// Parameters of terms: one number, or one number per edge or node. They stay symbols in the expression,
// so that a changed value needs no new derivative.
import { tensor3d, keep, type Tensor3D } from '@tensorflow/tfjs';
import type { LocalParameter } from '../codegen/index.js';
import { latexSymbol, summarised } from '../display/index.js';
import { scalar, type Expression } from '../expression/index.js';
import { orientedCard } from './display.js';

/** Per-edge values with theta_ji = - theta_ij: they belong to the edge as it was given, from a to b. */
export interface Oriented {
  readonly oriented: true;
  readonly values: ArrayLike<number>;
}

export type Parameter = number | ArrayLike<number> | Oriented;
export type Parameters = Readonly<Record<string, Parameter>>;

/** Declares a per-edge parameter that changes sign with the direction of the edge. */
export const oriented = (values: ArrayLike<number>): Oriented => summarised({ oriented: true, values }, orientedCard);

export const isOriented = (parameter: Parameter): parameter is Oriented =>
  typeof parameter === 'object' && 'oriented' in parameter;

const valuesOf = (parameter: Parameter): number | ArrayLike<number> =>
  isOriented(parameter) ? parameter.values : parameter;

/** Replaces the parameters that `base` has. */
export const replaced = (base: Parameters, changes: Parameters): Parameters =>
  Object.fromEntries(Object.entries(base).map(([name, value]) => [name, changes[name] ?? value]));

/** One scalar symbol per parameter, in the order of their declaration. */
export const parameterSymbols = (parameters: Parameters): Expression[] => Object.keys(parameters).map(scalar);

/** What generated code needs to know of them: which are arrays. */
export const localParameters = (parameters: Parameters): LocalParameter[] =>
  Object.entries(parameters).map(([symbol, value]) => ({ symbol, varies: typeof value !== 'number' }));

/** LaTeX of the parameters, with an index where they vary. */
export const parameterLatex = (parameters: Parameters, index: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, typeof value === 'number' ? latexSymbol(name) : `${latexSymbol(name)}_{${index}}`]),
  );

/** Parameter values by row (edge or node), for the float64 functions and as tensors. */
export class ParameterTable {
  readonly #names: readonly string[];
  readonly #columns: readonly (number | ArrayLike<number>)[];
  readonly #tensors = new Map<string, Tensor3D>();
  /** [rows or 1, parameters] row by row. */
  readonly values: Float64Array;
  /** Distance between the parameters of neighbouring rows; 0 where all rows share them. */
  readonly stride: number;

  /** @throws TypeError for a value that is not finite, RangeError for an array that is not `rows` long. */
  constructor(term: string, parameters: Parameters, rows: number, rowName: string) {
    this.#names = Object.keys(parameters);
    this.#columns = Object.values(parameters).map(valuesOf);
    this.#columns.forEach((column, k) => validate(term, this.#names[k], column, rows, rowName));
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
  tensors(): Record<string, Tensor3D> {
    this.#columns.forEach((column, k) => {
      const name = this.#names[k];
      if (this.#tensors.has(name)) return;
      const flat = typeof column === 'number' ? [column] : Float32Array.from(column);
      this.#tensors.set(name, keep(tensor3d(flat, [flat.length, 1, 1], 'float32')));
    });
    return Object.fromEntries(this.#tensors);
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
  const bad = (value: number, where: string): never => {
    throw new TypeError(`${term}: parameter ${name} must be finite, got ${value}${where}`);
  };
  if (typeof column === 'number') {
    if (!Number.isFinite(column)) bad(column, '');
    return;
  }
  if (column.length !== rows) {
    throw new RangeError(`${term}: parameter ${name} needs one value per ${rowName} (${rows}), got ${column.length}`);
  }
  for (let i = 0; i < column.length; i++) if (!Number.isFinite(column[i])) bad(column[i], ` at ${rowName} ${i}`);
}
