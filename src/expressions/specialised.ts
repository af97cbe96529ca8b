// Loops around compiled formulas. V8 records the types that a function meets once for its source text: a
// loop that many formulas go through calls each of them the slow way. A copy of the loop together with its
// formula is a separate text, in which V8 inlines the formula.
import type { Compiled } from './compile.js';

/** `loop(formula)` in a separate copy. The loop is copied as text: it may use only its arguments. */
export function specialised<Loop>(loop: (formula: Compiled) => Loop, formula: Compiled): Loop {
  return (new Function(`return (${loop})(${formula});`) as () => Loop)();
}
