export type {
  Claim, Control, Evidence, Interval, Kind, Measurement, Measurements, Quantity, Region, Verdict,
} from './claim.js';
export { claim, ledger } from './ledger.js';
export { type Finding, type Judgement, finding, isInside, judge } from './verdict.js';
export { Check, type CheckRecord, check, checkMime, sessionChecks } from './check.js';
export { exactly, meanOver, proportion, relativeTo } from './measurement.js';
export { ledgerFaults } from './audit.js';
export { Manifest, type ManifestRecord, type RunFacts, manifest, manifestMime, trajectoryHash } from './manifest.js';
export { collectChecks, collectManifest, notebookFaults } from './notebook.js';
export { orphans, type Place, placesIn } from './places.js';
export { type LedgerPage, ledgerPage, whyOpen } from './ledgerPage.js';
export {
  type VerdictChange, type VerdictRecord, type Verdicts,
  committedVerdictsFile, compareVerdicts, readVerdicts, verdictsOf, writeVerdicts,
} from './verdicts.js';
export { writeAtomically } from './atomic.js';
export {
  type PublicationRun, type PublicationRuns,
  publicationFile, publicationRun, publicationRuns, publishedFor, writePublicationRuns,
} from './publication.js';
export { falseAlarmBound } from './falseAlarm.js';
export { type LedgerLine, ledgerLines, ledgerTable, verdictCounts } from './table.js';
