// Where the field of compiled Langevin steps lies: in the memory of a WebAssembly program, at once, or on the GPU, where the
// device is opened, the program compiled and the field taken there with the first steps.
import type { Update } from '../../codegen/index.js';
import type { Hamiltonian } from '../../energy/index.js';
import { sharedGpu } from '../../runtime/index.js';
import { GpuStepper, WasmStepper, type StepperShape } from '../compiled/index.js';

export interface HeldField {
  stepper(): WasmStepper | Promise<GpuStepper>;
  /** Another field; the noise stays, the velocities become what they are with it. */
  load(values: Float32Array, reloaded: (velocity: Float32Array, from: Float32Array) => Float32Array): void;
  dispose(): void;
}

interface Arrays {
  readonly values: Float32Array;
  /** Of the step to come, where the update keeps it. */
  readonly noise?: Float32Array | undefined;
  readonly velocity?: Float32Array | undefined;
}

/** Holds a field for an energy's steps. */
export type HoldField = (caller: string, energy: Hamiltonian, update: Update, shape: StepperShape, arrays: Arrays) => HeldField;

export const inMemory: HoldField = (caller, energy, update, shape, { values, noise, velocity }) => {
  const stepper = new WasmStepper(caller, energy, update, shape);
  stepper.load(values, noise, velocity);
  return {
    stepper: () => stepper,
    load(other, reloaded) {
      const now = stepper.readVelocity();
      stepper.load(other, undefined, now && reloaded(now, stepper.read()));
    },
    dispose() {},
  };
};

export const onGpu: HoldField = (caller, energy, update, shape, { values, noise, velocity }) => {
  let made: Promise<GpuStepper> | undefined;
  const make = async (): Promise<GpuStepper> => {
    const stepper = await GpuStepper.create(caller, await sharedGpu(), energy, update, shape);
    stepper.load(values, noise, velocity);
    return stepper;
  };
  const stepper = (): Promise<GpuStepper> => (made ??= make());
  return {
    stepper,
    load(other, reloaded) {
      made = stepper().then(async (ready) => {
        const now = await ready.readVelocity();
        ready.load(other, undefined, now && reloaded(now, await ready.read()));
        return ready;
      });
    },
    dispose: () => void made?.then((ready) => ready.dispose(), () => {}), // whoever asked for it has heard of an error
  };
};
