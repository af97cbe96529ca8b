// Many runs of one function: on all cores of this machine, on a Slurm cluster, or in shards.
export { seeds, until, type Until, type UntilOptions } from './seeds.js';
export { type Cluster, slurm, type SlurmOptions } from './slurm.js';
export type { Job } from './slurmQueue.js';
export type { HereOptions } from './makeRuns.js';
export type { Run, RunContext } from './oneRun.js';
export type { FailedRun } from './results.js';
export type { SweepStatus } from './status.js';
export { type Sweep, sweep } from './sweep.js';
export type { SweepOptions } from './sweepOptions.js';
