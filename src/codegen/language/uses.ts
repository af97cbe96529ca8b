// Which values of a program are needed, how often, and where.
import type { Block, Code, Value } from './code.js';

/** Operations that must be done where they stand. */
const FIXED = new Set<Value['op']>(['read', 'load', 'loadSplat', 'loadIndex', 'gather', 'argument']);

/** How often each needed value is used, and the values to compute inside the expression that uses them. */
export function usesOf({ root }: Code): [Map<Value, number>, Set<Value>] {
  const uses = new Map<Value, number>();
  /** The block of the only use. */
  const places = new Map<Value, Block>();
  const useAll = (values: readonly Value[], place: Block): void => {
    for (const value of values) {
      const count = uses.get(value) ?? 0;
      uses.set(value, count + 1);
      places.set(value, place);
      if (count === 0) useAll(value.args, value.home);
    }
  };
  const visit = (block: Block): void => {
    for (const statement of block.statements) {
      switch (statement.kind) {
        case 'let':
          break;
        case 'set':
          useAll([statement.value], block);
          break;
        case 'store':
          useAll([statement.index, statement.value], block);
          break;
        case 'storeRows':
          useAll([statement.at, ...statement.values], block);
          break;
        case 'loop':
          useAll([statement.from, statement.to], block);
          useAll([statement.by], statement.body);
          visit(statement.body);
          break;
        case 'if':
          useAll([statement.condition], block);
          visit(statement.body);
          if (statement.otherwise) visit(statement.otherwise);
      }
    }
  };
  visit(root);
  const inlined = [...uses].filter(
    ([value, count]) => count === 1 && !FIXED.has(value.op) && places.get(value) === value.home,
  );
  return [uses, new Set(inlined.map(([value]) => value))];
}
