// Randomness from one place: counter-based Philox4x32-10, keyed by (seed, stream).
export { philox4x32 } from './philox.js';
export { defaultSeed, type Key, randomKey, type Seed, type SeedOption, setDefaultSeed } from './key.js';
export { type Draw, Purpose } from './counter.js';
export { normals } from './normals.js';
export { uniforms } from './uniforms.js';
export { aleaGenerator, randomInteger, type RandomSource, shuffle, uniformGenerator } from './generator.js';
export { poisson } from './poisson.js';
export { exponential } from './exponential.js';
