// Measurement: statistics of values and of chains, observables of samples, the certificate.
export { fitLine, type Line } from './fitLine.js';
export { inGroups } from './groups.js';
export { modeVariances } from './modeVariances.js';
export { effectiveDraws, empiricalLaw } from './empiricalLaw.js';
export { mean, meanWithError, variance } from './mean.js';
export type { Estimate } from './estimate.js';
export { interval } from './interval.js';
export { binomialInterval } from './binomial-interval.js';
export { correlation, spearman } from './spearman.js';
export { autocorrelationTime } from './autocorrelation-time.js';
export { effectiveSampleSize } from './effective-sample-size.js';
export { splitRHat } from './r-hat.js';
export { gaussianEntropy } from './gaussianEntropy.js';
export { jackknife } from './jackknife.js';
