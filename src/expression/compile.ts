// Float64 evaluation: a tape becomes one straight-line JavaScript function, vectors unrolled over the
// components. It is the reference arithmetic of every test, and runs the single-site samplers.
import type { Expression } from './expression.js';
import { tape, type Instruction } from './tape.js';

type Numbers = Float64Array | Float32Array;

/**
 * Writes the outputs one after another to `out` from `outOffset`. Each group of inputs is read from one
 * array, its members one after another from the offset: (out, outOffset, array0, offset0, array1, ...).
 */
export type Compiled = (out: Float64Array, outOffset: number, ...groups: (Numbers | number)[]) => void;

/**
 * @param outputs expressions to evaluate together; common subexpressions are computed once
 * @param groups the input symbols, grouped by the array that holds them
 * @param components length of every vector
 * @throws ReferenceError if an expression uses a symbol that is in no group;
 *         RangeError if a component is picked beyond the last one
 */
export function compile(
  outputs: readonly Expression[],
  groups: readonly (readonly Expression[])[],
  components: number,
): Compiled {
  const program = tape(outputs);
  const width = (shape: string): number => (shape === 'vector' ? components : 1);
  const read = inputReader(groups, width);
  const names: string[][] = [];
  const lines: string[] = [];
  program.instructions.forEach((instruction, index) => {
    const args = instruction.args.map((at) => names[at]);
    if (instruction.op === 'component' && instruction.value >= components) {
      throw new RangeError(`component: index ${instruction.value} is beyond the field's ${components} components`);
    }
    names.push(
      Array.from({ length: width(instruction.shape) }, (_, k) => {
        const name = `t${index}_${k}`;
        lines.push(`const ${name} = ${formula(instruction, args, k, read)};`);
        return name;
      }),
    );
  });
  program.outputs
    .flatMap((at) => names[at])
    .forEach((name, k) => lines.push(`out[at + ${k}] = ${name};`));
  const parameters = groups.flatMap((_, g) => [`g${g}`, `o${g}`]);
  return new Function('out', 'at', ...parameters, lines.join('\n')) as Compiled;
}

function inputReader(groups: readonly (readonly Expression[])[], width: (shape: string) => number) {
  const where = new Map<string, string[]>();
  groups.forEach((group, g) => {
    let offset = 0;
    for (const symbol of group) {
      where.set(symbol.name, Array.from({ length: width(symbol.shape) }, () => `g${g}[o${g} + ${offset++}]`));
    }
  });
  return (name: string, k: number): string => {
    const source = where.get(name)?.[k];
    if (source === undefined) throw new ReferenceError(`compile: unknown symbol "${name}" in the expression`);
    return source;
  };
}

/** Component k of one instruction as JavaScript; scalars broadcast. */
function formula(
  { op, value, name }: Instruction,
  args: readonly (readonly string[])[],
  k: number,
  read: (name: string, k: number) => string,
): string {
  const at = (i: number): string => args[i][Math.min(k, args[i].length - 1)];
  const x = args.length > 0 ? at(0) : '';
  const y = args.length > 1 ? at(1) : '';
  switch (op) {
    case 'input': return read(name, k);
    case 'constant': return Object.is(value, -0) ? '-0' : String(value);
    case 'add': return `${x} + ${y}`;
    case 'sub': return `${x} - ${y}`;
    case 'mul': return `${x} * ${y}`;
    case 'div': return `${x} / ${y}`;
    case 'less': return `${x} < ${y} ? 1 : 0`;
    case 'max': case 'min': return `Math.${op}(${x}, ${y})`;
    case 'neg': return `-${x}`;
    case 'pow': return value === 2 ? `${x} * ${x}` : `Math.pow(${x}, ${value})`;
    case 'exp': case 'log': case 'sqrt': case 'sin': case 'cos': case 'tanh': case 'abs': case 'sign':
      return `Math.${op}(${x})`;
    case 'xlogx': return `${x} === 0 ? 0 : ${x} * Math.log(${x})`;
    case 'sum': return args[0].join(' + ');
    case 'logSumExp': {
      const top = `Math.max(${args[0].join(', ')})`;
      return `${top} + Math.log(${args[0].map((part) => `Math.exp(${part} - ${top})`).join(' + ')})`;
    }
    case 'component': return args[0][value];
    case 'place': return k === value ? x : '0';
    case 'spread': return x;
  }
}
