// What other rooms use of this one: the door, and what stands behind it.
export * from './door.js';
export { checkMime } from './checkClaim.js';
export { decidables } from './decidables.js';
export { formatInterval, formatMeasurement } from './format.js';
export { ledgerPage } from './ledgerPage.js';
export { manifestMime } from './manifest.js';
export { collectChecks, collectManifest, notebookFaults } from './notebookAtHand.js';
export {
  publicationFile,
  publicationRun,
  publicationRuns,
  publishedFor,
  writePublicationRuns,
} from './publication.js';
export { isControl } from './quantity.js';
export { findingWord, scoreboard, scoreboardText } from './scoreboard.js';
export { classText, quotation } from './sentence.js';
export { isInside, saysOf } from './verdict.js';
export { committedVerdictsFile, compareVerdicts, verdictsOf, writeVerdicts } from './verdicts.js';
