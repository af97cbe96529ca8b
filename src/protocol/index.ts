// What other rooms use of this one: the door, and what stands behind it.
export * from './door.js';
export { aliasTable } from './network/clocks.js';
