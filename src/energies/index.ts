// What other rooms use of this one: the door, and what stands behind it.
export * from './door.js';
export { requireCurved, requireCodomain, firstOther } from './codomain.js';
export {
  notCompiled,
  stepTerms,
  notLocal,
  localTerms,
  moveTerms,
  reachOf,
  requireFewComponents,
  notMovable,
} from './localTerms.js';
export { ParameterTable, isOriented } from './parameters.js';
export { phasesOf } from './phases.js';
export { requireEnergy } from './requireEnergy.js';
export { tablesOf, farNeighbours, edgesOf } from './tables.js';
