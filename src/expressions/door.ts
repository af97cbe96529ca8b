// The language of local energies: expressions of symbols, their derivatives, their LaTeX.
export { Expression, scalar, vector, type Operand } from './expression.js';
export { gradient } from './derivative.js';
export { latex } from './latex.js';
