// A tape: the operations of several expressions in an order in which each comes after its arguments,
// equal subexpressions shared. Every engine runs or compiles tapes.
import type { Expression, Operation, Shape } from './expression.js';

export interface Instruction {
  readonly op: Operation;
  readonly shape: Shape;
  /** Positions of the arguments on the tape. */
  readonly args: readonly number[];
  readonly value: number;
  readonly name: string;
}

export interface Tape {
  readonly instructions: readonly Instruction[];
  /** Position of each output. */
  readonly outputs: readonly number[];
}

/** Lays the expressions out on one tape. */
export function tape(outputs: readonly Expression[]): Tape {
  const instructions: Instruction[] = [];
  const position = new Map<Expression, number>();
  const known = new Map<string, number>();
  for (const { op, shape, args, value, name, ...rest } of topological(outputs).map((node) => ({ node, ...node }))) {
    const at = args.map((argument) => position.get(argument)!);
    const key = `${op}/${shape}/${value}/${name}/${at.join()}`;
    let index = known.get(key);
    if (index === undefined) {
      index = instructions.push({ op, shape, args: at, value, name }) - 1;
      known.set(key, index);
    }
    position.set(rest.node, index);
  }
  return { instructions, outputs: outputs.map((output) => position.get(output)!) };
}

/** Every node reachable from the outputs, arguments first. */
export function topological(outputs: readonly Expression[]): Expression[] {
  const order: Expression[] = [];
  const seen = new Set<Expression>();
  const visit = (node: Expression): void => {
    if (seen.has(node)) return;
    seen.add(node);
    node.args.forEach(visit);
    order.push(node);
  };
  outputs.forEach(visit);
  return order;
}
