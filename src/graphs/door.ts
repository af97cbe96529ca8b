// Graphs: topology with couplings, generators, files, spectrum and resistance, graphology in and out.
export { Graph } from './graph.js';
export { type EdgeOptions, type Edges, fromEdges, type GraphOptions } from './generators/fromEdges.js';
export { complete, grid, ring, torus } from './generators/lattices.js';
export { disjointUnion } from './generators/disjointUnion.js';
export type { GraphRandomness, RandomGraphOptions } from './generators/randomness.js';
export { smallWorld } from './generators/smallWorld.js';
export { randomRegular } from './generators/randomRegular.js';
export { karateClub } from './generators/karateClub.js';
export { permuteNodes } from './structure/permutation.js';
export type { Reordered } from './structure/reordered.js';
export { fromCsv, type CsvOptions } from './files/fromCsv.js';
export { fromGraphML, type GraphMLOptions } from './files/fromGraphML.js';
export { fromGraphology, type GraphologyGraph, type GraphologyOptions, toGraphology } from './graphology.js';
export { laplacian } from './spectra/laplacian.js';
export {
  groundedSpectrum,
  type LaplacianModes,
  laplacianModes,
  laplacianSpectrum,
} from './spectra/spectrum.js';
export { effectiveResistance, logSpanningTrees } from './spectra/resistance.js';
export { kirchhoffIndex } from './spectra/kirchhoffIndex.js';
export { clustering, distancesFrom } from './structure/metrics.js';
export {
  brokenPairs,
  percolate,
  type PercolationOptions,
  type Survivors,
  survivors,
} from './structure/percolation.js';
export { replaceLostPeers } from './structure/replacePeers.js';
