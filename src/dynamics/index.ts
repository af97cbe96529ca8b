// What other rooms use of this one: the door, and what stands behind it.
export * from './door.js';
export { chainsOf } from './chains.js';
export { requireCounts } from './checkRecords.js';
export { samplesCard } from './sampleResult.js';
export { SamplerStopped } from './sampler.js';
export { pickLabel } from './singleSite/siteRule.js';
