// Randomness from one place: counter-based Philox4x32-10, keyed by (seed, stream).
export { philox4x32 } from './philox.js';
export { type Key, randomKey, type Seed } from './key.js';
export { type Draw, Purpose } from './counter.js';
export { defaultSeed, type SeedOption, setDefaultSeed } from './defaultSeed.js';
export { normals } from './normals.js';
export { uniforms } from './uniforms.js';
export { randomInteger, type RandomSource, shuffle, uniformGenerator } from './generator.js';
export { poisson } from './poisson.js';
export { exponential } from './exponential.js';
export { aleaGenerator } from './alea.js';
