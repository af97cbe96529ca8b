// What other rooms use of this one: the door, and what stands behind it.
export * from './door.js';
export { checkMime } from './checkClaim.js';
export { formatMeasurement } from './format.js';
export { manifestMime } from './manifest.js';
export { collectChecks, collectManifest, notebookFaults } from './notebookAtHand.js';
export {
  publicationFile,
  publicationRun,
  publicationRuns,
  publishedFor,
  writePublicationRuns,
} from './publication.js';
export { finding, isInside } from './verdict.js';
export { committedVerdictsFile, compareVerdicts, verdictsOf, writeVerdicts } from './verdicts.js';
