// The public surface of the lab: every room's public names.
export * from './random/index.js';
export * from './graph/index.js';
export * from './merkle/index.js';
export * from './expression/index.js';
export * from './field/index.js';
export * from './measure/index.js';
export * from './claims/index.js';
export * from './figures/index.js';
