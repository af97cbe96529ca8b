// Measurement: statistics of chains, observables of samples, work, the certificate.
export { inGroups } from './chains/groups.js';
export { binderCumulant } from './criticality/binderCumulant.js';
export { type FluctuationOptions, heatCapacity, susceptibility } from './criticality/fluctuations.js';
export { correlationLength } from './criticality/correlationLength.js';
export { reweight, type Reweighted, type ReweightOptions } from './criticality/reweight.js';
export { type BinderData, binderCurve, type MeasuredCurve } from './criticality/measuredCurve.js';
export { type Crossing, crossing, type CrossingOptions } from './criticality/crossing.js';
export { netCurrents, type NetCurrent, type NetCurrents } from './netCurrents.js';
export { jarzynski, type WorkEstimate } from './work/jarzynski.js';
export { bennett } from './work/bennett.js';
export { type CrooksLine, crooksLine } from './work/crooksLine.js';
export { type Integral, type PathPoint, thermodynamicIntegration } from './work/thermodynamicIntegration.js';
export {
  boundPrices,
  devicePrices,
  landauerBound,
  type Price,
  type PriceTable,
} from './work/energyPrices.js';
export { landauerLedger, type LandauerLedger, type LedgerItem } from './work/landauerLedger.js';
export { countOverwrites, type Overwrites } from './observables/countOverwrites.js';
export { type HeatStage, entropyProduction } from './work/entropyProduction.js';
export { firstPassages, type PassageTime, passageTimes } from './times/passageTimes.js';
export { splitBrain, type SplitBrain } from './observables/splitBrain.js';
export { autocorrelationTime } from './chains/autocorrelationTime.js';
export { effectiveSampleSize } from './chains/effectiveSampleSize.js';
export { splitRHat } from './chains/rHat.js';
export { modeVariances } from './chains/modeVariances.js';
export { gaussianEntropy } from './observables/gaussianEntropy.js';
export { effectiveDraws, empiricalLaw } from './chains/empiricalLaw.js';
export { separated } from './chains/separated.js';
export { observe, type ChainSamples, type LocalEnergy, type Observable } from './chains/samples.js';
export {
  angleOrder,
  disagreement,
  energyOf,
  magnetisation,
  majorityFraction,
  ofComponent,
  orderParameter,
  overlap,
} from './observables/observables.js';
export { configurationalTemperature } from './observables/configurationalTemperature.js';
export { localTemperatures, spinTemperature } from './observables/spinTemperature.js';
export { certify } from './certificate/certify.js';
export type { Certificate, CertificateNumbers, ObservableReport } from './certificate/certificate.js';
export type { TotalVariation } from './certificate/enumeratedLaw.js';
export { detectionCurve, type DetectionCurve } from './times/detectionCurve.js';
export { calibration, type Calibration, type CalibrationBin } from './times/calibration.js';
export { survival, type Survival } from './times/survival.js';
