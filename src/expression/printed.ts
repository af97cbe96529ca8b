// Printed formulas, and how tightly each form binds: a looser argument is put in parentheses.
import type { Expression } from './expression.js';

export const SUM = 1;
export const PRODUCT = 2;
export const POWER = 3;
export const ATOM = 4;

export class Printed {
  constructor(readonly latex: string, readonly binding: number = ATOM) {}

  /** In parentheses, where it binds more loosely. */
  within(binding: number): string {
    return this.binding < binding ? `\\left(${this.latex}\\right)` : this.latex;
  }
}

/** Prints an argument. */
export type Print = (x: Expression) => Printed;

/** name(x, y) */
export const call = (name: string) => (print: Print, { args }: Expression): Printed =>
  new Printed(`${name}\\left(${args.map((x) => print(x).latex).join(', ')}\\right)`);

/** x as a norm, its bars as high as what stands between them. */
export function norm({ latex }: Printed): string {
  return /\\(sum|frac|begin)/.test(latex) ? `\\left\\lVert ${latex} \\right\\rVert` : `\\lVert ${latex} \\rVert`;
}
