// What other rooms use of this one: the door, and what stands behind it.
export * from './door.js';
export { labHash } from './code.js';
export { keyOf } from './plan.js';
export { Results } from './results.js';
export { openSweep } from './openSweeps.js';
export { cancelJobs, inQueue } from './slurmQueue.js';
