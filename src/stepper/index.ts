export { FieldDiverged } from './fieldDiverged.js';
export { GpuStepper } from './gpuStepper.js';
export { StepperDied, WasmStepper, type Drive, type StepperShape } from './wasmStepper.js';
