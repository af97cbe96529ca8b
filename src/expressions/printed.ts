// Printed formulas, and how tightly each form binds: an argument that binds less tightly is put in
// parentheses.
import type { Expression } from './expression.js';

export const [SUM, PRODUCT, POWER, ATOM] = [1, 2, 3, 4];

export class Printed {
  constructor(
    readonly latex: string,
    readonly binding: number = ATOM,
  ) {}

  /** The formula as an argument of a form that binds so tightly. */
  within(binding: number): string {
    return this.binding < binding ? `\\left(${this.latex}\\right)` : this.latex;
  }
}

/** Prints an argument. */
export type Print = (x: Expression) => Printed;

/** name(x, y) */
export const call =
  (name: string) =>
  (print: Print, { args }: Expression): Printed =>
    new Printed(`${name}\\left(${args.map((x) => print(x).latex).join(', ')}\\right)`);

/** The norm of x; the bars are as high as x. */
export const norm = ({ latex }: Printed): string =>
  /\\(sum|frac|begin)/.test(latex) ? `\\left\\lVert ${latex} \\right\\rVert` : `\\lVert ${latex} \\rVert`;
