// Exact results: what a correct sampler must reproduce.
export { type BoltzmannLaw, boltzmannLaw } from './markov/boltzmann.js';
export {
  enumerateIsing,
  isingDistribution,
  isingEnergies,
  isingState,
  type IsingEquilibrium,
  type IsingParameters,
} from './ising/ising.js';
export type { Equilibrium, EquilibriumPerNode, MeanFieldParameters } from './modelNumbers.js';
export { kaufmanIsing, type TorusIsing } from './ising/kaufman.js';
export { totalVariationDistance, totalVariationFloor } from './markov/totalVariation.js';
export {
  GaussianFreeField,
  gaussianFreeField,
  type GaussianFreeFieldParameters,
} from './gaussian/gaussianFreeField.js';
export {
  type OrnsteinUhlenbeck,
  ornsteinUhlenbeck,
  type OrnsteinUhlenbeckParameters,
  zeroModeVariance,
  type ZeroModeParameters,
} from './gaussian/ornsteinUhlenbeck.js';
export { type CovarianceParameters, langevinCovariance } from './gaussian/langevinCovariance.js';
export { type SgldCovariance, sgldCovariance, type SgldParameters } from './gaussian/sgldCovariance.js';
export { eulerMaruyamaRatio, leimkuhlerMatthewsRatio } from './gaussian/stepBias.js';
export {
  meanRampWork,
  quenchWork,
  rampFreeEnergy,
  type RampParameters,
  type RampProtocol,
} from './gaussian/ramp.js';
export { type CurieWeiss, curieWeiss } from './ising/curieWeiss.js';
export { fadingMeanField, type FadingMeanField } from './presence/fadingMeanField.js';
export {
  type PinnedBranches,
  pinnedMagnetisations,
  type PinnedParameters,
  pinnedThreshold,
} from './ising/pinnedSpins.js';
export { type CompleteIsing, completeIsing, type CompleteIsingParameters } from './ising/completeIsing.js';
export { type ChainParameters, type RingIsing, ringIsing } from './ising/ringIsing.js';
export { glauberWalls } from './ising/glauberWalls.js';
export { type GossipIsing, gossipIsing, type GossipParameters } from './ising/gossipIsing.js';
export { type SquareIsing, squareIsing } from './ising/squareIsing.js';
export { type BetheIsing, betheIsing } from './ising/betheIsing.js';
export { type BethePercolation, bethePercolation } from './presence/bethePercolation.js';
export { type MeanFieldXY, meanFieldXY } from './potts/meanFieldXY.js';
export { screenedPoisson, type ScreenedPoissonOptions } from './gaussian/screenedPoisson.js';
export {
  transitionMatrix,
  type TransitionMatrix,
  type TransitionParameters,
  type SiteProbabilities,
} from './markov/transitionMatrix.js';
export { shotNoise, type ShotNoise, type ShotNoiseParameters } from './presence/shotNoise.js';
export { detectionArea, type DetectionParameters } from './presence/detectionArea.js';
export { annealedProbability } from './markov/annealedProbability.js';
export { barrier } from './markov/barrier.js';
export { stationaryLaw } from './markov/stationaryLaw.js';
export { antisymmetricFlux, type AntisymmetricFlux, oneWayTransitions } from './markov/antisymmetricFlux.js';
export {
  type CooledMode,
  cooledMode,
  type CooledModeParameters,
  type CooledModeState,
} from './gaussian/cooledMode.js';
export { mixingTime, spectralGap } from './markov/mixing.js';
export { type SquarePotts, squarePotts } from './potts/squarePotts.js';
export { type MeanFieldPotts, meanFieldPotts } from './potts/meanFieldPotts.js';
export { type CompletePotts, completePotts } from './potts/completePotts.js';
export {
  type BarrierParameters,
  kramersTime,
  meanFirstPassageTime,
  type PassageParameters,
} from './markov/firstPassage.js';
export { type GroundState, groundState } from './landscapes/groundState.js';
export { type DeepestTrap, deepestTrap } from './landscapes/deepestTrap.js';
export {
  hopfieldCapacity,
  type HopfieldParameters,
  type HopfieldRetrieval,
  hopfieldRetrieval,
} from './ising/hopfieldRetrieval.js';
export type { BirthDeath } from './markov/birthDeath.js';
export { latticeFront, type LatticeFront, type LatticeFrontParameters } from './presence/latticeFront.js';
