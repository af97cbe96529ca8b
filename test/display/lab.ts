// Everything that the package exports, the plumbing included.
export * from '../../src/index.js';
export * from '../../src/internal.js';
