// Plumbing that other programs may need and a notebook does not: it may change without notice.
export { checkMime } from './claims/checkClaim.js';
export { collectChecks, collectManifest, notebookFaults } from './claims/notebookAtHand.js';
export { committedVerdictsFile, compareVerdicts, verdictsOf, writeVerdicts } from './claims/verdicts.js';
export { finding, isInside } from './claims/verdict.js';
export { manifestMime } from './claims/manifest.js';
export {
  publicationFile,
  publicationRun,
  publicationRuns,
  publishedFor,
  writePublicationRuns,
} from './claims/publication.js';
export { writeAtomically } from './files/writeAtomically.js';
export { figureMimes, figureJson } from './figures/plots/figure.js';
export { figureRows, figureCsv } from './figures/tables/figureCsv.js';
export { requireField } from './field/requireField.js';
export { siteSquaredDistance } from './field/product.js';
export { requirePermutation } from './graph/structure/permutation.js';
export { laplacianBound } from './graph/spectra/laplacian.js';
export { reordered } from './graph/structure/reordered.js';
export { compile } from './expression/compile.js';
export { parseTraces, TraceError } from './reference/trace.js';
export { aliasTable } from './protocol/network/clocks.js';
export { glauberRate } from './exact/ising/glauberWalls.js';
