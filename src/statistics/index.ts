// What other rooms use of this one: the door, and what stands behind it.
export * from './door.js';
export { blockedMean, Blocking } from './blocking.js';
export { plusMinus, withInterval, estimateText, short, estimateOf } from './estimate.js';
export { studentInterval } from './interval.js';
export { meanWithError, deviations } from './mean.js';
export { requireChains, jackknifeEstimate, meanRow, averagesOf } from './overChains.js';
export { normalScores, ranks } from './ranks.js';
export { checkChains, splitInHalf, concatenate } from './splitChains.js';
