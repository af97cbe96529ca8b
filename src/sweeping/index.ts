// What other rooms use of this one: the door, and what stands behind it.
export * from './door.js';
export { labHash } from './code.js';
export { keyOf, type Numbers, type Over } from './plan.js';
export { Results } from './results.js';
export { inProcess } from './sweep.js';
export type { ParametersOf } from './sweepOptions.js';
export { openSweep } from './openSweeps.js';
export { cancelJobs, inQueue } from './slurmQueue.js';
