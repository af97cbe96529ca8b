export { directionName, parameterName, type LocalBond, type LocalParameter, type LocalSite, type LocalTerm } from './localTerm.js';
export { chainsAtOnce, LANES, stepCode, type StepShape, type Update } from './step.js';
export { langevinUpdate, slopeOnly, type LangevinMethod } from './langevinUpdate.js';
export { SUM_BLOCK } from './gauge.js';
export { wasmProgram, type Gauge, type WasmProgram } from './wasmProgram.js';
export { gpuPhases, type GpuPhase } from './gpuProgram.js';
export { wgslProgram, type WgslOptions, type WgslProgram } from './wgsl.js';
