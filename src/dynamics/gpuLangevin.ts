// Langevin steps on the GPU: the field stays on the device, and what is asked of it comes back asynchronously. The device
// is opened and the program compiled with the first steps.
import { langevinUpdate } from '../codegen/index.js';
import { summarised } from '../display/index.js';
import type { Hamiltonian } from '../energy/index.js';
import { constantField, type Field } from '../field/index.js';
import { sharedGpu } from '../machine/index.js';
import { Purpose, randomKey, type Key, type Seed } from '../random/index.js';
import { FieldDiverged, GpuStepper } from '../stepper/index.js';
import { noiseAt } from './compiledLangevin.js';
import { samplerCard, savedStateCard } from './display.js';
import type { LangevinSetup } from './langevin.js';
import { checkSaved, SamplerStopped, type Sampler, type ValuesShape } from './sampler.js';
import { requireStable } from './stability.js';

export interface GpuState {
  readonly step: number;
  readonly seed: Seed;
  readonly key: Key;
  readonly shape: ValuesShape;
  readonly gauge: Field['gauge'];
  readonly device: OnDevice;
  readonly energy: Hamiltonian;
}

/** A field on the device, taken there when it is first needed. */
class OnDevice {
  #made: Promise<GpuStepper> | undefined;
  constructor(readonly make: () => Promise<GpuStepper>) {}
  stepper(): Promise<GpuStepper> {
    return (this.#made ??= this.make());
  }
  dispose(): void {
    this.#made?.then((stepper) => stepper.dispose(), () => {}); // whoever asked for it has heard of an error
  }
}

export function gpuLangevin(energy: Hamiltonian, { name, temperature, timeStep, method }: LangevinSetup): Sampler<GpuState> {
  const nodes = energy.graph.nodeCount;
  const update = langevinUpdate[method];

  const start = (at: Omit<GpuState, 'key' | 'device' | 'energy'>, values: Float32Array, noise?: Float32Array): GpuState => {
    const [, components, chains] = at.shape;
    const key = randomKey(at.seed, 'langevin');
    const device = new OnDevice(async () => {
      const stepper = await GpuStepper.create('langevin', await sharedGpu(), energy, update, { components, chains, gauge: at.gauge });
      stepper.load(values, noise ?? noiseAt(key, at.step, at.shape));
      return stepper;
    });
    return { ...at, key, energy, device };
  };
  const own = async (state: GpuState): Promise<GpuState> => {
    if (state.energy === energy) return state;
    const stepper = await state.device.stepper();
    return start(state, await stepper.read(), await stepper.readNoise());
  };

  return summarised<Sampler<GpuState>>({
    name,
    energy,
    temperature,
    initialField: ({ components, chains }) => constantField({ sites: nodes, components, chains }, 0),

    init(field, seed) {
      const shape: ValuesShape = [nodes, field.components, field.chains];
      requireStable(energy, field, timeStep);
      return start({ step: 0, seed, shape, gauge: field.gauge }, field.values);
    },

    step() {
      throw new TypeError("langevin: engine 'webgpu' answers asynchronously and has no single step; use sample() or advance()");
    },

    async advance(given, steps, signal) {
      const state = await own(given);
      const stepper = await state.device.stepper();
      const outcome = await stepper.run(steps, {
        firstStep: state.step,
        key: state.key,
        purpose: Purpose.noise,
        numbers: { timeStep },
        amplitude: (at) => Math.sqrt(2 * temperature.at(at) * timeStep),
      }, signal);
      const moved = { ...state, step: state.step + outcome.steps };
      if (outcome.code === 0) return moved;
      const [before, after] = [await stepper.readBefore(), await stepper.read()];
      const last = start({ ...state, step: moved.step - 1 }, before);
      throw new SamplerStopped(new FieldDiverged('langevin', energy, state.shape, { before, after, step: last.step }), last);
    },

    read: async ({ device }) => (await device.stepper()).read(),
    acceptance: () => undefined,

    async save({ step, seed, key, shape, gauge, device }) {
      const stepper = await device.stepper();
      const [values, noise] = [await stepper.read(), (await stepper.readNoise()) ?? noiseAt(key, step, shape)];
      return summarised({ sampler: name, seed, step, shape, gauge, arrays: { values, noise } }, savedStateCard);
    },

    restore(saved) {
      checkSaved(name, nodes, saved);
      const [values, noise] = ['values', 'noise'].map((array) => Float32Array.from(saved.arrays[array]));
      return start({ step: saved.step, seed: saved.seed, shape: saved.shape, gauge: saved.gauge }, values, noise);
    },

    dispose: ({ device }) => device.dispose(),
  }, samplerCard);
}
