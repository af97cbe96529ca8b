// Float64 evaluation: a tape becomes one straight-line JavaScript function, vectors unrolled over the
// components. It is the reference arithmetic of the tests, and runs the single-site samplers.
import type { Expression } from './expression.js';
import { all } from './operation.js';
import { tape } from './tape.js';

type Numbers = Float64Array | Float32Array;

/**
 * Writes the outputs one after another to `out` from `outOffset` on. Each group of inputs is read from one
 * array, its members one after another from an offset on: (out, outOffset, array0, offset0, array1, ...).
 */
export type Compiled = (out: Float64Array, outOffset: number, ...groups: (Numbers | number)[]) => void;

/**
 * @param outputs expressions to evaluate together; common subexpressions are computed once
 * @param groups the input symbols, grouped by the array that holds them
 * @param components length of every vector
 * @throws ReferenceError if an expression uses a symbol that is in no group; RangeError if a component is
 * picked beyond the last one
 */
export function compile(
  outputs: readonly Expression[],
  groups: readonly (readonly Expression[])[],
  components: number,
): Compiled {
  const program = tape(outputs);
  const width = (shape: string): number => (shape === 'vector' ? components : 1);
  const places = new Map<Expression, string[]>();
  groups.forEach((group, g) => {
    let offset = 0;
    for (const symbol of group)
      places.set(
        symbol,
        Array.from({ length: width(symbol.shape) }, () => `g${g}[o${g} + ${offset++}]`),
      );
  });
  const placesOf = (symbol: Expression): string[] => {
    const known = places.get(symbol);
    if (!known) throw new ReferenceError(`compile: unknown symbol "${symbol.name}" in the expression`);
    return known;
  };
  const names: string[][] = [];
  const lines: string[] = [];
  program.instructions.forEach(({ op, args, value }, index) => {
    const texts =
      op === 'input'
        ? placesOf(program.inputs[value])
        : op === 'constant'
          ? [Object.is(value, -0) ? '-0' : String(value)]
          : op.float64(
              args.map((at) => names[at]),
              components,
              value,
            );
    names.push(
      texts.map((text, k) => {
        lines.push(`const t${index}_${k} = ${text};`);
        return `t${index}_${k}`;
      }),
    );
  });
  program.outputs
    .flatMap((at) => all(names[at], width(program.instructions[at].shape)))
    .forEach((name, k) => lines.push(`out[at + ${k}] = ${name};`));
  const parameters = groups.flatMap((_, g) => [`g${g}`, `o${g}`]);
  return new Function('out', 'at', ...parameters, lines.join('\n')) as Compiled;
}
