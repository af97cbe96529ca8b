export type {
  Claim, Control, Evidence, Interval, Kind, Measurement, Measurements, Quantity, Region, Verdict,
} from './claim.js';
export { claim, ledger } from './ledger.js';
export { type Finding, type Judgement, finding, isInside, judge } from './verdict.js';
export { Check, type CheckRecord, check, checkMime } from './check.js';
export { exactly, meanOver, proportion, relativeTo } from './measurement.js';
export { ledgerFaults } from './audit.js';
