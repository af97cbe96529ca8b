// Lowers a tape for the interpreter in assembly/_tape.ts: vectors unrolled over the components, equal steps
// shared, useless ones dropped, values assigned to as few registers as their lifetimes allow.
import type { Instruction, Tape } from '../expression/index.js';
import { power, type Multiplication } from '../expression/index.js';

/** The interpreter's operations by number. */
const OPERATIONS = [
  'constant', 'read', 'write', 'add', 'sub', 'mul', 'div', 'max', 'min', 'less', 'neg', 'exp', 'log', 'sqrt',
  'sin', 'cos', 'tanh', 'abs', 'sign', 'xlogx',
] as const;
type Operation = (typeof OPERATIONS)[number];

/** A step before registers: its arguments are numbers of steps, but for those of constant, read and write. */
interface Step {
  readonly op: Operation;
  readonly first: number;
  readonly second: number;
}

export interface Microcode {
  /** Four words an instruction: operation, target, first and second argument. */
  readonly code: Int32Array;
  /** Number of constants, with which the code begins. */
  readonly constants: number;
  readonly registers: number;
  /** Symbols by input number. */
  readonly inputs: readonly string[];
  /** Components by output number. */
  readonly widths: readonly number[];
}

export function lower({ instructions, outputs }: Tape, components: number): Microcode {
  const builder = new Builder();
  const inputs: string[] = [];
  /** The steps that make each value, one a component; a scalar has one. */
  const values: (readonly number[])[] = [];
  for (const instruction of instructions) {
    const args = instruction.args.map((at) => values[at]);
    if (instruction.op !== 'input') values.push(lowerOne(builder, instruction, args, components));
    else {
      const slot = inputs.push(instruction.name) - 1;
      const width = instruction.shape === 'vector' ? components : 1;
      values.push(Array.from({ length: width }, (_, k) => builder.step('read', slot, k)));
    }
  }
  const writes = outputs.map((at) => {
    const width = instructions[at].shape === 'vector' ? components : 1;
    return Array.from({ length: width }, (_, k) => part(values[at], k));
  });
  return { ...allocate(builder.steps, writes), inputs, widths: writes.map(({ length }) => length) };
}

/** Component k; scalars spread. */
const part = (value: readonly number[], k: number): number => value[value.length === 1 ? 0 : k];

class Builder {
  readonly steps: Step[] = [];
  readonly #known = new Map<string, number>();

  /** The number of a step, a new one only if there is no equal one. */
  step(op: Operation, first: number, second = 0): number {
    const key = `${op}/${first}/${second}`;
    let number = this.#known.get(key);
    if (number === undefined) {
      number = this.steps.push({ op, first, second }) - 1;
      this.#known.set(key, number);
    }
    return number;
  }

  constant(value: number): number {
    return this.step('constant', new Int32Array(Float32Array.of(value).buffer)[0]);
  }
}

function lowerOne(
  builder: Builder, { op, shape, value }: Instruction, [x, y]: readonly (readonly number[])[], components: number,
): readonly number[] {
  const each = (f: (k: number) => number): number[] =>
    Array.from({ length: shape === 'vector' ? components : 1 }, (_, k) => f(k));
  const fold = (operation: 'add' | 'max', terms: readonly number[]): number =>
    terms.reduce((sum, term) => builder.step(operation, sum, term));
  switch (op) {
    case 'constant': return [builder.constant(value)];
    case 'add': case 'sub': case 'mul': case 'div': case 'max': case 'min': case 'less':
      return each((k) => builder.step(op, part(x, k), part(y, k)));
    case 'neg': case 'exp': case 'log': case 'sqrt': case 'sin': case 'cos': case 'tanh': case 'abs': case 'sign':
    case 'xlogx':
      return each((k) => builder.step(op, part(x, k)));
    case 'pow': return each((k) => power(part(x, k), value, multiplication(builder)));
    case 'sum': return [fold('add', Array.from({ length: components }, (_, k) => part(x, k)))];
    case 'logSumExp': {
      const terms = Array.from({ length: components }, (_, k) => part(x, k));
      const top = fold('max', terms);
      const sum = fold('add', terms.map((term) => builder.step('exp', builder.step('sub', term, top))));
      return [builder.step('add', top, builder.step('log', sum))];
    }
    case 'component': return [part(x, value)];
    case 'place': return each((k) => (k === value ? x[0] : builder.constant(0)));
    case 'spread': return x;
    case 'input': throw new Error('lower: an input is read, not computed');
  }
}

const multiplication = (builder: Builder): Multiplication<number> => ({
  mul: (x, y) => builder.step('mul', x, y),
  reciprocal: (x) => builder.step('div', builder.constant(1), x),
  sqrt: (x) => builder.step('sqrt', x),
  power: (x, exponent) =>
    builder.step('exp', builder.step('mul', builder.step('log', x), builder.constant(exponent))),
});

const argumentsOf = ({ op, first, second }: Step): number[] => {
  if (op === 'constant' || op === 'read') return [];
  return OPERATIONS.indexOf(op) <= OPERATIONS.indexOf('less') ? [first, second] : [first];
};

/**
 * Numbers of registers instead of steps. Constants come first and keep their registers; the register of any
 * other value is free again after the value's last use.
 */
function allocate(
  steps: readonly Step[], writes: readonly (readonly number[])[],
): Pick<Microcode, 'code' | 'constants' | 'registers'> {
  const lastUse = new Map<number, number>(writes.flat().map((at) => [at, Infinity]));
  for (let at = steps.length - 1; at >= 0; at--) {
    if (!lastUse.has(at)) continue; // nobody needs it
    if (steps[at].op === 'constant') lastUse.set(at, Infinity);
    for (const arg of argumentsOf(steps[at])) if (!lastUse.has(arg)) lastUse.set(arg, at);
  }
  const needed = [...steps.keys()].filter((at) => lastUse.has(at));
  const isConstant = (at: number): boolean => steps[at].op === 'constant';
  const constants = needed.filter(isConstant);

  const code: number[] = [];
  const registers = new Map<number, number>();
  const free: number[] = [];
  let count = 0;
  for (const at of [...constants, ...needed.filter((step) => !isConstant(step))]) {
    const args = argumentsOf(steps[at]);
    const [first, second] = args.length === 0 ? [steps[at].first, steps[at].second] : args.map((arg) => registers.get(arg)!);
    for (const arg of new Set(args)) if (lastUse.get(arg) === at) free.push(registers.get(arg)!);
    const target = free.pop() ?? count++;
    registers.set(at, target);
    code.push(OPERATIONS.indexOf(steps[at].op), target, first, second ?? 0);
  }
  writes.forEach((parts, output) =>
    parts.forEach((at, k) => code.push(OPERATIONS.indexOf('write'), output, registers.get(at)!, k)),
  );
  return { code: Int32Array.from(code), constants: constants.length, registers: count };
}
