export { FieldDiverged } from './fieldDiverged.js';
export { GpuStepper } from './gpuStepper.js';
export { StepperDied } from './runs.js';
export { WasmStepper, type Drive, type StepperShape } from './wasmStepper.js';
export { MoveStepper } from './moveStepper.js';
export { GpuMoveStepper } from './gpuMoveStepper.js';
export type { MoveSetup } from './moveRows.js';
export { MultispinStepper, type Lattices } from './multispinStepper.js';
export type { MoveDrive } from './sweeps.js';
