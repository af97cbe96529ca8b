// Plumbing that other programs may need and a notebook does not: it may change without notice.
export {
  checkMime,
  collectChecks,
  collectManifest,
  notebookFaults,
  committedVerdictsFile,
  compareVerdicts,
  verdictsOf,
  writeVerdicts,
  saysOf,
  isInside,
  manifestMime,
  publicationFile,
  publicationRun,
  publicationRuns,
  publishedFor,
  writePublicationRuns,
} from './claims/index.js';
export { writeAtomically } from './files/writeAtomically.js';
export { figureMimes, figureJson, figureRows, figureCsv } from './figures/index.js';
export { requireField, siteSquaredDistance } from './fields/index.js';
export { requirePermutation, laplacianBound, reordered } from './graphs/index.js';
export { compile } from './expressions/index.js';
export { parseTraces, TraceError } from './reference/index.js';
export { aliasTable } from './protocol/index.js';
export { glauberRate } from './exact/index.js';
