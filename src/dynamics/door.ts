// Samplers of exp(-H/T), runs that keep records, schedules of temperature, driven runs, rare events, learning
// couplings.
export {
  constant,
  geometric,
  linear,
  logarithmic,
  type Ramp,
  type Schedule,
  type Temperature,
} from './schedules/schedule.js';
export type { NodeSchedule, NodeTemperature } from './schedules/nodeTemperature.js';
export { diffusingTemperature, type DiffusingOptions } from './schedules/diffusingTemperature.js';
export type { LangevinMethod, MoveOrder } from '../codegen/index.js';
export type { Engine } from './engine.js';
export { langevin, type LangevinOptions, type LangevinState } from './langevin/langevin.js';
export { sgld, type SgldOptions } from './langevin/sgld.js';
export { glauber } from './singleSite/glauber.js';
export { heatBath } from './singleSite/heatBath.js';
export type { MoveOptions, MoveState } from './singleSite/moveSampler.js';
export { multispin, type MultispinOptions, type MultispinState } from './singleSite/multispin.js';
export { type ClusterOptions, type ClusterState, meanClusterSize } from './clusters/clusterSampler.js';
export { swendsenWang } from './clusters/swendsenWang.js';
export { wolff } from './clusters/wolff.js';
export { mala, type MalaOptions, type MalaState } from './langevin/mala.js';
export { baoab, type BaoabOptions, type BaoabState, kineticTemperature } from './langevin/baoab.js';
export { metropolis, type MetropolisOptions, type MetropolisState } from './singleSite/metropolis.js';
export { flip, gaussian, logNormal, relabel, type Proposal } from './singleSite/proposal.js';
export { sample, type SampleOptions } from './sample.js';
export type { Samples } from './sampleResult.js';
export type { Checkpoint } from './checkpoint.js';
export type { Observables } from './observed.js';
export { concat, type ConcatOptions, type JoinedSamples } from './concat.js';
export { parseState, serialiseState } from './savedState.js';
export { stabilityBound } from './langevin/stability.js';
export type { AnyState, ValuesShape, Sampler, SavedState } from './sampler.js';
export type { Change, SavedLaw } from './lawOf.js';
export { dualAscent, type DualAscent, type DualAscentOptions } from './driven/dualAscent.js';
export { hebb, oja, type HebbOptions } from './learning/plasticity.js';
export { agreementLyapunov, type AgreementOptions, followAgreement } from './learning/adaptiveCoupling.js';
export { type BoundedConfidenceOptions, deffuant, hegselmannKrause } from './learning/boundedConfidence.js';
export { rampWork } from './driven/rampWork.js';
export { drive, type DriveOptions } from './driven/drive.js';
export type { DrivenRun } from './driven/drivenRun.js';
export { reheating, type ReheatingOptions } from './schedules/reheating.js';
export {
  constantSpeed,
  type ConstantSpeedOptions,
  type ConstantSpeedSchedule,
} from './schedules/constantSpeed.js';
export type { Tempering } from './tempering/ladder.js';
export { parallelTempering, type TemperingOptions } from './tempering/parallelTempering.js';
export type { TemperingState } from './tempering/temperingState.js';
export {
  densityOfStates,
  type DensityOfStates,
  type DensityOptions,
  type DensityProgress,
} from './flatHistogram/densityOfStates.js';
export {
  forwardFlux,
  type ForwardFluxOptions,
  type RareEvent,
  type RareTime,
} from './rareEvents/forwardFlux.js';
export { Aborted, RunFailed } from '../display/index.js';
export { setThreads, threadCount } from '../runtime/index.js';
