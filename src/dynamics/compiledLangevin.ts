// Langevin steps by code compiled for the energy, on one thread or on all: the field stays in the program's memory.
import { langevinUpdate } from '../codegen/index.js';
import { summarised } from '../display/index.js';
import type { Hamiltonian } from '../energy/index.js';
import { constantField, type Field } from '../field/index.js';
import type { Outcome } from '../machine/index.js';
import { normals, Purpose, randomKey, type Key, type Seed } from '../random/index.js';
import { FieldDiverged, StepperDied, WasmStepper, type Drive } from '../stepper/index.js';
import { samplerCard, savedStateCard } from './display.js';
import type { LangevinSetup } from './langevin.js';
import { checkSaved, SamplerStopped, type Sampler, type ValuesShape } from './sampler.js';
import { requireStable } from './stability.js';

export interface CompiledState {
  readonly step: number;
  readonly seed: Seed;
  readonly key: Key;
  readonly shape: ValuesShape;
  readonly gauge: Field['gauge'];
  readonly stepper: WasmStepper;
}

export function compiledLangevin(energy: Hamiltonian, { name, temperature, timeStep, method }: LangevinSetup): Sampler<CompiledState> {
  const nodes = energy.graph.nodeCount;
  const update = langevinUpdate[method];

  const start = (at: Omit<CompiledState, 'key' | 'stepper'>, values: Float32Array, noise?: Float32Array): CompiledState => {
    const [, components, chains] = at.shape;
    const key = randomKey(at.seed, 'langevin');
    const stepper = new WasmStepper('langevin', energy, update, { components, chains, gauge: at.gauge });
    stepper.load(values, noise ?? noiseAt(key, at.step, at.shape));
    return { ...at, key, stepper };
  };
  /** The state in a memory of this sampler's program: another sampler may have made it. */
  const own = (state: CompiledState): CompiledState =>
    state.stepper.energy === energy ? state : start(state, state.stepper.read(), state.stepper.readNoise());
  const drive = ({ step, key }: CompiledState): Drive => ({
    firstStep: step,
    key,
    purpose: Purpose.noise,
    numbers: { timeStep },
    amplitude: (at) => Math.sqrt(2 * temperature.at(at) * timeStep),
  });
  /** The state after so many steps, where the noise to come was lost: it follows from the step. */
  const renewed = (state: CompiledState, steps: number, values: Float32Array): CompiledState =>
    start({ ...state, step: state.step + steps }, values);
  const after = (state: CompiledState, { steps, code }: Outcome): CompiledState => {
    if (code === 0) return { ...state, step: state.step + steps };
    const [before, now] = [state.stepper.readBefore(), state.stepper.read()];
    const last = renewed(state, steps - 1, before);
    throw new SamplerStopped(new FieldDiverged('langevin', energy, state.shape, { before, after: now, step: last.step }), last);
  };

  return summarised<Sampler<CompiledState>>({
    name,
    energy,
    temperature,
    initialField: ({ components, chains }) => constantField({ sites: nodes, components, chains }, 0),

    init(field, seed) {
      const shape: ValuesShape = [nodes, field.components, field.chains];
      requireStable(energy, field, timeStep);
      return start({ step: 0, seed, shape, gauge: field.gauge }, field.values);
    },

    step(given) {
      const state = own(given);
      return after(state, state.stepper.runHere(1, drive(state)));
    },

    async advance(given, steps, signal) {
      const state = own(given);
      const outcome = await state.stepper.run(steps, drive(state), signal).catch((error: unknown) => {
        if (!(error instanceof StepperDied)) throw error;
        throw new SamplerStopped(error, renewed(state, error.steps, state.stepper.read()));
      });
      return after(state, outcome);
    },

    read: async ({ stepper }) => stepper.read(),
    acceptance: () => undefined,

    save: async ({ step, seed, key, shape, gauge, stepper }) => summarised({
      sampler: name, seed, step, shape, gauge,
      arrays: { values: stepper.read(), noise: stepper.readNoise() ?? noiseAt(key, step, shape) },
    }, savedStateCard),

    restore(saved) {
      checkSaved(name, nodes, saved);
      const [values, noise] = ['values', 'noise'].map((array) => Float32Array.from(saved.arrays[array]));
      return start({ step: saved.step, seed: saved.seed, shape: saved.shape, gauge: saved.gauge }, values, noise);
    },

    dispose() {},
  }, samplerCard);
}

/** xi_n as [nodes, components, chains]. */
export const noiseAt = (key: Key, step: number, [nodes, components, chains]: ValuesShape): Float32Array =>
  normals(new Float32Array(nodes * components * chains), key, { step, purpose: Purpose.noise, nodes, lanes: components * chains });
