// Where the field of compiled Langevin steps lies: in the memory of a WebAssembly program, at once, or on the GPU, where the
// device is opened, the program compiled and the field taken there with the first steps.
import type { Update } from '../codegen/index.js';
import type { Hamiltonian } from '../energy/index.js';
import { sharedGpu } from '../machine/index.js';
import { GpuStepper, WasmStepper, type StepperShape } from '../stepper/index.js';

export interface HeldField {
  stepper(): WasmStepper | Promise<GpuStepper>;
  /** The stepper, where it answers at once. @throws TypeError where it does not */
  here(): WasmStepper;
  dispose(): void;
}

/** Holds a field for an energy's steps, and the noise of the step to come where the update keeps it. */
export type HoldField = (energy: Hamiltonian, update: Update, shape: StepperShape, values: Float32Array, noise?: Float32Array) => HeldField;

export const inMemory: HoldField = (energy, update, shape, values, noise) => {
  const stepper = new WasmStepper('langevin', energy, update, shape);
  stepper.load(values, noise);
  return { stepper: () => stepper, here: () => stepper, dispose() {} };
};

export const onGpu: HoldField = (energy, update, shape, values, noise) => {
  let made: Promise<GpuStepper> | undefined;
  const make = async (): Promise<GpuStepper> => {
    const stepper = await GpuStepper.create('langevin', await sharedGpu(), energy, update, shape);
    stepper.load(values, noise);
    return stepper;
  };
  return {
    stepper: () => (made ??= make()),
    here() {
      throw new TypeError("langevin: engine 'webgpu' answers asynchronously and has no single step; use sample() or advance()");
    },
    dispose: () => void made?.then((stepper) => stepper.dispose(), () => {}), // whoever asked for it has heard of an error
  };
};
