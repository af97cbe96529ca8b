// The ledger: sentences of both documents, and findings that runs decide.
export { type Sentence, type SentenceClass, sentence, sentences } from './sentence.js';
export type { Finding } from './finding.js';
export { answerOf, finding, findings } from './findings.js';
export type {
  ClosedInterval,
  Control,
  Evidence,
  Measurements,
  Quantities,
  Quantity,
  Region,
} from './quantity.js';
export type { Claim, Kind } from './claim.js';
export { earlierRows } from './earlier.js';
export {
  type Answer,
  type Decidable,
  type EarlierVerdict,
  type Judgement,
  judge,
  type Says,
  type Verdict,
} from './verdict.js';
export { Check, type CheckRecord, check, sessionChecks } from './checkClaim.js';
export { exactly, meanOver, proportion, relativeTo } from './measurement.js';
export { ledgerFaults } from './audit.js';
export { Manifest, type ManifestRecord, type RunFacts, manifest, trajectoryHash } from './manifest.js';
export { type VerdictChange, type VerdictRecord, type Verdicts, readVerdicts } from './verdicts.js';
export type { PublicationRun, PublicationRuns } from './publication.js';
