// The proposal's own program (EMTD, section 3.3), frozen with its faults, and what is measured of it.
export {
  localEnergy as referenceLocalEnergy, type NeighbourLists, referenceEnergyChange, type ReferenceState,
} from './energy.js';
export { type ReferenceInput, type ReferenceRun, referenceTemperature, runReference } from './program.js';
export { parseTraces, type RecordedRun, type ReferenceTrace, TraceError } from './trace.js';
export { replayTrace, traceDifferences } from './replay.js';
export {
  type Ensemble, type EnsembleInput, type EnsembleRun, injectionProbability, neighbourLists,
  referenceEnsemble, referenceOutcome, type ReferenceOutcome, referenceRuns,
} from './ensemble.js';
export { type OriginalEnsemble, originalEnsembles } from './original.js';
export { originalTraces } from './originalTraces.js';
export { lightCone, type Shell } from './lightCone.js';
