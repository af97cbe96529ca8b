// Everything that the package exports, the plumbing included.
export * from '../lab.js';
export * from '../../src/internal.js';
