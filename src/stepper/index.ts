export { FieldDiverged } from './fieldDiverged.js';
export { GpuStepper } from './gpuStepper.js';
export { StepperDied } from './runs.js';
export { WasmStepper, type Drive, type StepperShape } from './wasmStepper.js';
export { MoveStepper, type MoveSetup } from './moveStepper.js';
export { MultispinStepper, type Lattices } from './multispinStepper.js';
export type { MoveDrive } from './sweeps.js';
