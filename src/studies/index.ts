// What other rooms use of this one.
export * from './door.js';
