// Graphs: topology with couplings, generators, spectrum and resistance, graphology in and out.
export { Graph } from './graph.js';
export { type EdgeOptions, type Edges, fromEdges } from './fromEdges.js';
export { complete, grid, ring, torus } from './lattices.js';
export { disjointUnion } from './disjointUnion.js';
export type { RandomGraphOptions } from './randomness.js';
export { smallWorld } from './smallWorld.js';
export { randomRegular } from './randomRegular.js';
export { karateClub } from './karateClub.js';
export { permuteNodes, requirePermutation } from './permutation.js';
export { reordered, type Reordered } from './reordered.js';
export { fromGraphology, type GraphologyGraph, type GraphologyOptions, toGraphology } from './graphology.js';
export { laplacian, laplacianBound } from './laplacian.js';
export { groundedSpectrum, type LaplacianModes, laplacianModes, laplacianSpectrum } from './spectrum.js';
export { effectiveResistance, logSpanningTrees } from './resistance.js';
export { kirchhoffIndex } from './kirchhoffIndex.js';
export { clustering, distancesFrom } from './metrics.js';
export { brokenPairs, percolate, type PercolationOptions, type Survivors, survivors } from './percolation.js';
export { replaceLostPeers } from './replacePeers.js';
