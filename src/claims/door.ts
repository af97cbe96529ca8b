// The ledger of the documents' claims: regions that support or refute them, checks of measured numbers,
// verdicts.
export type {
  Claim,
  Control,
  Evidence,
  ClosedInterval,
  Kind,
  Measurements,
  Quantity,
  Region,
  Verdict,
} from './claim.js';
export { claim, ledger } from './ledger.js';
export type { Mark } from './mark.js';
export { type Finding, type Judgement, judge } from './verdict.js';
export { Check, type CheckRecord, check, sessionChecks } from './checkClaim.js';
export { exactly, meanOver, proportion, relativeTo } from './measurement.js';
export { ledgerFaults } from './audit.js';
export { Manifest, type ManifestRecord, type RunFacts, manifest, trajectoryHash } from './manifest.js';
export { type Mention, mentionsIn } from './claimMentions.js';
export { type LedgerPage, ledgerPage, openReason } from './ledgerPage.js';
export { type VerdictChange, type VerdictRecord, type Verdicts, readVerdicts } from './verdicts.js';
export type { PublicationRun, PublicationRuns } from './publication.js';
export { falseAlarmBound } from './falseAlarm.js';
export { type LedgerLine, ledgerLines, ledgerTable, verdictCounts } from './ledgerTable.js';
