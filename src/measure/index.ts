// Measurement: statistics of values and of chains, observables of samples, the certificate.
export { mean, meanWithError, variance } from './mean.js';
export type { Estimate } from './estimate.js';
export { interval } from './interval.js';
export { jackknife } from './jackknife.js';
export { inGroups } from './groups.js';
export { binomialInterval } from './binomialInterval.js';
export { correlation, spearman } from './spearman.js';
export { fitLine, type Line } from './fitLine.js';
export { binderCumulant } from './binderCumulant.js';
export { type FluctuationOptions, heatCapacity, susceptibility } from './fluctuations.js';
export { correlationLength } from './correlationLength.js';
export { reweight, type Reweighted, type Reweighting } from './reweight.js';
export { type BinderData, binderCurve, type MeasuredCurve } from './measuredCurve.js';
export { type Crossing, crossing, type CrossingOptions } from './crossing.js';
export { netCurrents, type NetCurrent, type NetCurrents } from './netCurrents.js';
export { jarzynski, type WorkEstimate } from './jarzynski.js';
export { bennett } from './bennett.js';
export { type CrooksLine, crooksLine } from './crooksLine.js';
export { type Integral, type PathPoint, thermodynamicIntegration } from './thermodynamicIntegration.js';
export { autocorrelationTime } from './autocorrelationTime.js';
export { effectiveSampleSize } from './effectiveSampleSize.js';
export { splitRHat } from './rHat.js';
export { modeVariances } from './modeVariances.js';
export { gaussianEntropy } from './gaussianEntropy.js';
export { effectiveDraws, empiricalLaw } from './empiricalLaw.js';
export { separated } from './separated.js';
export { observe, type ChainSamples, type LocalEnergy, type Observable } from './samples.js';
export {
  angleOrder, disagreement, energyOf, magnetisation, majorityShare, ofComponent, orderParameter,
} from './observables.js';
export { overlap } from './overlap.js';
export { configurationalTemperature } from './configurationalTemperature.js';
export { spinTemperature } from './spinTemperature.js';
export { certify } from './certify.js';
export type { Certificate, CertificateNumbers, ObservableReport } from './certificate.js';
export type { TotalVariation } from './totalVariation.js';
