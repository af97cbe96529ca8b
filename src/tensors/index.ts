// What other rooms use of this one: the door, and what stands behind it.
export * from './door.js';
export { type Shape3D } from './axes.js';
export { normals, uniforms, type NoiseRequest } from './noise.js';
export { rowsOf, type Inputs, type Rows } from './bind.js';
export { byOperations, evaluate } from './evaluate.js';
export { InPlace } from './inPlace.js';
