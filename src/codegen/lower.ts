// A tape of local expressions in the vector language: vectors unrolled over the components, powers by multiplication,
// elementary functions by their polynomials. The float32 twin of `compile` in the room of expressions.
import { power, type Instruction, type Tape } from '../expression/index.js';
import type { Code, Value } from './code.js';
import { exp, log, sinCos, sine, tanh } from './functions.js';

/**
 * The outputs of the tape, component by component.
 *
 * @param read component k of an input symbol
 * @throws RangeError for a component beyond the last
 */
export function lower(code: Code, { instructions, outputs }: Tape, components: number, read: (name: string, k: number) => Value): Value[][] {
  const values: (readonly Value[])[] = [];
  for (const instruction of instructions) {
    const args = instruction.args.map((at) => values[at]);
    values.push(lowerOne(code, instruction, args, components, read));
  }
  return outputs.map((at) => (instructions[at].shape === 'vector' ? spread(values[at], components) : [...values[at]]));
}

const spread = (value: readonly Value[], components: number): Value[] => Array.from({ length: components }, (_, k) => part(value, k));

/** Component k; scalars spread. */
const part = (value: readonly Value[], k: number): Value => value[value.length === 1 ? 0 : k];

function lowerOne(
  code: Code, { op, shape, value, name }: Instruction, [x, y]: readonly (readonly Value[])[], components: number,
  read: (name: string, k: number) => Value,
): readonly Value[] {
  const each = (f: (k: number) => Value): Value[] => Array.from({ length: shape === 'vector' ? components : 1 }, (_, k) => f(k));
  const all = (): Value[] => spread(x, components);
  const one = (mask: Value): Value => code.float(1).where(mask, 0);
  switch (op) {
    case 'input': return each((k) => read(name, k));
    case 'constant': return [code.float(value)];
    case 'add': case 'sub': case 'mul': case 'div': case 'max': case 'min':
      return each((k) => code.binary(op, part(x, k), part(y, k)));
    case 'less': return each((k) => one(part(x, k).lt(part(y, k))));
    case 'neg': return each((k) => part(x, k).neg());
    case 'abs': return each((k) => part(x, k).abs());
    case 'sqrt': return each((k) => part(x, k).sqrt());
    case 'exp': return each((k) => exp(part(x, k)));
    case 'log': return each((k) => log(part(x, k)));
    case 'sin': return each((k) => sine(part(x, k)));
    case 'cos': return each((k) => sinCos(part(x, k))[1]);
    case 'tanh': return each((k) => tanh(part(x, k)));
    case 'sign': return each((k) => code.float(1).where(code.float(0).lt(part(x, k)), code.float(-1).where(part(x, k).lt(0), part(x, k))));
    case 'xlogx': return each((k) => part(x, k).where(part(x, k).eq(0), part(x, k).mul(log(part(x, k)))));
    case 'pow': return each((k) => power(part(x, k), value, MULTIPLICATION));
    case 'sum': return [all().reduce((sum, term) => sum.add(term))];
    case 'logSumExp': {
      const top = all().reduce((most, term) => most.max(term));
      return [top.add(log(all().map((term) => exp(term.sub(top))).reduce((sum, term) => sum.add(term))))];
    }
    case 'component':
      if (value >= components) throw new RangeError(`component: index ${value} is beyond the field's ${components} components`);
      return [part(x, value)];
    case 'place': return each((k) => (k === value ? x[0] : code.float(0)));
    case 'spread': return x;
  }
}

const MULTIPLICATION = {
  mul: (x: Value, y: Value) => x.mul(y),
  reciprocal: (x: Value) => x.code.float(1).div(x),
  sqrt: (x: Value) => x.sqrt(),
  power: (x: Value, exponent: number) => exp(log(x).mul(exponent)),
};
