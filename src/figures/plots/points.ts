// Checks of data, and theory curves as points. Each error names the figure's constructor, the series and the
// first wrong value.
import type { Axis } from './axis.js';
import type { Trace } from './figureSpec.js';
import { theoryDashes } from './theme.js';

/** A theory curve: a formula drawn over the data's range, or given points. */
export type Theory =
  | { readonly label: string; readonly y: (x: number) => number; readonly range?: readonly [number, number] }
  | { readonly label: string; readonly x: ArrayLike<number>; readonly y: ArrayLike<number> };

/** A list of numbers: a plain or a typed array. */
export type Numbers = ArrayLike<number>;

/** The values as a plain array. @throws when one is not finite, or not positive on a log axis. */
export function finite(values: ArrayLike<number>, what: string, axis?: Axis): number[] {
  if (values.length === 0) throw new Error(`${what} is empty`);
  return Array.from(values, (value, k) => {
    if (!Number.isFinite(value)) throw new Error(`${what} must be finite, got ${value} at index ${k}`);
    if (axis?.log && value <= 0)
      throw new Error(`${what} must be positive on a log axis, got ${value} at index ${k}`);
    return value;
  });
}

/** @throws when the two lists differ in length. */
export function sameLength(a: ArrayLike<unknown>, b: ArrayLike<unknown>, what: string, of: string): void {
  if (a.length !== b.length) throw new Error(`${what} has ${a.length} ${of} and ${b.length} values`);
}

/** Theory curves as black dashed lines: one dash pattern and one legend entry for each label. */
export function theoryTraces(
  where: string,
  theory: readonly Theory[],
  extent: readonly [number, number],
  axes: { x: Axis; y: Axis },
): Trace[] {
  const labels = [...new Set(theory.map(({ label }) => label))];
  return theory.map((curve, k) => {
    const what = `${where}: theory '${curve.label}'`;
    const x = finite('x' in curve ? curve.x : mesh(curve.range ?? extent, axes.x.log), `${what} x`, axes.x);
    const values = typeof curve.y === 'function' ? x.map(curve.y) : curve.y;
    sameLength(x, values, what, 'x');
    return {
      type: 'scatter',
      mode: 'lines',
      name: curve.label,
      legendgroup: `theory ${curve.label}`,
      showlegend: theory.findIndex(({ label }) => label === curve.label) === k,
      x,
      y: finite(values, `${what} y`, axes.y),
      line: {
        color: 'black',
        width: 1.6,
        dash: theoryDashes[labels.indexOf(curve.label) % theoryDashes.length],
      },
      meta: { series: curve.label, role: 'theory' },
    };
  });
}

/** 201 points, evenly spaced or, on a log axis, in equal ratios. */
function mesh([low, high]: readonly [number, number], log = false): number[] {
  return Array.from({ length: 201 }, (_, k) => {
    if (k === 200) return high;
    return log ? low * (high / low) ** (k / 200) : low + (high - low) * (k / 200);
  });
}
