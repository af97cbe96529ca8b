export { constant, geometric, logarithmic, type Schedule, type Temperature } from './schedule.js';
export { langevin, type LangevinMethod, type LangevinOptions, type LangevinState } from './langevin.js';
export { metropolis, type MetropolisOptions, type MetropolisState } from './metropolis.js';
export { flip, gaussian, relabel, type Proposal } from './proposal.js';
export { sample, SamplingAborted, type SampleOptions, type Samples } from './sample.js';
export { parseState, serialiseState } from './savedState.js';
export { stabilityBound } from './stability.js';
export type { ValuesShape, Sampler, SavedState } from './sampler.js';
export { rampWork } from './rampWork.js';
