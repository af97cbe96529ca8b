// What other rooms use of this one: the door, and what stands behind it.
export * from './door.js';
export { softmax } from './belief.js';
export { valueRule } from './checkField.js';
export { CODOMAINS } from './declaration.js';
export { siteSquaredDistance } from './product.js';
export { requireField } from './requireField.js';
