export {
  directionName,
  parameterName,
  type LocalBond,
  type LocalParameter,
  type LocalSite,
  type LocalTerm,
} from './terms/localTerm.js';
export {
  countName,
  couplingName,
  wideLengths,
  type GlobalTerm,
  type StarTerm,
  type StepTerm,
} from './terms/wideTerm.js';
export { isArithmetic } from './language/lower.js';
export { FAR_GROUP } from './passes/far.js';
export { stepCode, type Update } from './passes/step.js';
export { LANES, type ByNode, type StepShape } from './terms/vicinity.js';
export {
  baoabUpdate,
  halfStep,
  keeps,
  kick,
  langevinInputs,
  langevinUpdate,
  malaInputs,
  malaProposal,
  malaRatio,
  slopeOnly,
  type LangevinMethod,
} from './passes/updates.js';
export { SUM_BLOCK } from './passes/gaugePass.js';
export type { States } from './moves/candidateEnergies.js';
export type { MoveRule } from './moves/moveRule.js';
export {
  GRAIN,
  moveLayout,
  movePlaces,
  SCRATCH,
  type MoveLayout,
  type MoveOrder,
  type MoveShape,
} from './moves/moveLayout.js';
export { sumLanes } from './passes/energyPass.js';
export { DIGITS, turnedDigits } from './moves/bitPlanes.js';
export { TABLE_WORDS, type MultispinShape } from './moves/multispinSweep.js';
export { MAX_REJECTIONS } from './passes/malaPass.js';
export {
  energyProgram,
  malaProgram,
  wasmMoves,
  wasmMultispin,
  wasmProgram,
  type Gauge,
  type PhaseRange,
  type StepPhase,
  type WasmProgram,
} from './wasm/wasmProgram.js';
export {
  gatherProgram,
  noiseProgram,
  scatterProgram,
  segmentSumProgram,
  sortedScatterProgram,
  tapeProgram,
  totalProgram,
  widthClass,
} from './tensors/tensorPrograms.js';
export type { TapeInput, TapeShape } from './tensors/tapeCode.js';
export type { Law } from './passes/noiseRows.js';
export { gpuMoves, gpuPhases, type GpuPhase } from './wgsl/gpuPhases.js';
export { wgslProgram, type WgslOptions, type WgslProgram } from './wgsl/wgsl.js';
