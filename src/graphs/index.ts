// What other rooms use of this one: the door, and what stands behind it.
export * from './door.js';
export { matrixCard } from './graphPicture.js';
export { latticeColumns } from './latticeColumns.js';
export { requireBytes, requireMemory } from './memory.js';
export { type Topology, circle, fitToSquare, naturalLayout, stress } from './nodePositions.js';
export { requireGraph, requireUnsigned } from './requireGraph.js';
export { laplacianBound } from './spectra/laplacian.js';
export { colouring } from './structure/colouring.js';
export { requirePermutation } from './structure/permutation.js';
export { reordered } from './structure/reordered.js';
export { trianglesOf } from './structure/triangles.js';
