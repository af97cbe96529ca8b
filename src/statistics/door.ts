// Statistics of independent values: means, intervals, correlations, lines.
export { mean, variance } from './mean.js';
export type { Estimate } from './estimate.js';
export type { BlockedMean } from './blocking.js';
export type { LevelOption } from '../numerics/rules.js';
export { interval } from './interval.js';
export { jackknife } from './jackknife.js';
export { binomialInterval } from './binomialInterval.js';
export { correlation, spearman } from './spearman.js';
export { fitLine, type Line } from './fitLine.js';
