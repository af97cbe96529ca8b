// Which values of a text are needed, how often, and where.
import type { Block, Code, Value } from './code.js';

/** What must be done where it stands. */
const FIXED = new Set<Value['op']>(['read', 'load', 'loadSplat', 'loadIndex', 'gather', 'argument']);

/** How often each value that matters is used, and those to be computed inside the expression that uses them. */
export function usesOf({ root }: Code): [Map<Value, number>, Set<Value>] {
  const uses = new Map<Value, number>();
  /** The block of the only use. */
  const places = new Map<Value, Block>();
  const use = (value: Value, place: Block): void => {
    const count = uses.get(value) ?? 0;
    uses.set(value, count + 1);
    places.set(value, place);
    if (count === 0) for (const arg of value.args) use(arg, value.home);
  };
  const visit = (block: Block): void => {
    for (const statement of block.statements) {
      switch (statement.kind) {
        case 'let': break;
        case 'set': use(statement.value, block); break;
        case 'store': [statement.index, statement.value].forEach((value) => use(value, block)); break;
        case 'storeRows': [statement.at, ...statement.values].forEach((value) => use(value, block)); break;
        case 'loop':
          [statement.from, statement.to].forEach((value) => use(value, block));
          use(statement.by, statement.body);
          visit(statement.body);
          break;
        case 'if': use(statement.condition, block); visit(statement.body); if (statement.otherwise) visit(statement.otherwise);
      }
    }
  };
  visit(root);
  const inlined = [...uses].filter(([value, count]) => count === 1 && !FIXED.has(value.op) && places.get(value) === value.home);
  return [uses, new Set(inlined.map(([value]) => value))];
}
