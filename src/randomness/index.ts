// What other rooms use of this one: the door, and what stands behind it.
export * from './door.js';
export { stepWords } from './counter.js';
export { reproducibleLog } from './exponential.js';
export { aSeed, seedOption } from './key.js';
export { philoxBlock } from './philox.js';
