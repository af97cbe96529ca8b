// What other rooms use of this one: the door, and what stands behind it.
export * from './door.js';
export { openSweep } from './openSweeps.js';
export { cancelJobs, inQueue } from './slurmQueue.js';
