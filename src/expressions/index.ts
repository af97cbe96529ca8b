// What other rooms use of this one: the door, and what stands behind it.
export * from './door.js';
export { constant, apply, type Shape } from './expression.js';
export {
  elementwise,
  all,
  type Accuracy,
  type Components,
  type Elementwise,
  type Operation,
  type Tensors,
} from './operation.js';
export { polynomial, withSign, type Lanes } from './lanes.js';
export { call, Printed } from './printed.js';
export * as operations from './operations/index.js';
export { exponential } from './operations/exponentials.js';
export { power, type Multiplication } from './operations/pow.js';
export { compile, type Compiled } from './compile.js';
export { tape, type Tape, type Instruction } from './tape.js';
export { latexSummand } from './latex.js';
export { specialised } from './specialised.js';
export { isInvariant } from './invariance.js';
