// Exact results: what a correct sampler must reproduce.
export { type BoltzmannLaw, boltzmannLaw } from './boltzmann.js';
export {
  enumerateIsing, isingDistribution, isingEnergies, isingState, type IsingEquilibrium, type IsingParameters,
} from './ising.js';
export { kaufmanIsing, type TorusIsing } from './kaufman.js';
export { totalVariationDistance, totalVariationFloor } from './totalVariation.js';
export {
  GaussianFreeField, gaussianFreeField, type GaussianFreeFieldParameters,
} from './gaussianFreeField.js';
export {
  type OrnsteinUhlenbeck, ornsteinUhlenbeck, type OrnsteinUhlenbeckParameters, zeroModeVariance,
  type ZeroModeParameters,
} from './ornsteinUhlenbeck.js';
export { type CovarianceParameters, langevinCovariance } from './langevinCovariance.js';
export { type SgldCovariance, sgldCovariance, type SgldParameters } from './sgldCovariance.js';
export { eulerMaruyamaRatio, leimkuhlerMatthewsRatio } from './stepBias.js';
export { quenchWork, rampFreeEnergy, type RampParameters } from './ramp.js';
export { meanRampWork, type RampProtocol } from './rampWork.js';
export { type CurieWeiss, curieWeiss, type MeanFieldParameters } from './curieWeiss.js';
export { fadingMeanField, type FadingMeanField } from './fadingMeanField.js';
export { type PinnedBranches, pinnedMagnetisations, type PinnedParameters, pinnedThreshold } from './pinnedSpins.js';
export { type CompleteIsing, completeIsing, type CompleteIsingParameters } from './completeIsing.js';
export { type ChainParameters, type RingIsing, ringIsing } from './ringIsing.js';
export { glauberRate, glauberWalls } from './glauberWalls.js';
export { type SquareIsing, squareIsing } from './squareIsing.js';
export { type BetheIsing, betheIsing } from './betheIsing.js';
export { type BethePercolation, bethePercolation } from './bethePercolation.js';
export { type MeanFieldXY, meanFieldXY } from './meanFieldXY.js';
export { screenedPoisson, type ScreenedPoissonOptions } from './screenedPoisson.js';
export { siteKernel, type SiteKernel, type SiteKernelParameters, type SiteProbabilities } from './siteKernel.js';
export { shotNoise, type ShotNoise, type ShotNoiseParameters } from './shotNoise.js';
export { detectionArea, type DetectionParameters } from './detectionArea.js';
export { stationaryLaw } from './stationaryLaw.js';
export { antisymmetricFlux, type AntisymmetricFlux, oneWayTransitions } from './antisymmetricFlux.js';
export { type CooledMode, cooledMode, type CooledModeParameters, type CooledModeState } from './cooledMode.js';
export { mixingTime, spectralGap } from './mixing.js';
export { pastInformation } from './pastInformation.js';
export { type SquarePotts, squarePotts } from './squarePotts.js';
export { type MeanFieldPotts, meanFieldPotts } from './meanFieldPotts.js';
export { type CompletePotts, completePotts } from './completePotts.js';
export { type BarrierParameters, kramersTime, meanFirstPassageTime, type PassageParameters } from './firstPassage.js';
export { type GroundState, groundState } from './groundState.js';
export { type DeepestTrap, deepestTrap } from './deepestTrap.js';
export { hopfieldCapacity, type HopfieldParameters, type HopfieldRetrieval, hopfieldRetrieval } from './hopfield.js';
export type { BirthDeath } from './birthDeath.js';
export { latticeFront, type LatticeFront, type LatticeFrontParameters } from './latticeFront.js';
