export { Expression, scalar, vector, constant, type Operand, type Shape, type Operation } from './expression.js';
export { gradient } from './derivative.js';
export { compile, type Compiled } from './compile.js';
export { tape, type Tape, type Instruction } from './tape.js';
export { latex, latexSummand } from './latex.js';
export { specialised } from './specialised.js';
export { power, type Multiplication } from './power.js';
