// Every operation. A new one is a record, in a new file or in that of similar operations, and its name here.
export { add, div, mul, neg, sub } from './arithmetic.js';
export { atan2 } from './atan2.js';
export { component, sum } from './components.js';
export { exp, log, logSumExp, xlogx } from './exponentials.js';
export { abs, floor, less, max, min, sign } from './piecewise.js';
export { pow } from './pow.js';
export { cos, sin } from './sin.js';
export { place, spread } from './spread.js';
export { sqrt } from './sqrt.js';
export { tanh } from './tanh.js';
