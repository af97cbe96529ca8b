// The proposal's own program (EMTD, section 3.3), preserved with its faults, and measurements on it.
export {
  localEnergy as referenceLocalEnergy,
  type NeighbourLists,
  referenceEnergyChange,
  type ReferenceState,
} from './programEnergy.js';
export { type ReferenceInput, type ReferenceRun, referenceTemperature, runReference } from './program.js';
export { originalTraces, type RecordedRun, type ReferenceTrace } from './trace.js';
export { replayTrace, traceDifferences } from './replay.js';
export {
  type Ensemble,
  type EnsembleInput,
  type EnsembleRun,
  injectionProbability,
  neighbourLists,
  referenceEnsemble,
  referenceOutcome,
  type ReferenceOutcome,
  referenceRuns,
} from './ensemble.js';
export { originalEnsembles } from './original.js';
export type { OriginalEnsemble } from './ensemble.js';
export { lightCone, type Shell } from './lightCone.js';
