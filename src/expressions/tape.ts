// A tape: the operations of several expressions in an order in which each comes after its arguments; equal
// subexpressions are shared. Every engine runs or compiles tapes. Inputs are compared by identity, never by
// name.
import type { Expression, Shape } from './expression.js';

export interface Instruction {
  readonly op: Expression['op'];
  readonly shape: Shape;
  /** Positions of the arguments on the tape. */
  readonly args: readonly number[];
  /**
   * The constant, the exponent of pow, the index of component and place, or the position of an input in
   * `inputs`.
   */
  readonly value: number;
}

export interface Tape {
  /** The symbols that the expressions use, in order of first use. */
  readonly inputs: readonly Expression[];
  readonly instructions: readonly Instruction[];
  /** Position of each output. */
  readonly outputs: readonly number[];
}

export function tape(outputs: readonly Expression[]): Tape {
  const inputs: Expression[] = [];
  const instructions: Instruction[] = [];
  const position = new Map<Expression, number>();
  const known = new Map<string, number>();
  for (const node of topological(outputs)) {
    const { op, shape } = node;
    const args = node.args.map((argument) => position.get(argument)!);
    const value = op === 'input' ? inputs.push(node) - 1 : node.value;
    const key = `${typeof op === 'string' ? op : op.toJSON()}/${shape}/${Object.is(value, -0) ? '-0' : value}/${args.join()}`;
    let index = known.get(key);
    if (index === undefined) {
      index = instructions.push({ op, shape, args, value }) - 1;
      known.set(key, index);
    }
    position.set(node, index);
  }
  return { inputs, instructions, outputs: outputs.map((output) => position.get(output)!) };
}

/** Every node reachable from the outputs, arguments first. */
export function topological(outputs: readonly Expression[]): Expression[] {
  const order = new Set<Expression>();
  const seen = new Set<Expression>();
  const open = outputs.toReversed(); // a stack of its own: an expression may be deeper than that of calls
  while (open.length > 0) {
    const node = open.at(-1)!;
    if (!seen.has(node)) {
      seen.add(node);
      open.push(...node.args.filter((argument) => !seen.has(argument)).reverse());
    } else {
      open.pop();
      order.add(node);
    }
  }
  return [...order];
}
