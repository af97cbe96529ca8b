// Langevin steps by code compiled for the energy, wherever the field is held. The noise follows from the step, so that a
// run goes on from a field alone where what it kept was lost.
import { langevinUpdate, type Update } from '../codegen/index.js';
import { summarised } from '../display/index.js';
import type { Hamiltonian } from '../energy/index.js';
import { constantField } from '../field/index.js';
import { normals, Purpose, randomKey, type Key } from '../random/index.js';
import { FieldDiverged, StepperDied, type Drive } from '../stepper/index.js';
import { samplerCard, savedStateCard } from './display.js';
import type { HeldField, HoldField } from './heldField.js';
import type { LangevinSetup } from './langevin.js';
import { checkSaved, SamplerStopped, type Sampler, type SavedState, type ValuesShape } from './sampler.js';
import type { Schedule } from './schedule.js';
import { requireStable } from './stability.js';

type Place = Pick<SavedState, 'step' | 'seed' | 'shape' | 'gauge'>;

export interface CompiledState extends Place {
  readonly energy: Hamiltonian;
  readonly update: Update;
  readonly key: Key;
  readonly field: HeldField;
}

interface CompiledSetup extends LangevinSetup {
  readonly temperature: Schedule;
}

export function compiledLangevin(energy: Hamiltonian, { name, temperature, timeStep, method }: CompiledSetup, hold: HoldField): Sampler<CompiledState> {
  const nodes = energy.graph.nodeCount;
  const update = langevinUpdate[method];

  const start = ({ step, seed, shape, gauge }: Place, values: Float32Array, noise?: Float32Array): CompiledState => {
    const [, components, chains] = shape;
    const key = randomKey(seed, 'langevin');
    const kept = update.kept === undefined ? undefined : noise ?? noiseAt(key, step, shape);
    return { step, seed, shape, gauge, energy, update, key, field: hold(energy, update, { components, chains, gauge }, values, kept) };
  };
  /** Whether this sampler's program can go on with the state: another sampler may have made it. */
  const isOwn = (state: CompiledState): boolean => state.energy === energy && state.update === update;
  const drive = ({ step, key }: CompiledState): Drive => ({
    firstStep: step,
    key,
    purpose: Purpose.noise,
    numbers: { timeStep },
    amplitude: (at) => Math.sqrt(2 * temperature.at(at) * timeStep),
  });
  const after = (state: CompiledState, steps: number): CompiledState => ({ ...state, step: state.step + steps });
  const diverged = (state: CompiledState, steps: number, before: Float32Array, now: Float32Array): SamplerStopped => {
    const last = start(after(state, steps - 1), before);
    return new SamplerStopped(new FieldDiverged('langevin', energy, state.shape, { before, after: now, step: last.step }), last);
  };

  return summarised<Sampler<CompiledState>>({
    name,
    energy,
    temperature,
    initialField: ({ components, chains }) => constantField({ sites: nodes, components, chains }, 0),

    init(field, seed) {
      requireStable('langevin', energy, field, timeStep);
      return start({ step: 0, seed, shape: [nodes, field.components, field.chains], gauge: field.gauge }, field.values);
    },

    step(given) {
      const from = given.field.here();
      const state = isOwn(given) ? given : start(given, from.read(), from.readNoise());
      const stepper = state.field.here();
      const { steps, code } = stepper.runHere(1, drive(state));
      if (code !== 0) throw diverged(state, steps, stepper.readBefore(), stepper.read());
      return after(state, steps);
    },

    async advance(given, count, signal) {
      const from = await given.field.stepper();
      const state = isOwn(given) ? given : start(given, await from.read(), await from.readNoise());
      const stepper = await state.field.stepper();
      const { steps, code } = await stepper.run(count, drive(state), signal).catch(async (error: unknown) => {
        if (!(error instanceof StepperDied)) throw error;
        throw new SamplerStopped(error, start(after(state, error.steps), await stepper.read()));
      });
      if (code !== 0) throw diverged(state, steps, await stepper.readBefore(), await stepper.read());
      return after(state, steps);
    },

    read: async ({ field }) => (await field.stepper()).read(),
    acceptance: () => undefined,

    async save({ step, seed, key, shape, gauge, field }) {
      const stepper = await field.stepper();
      const arrays = { values: await stepper.read(), noise: (await stepper.readNoise()) ?? noiseAt(key, step, shape) };
      return summarised({ sampler: name, seed, step, shape, gauge, arrays }, savedStateCard);
    },

    restore(saved) {
      checkSaved(name, nodes, saved);
      const [values, noise] = ['values', 'noise'].map((array) => Float32Array.from(saved.arrays[array]));
      return start(saved, values, noise);
    },

    dispose: ({ field }) => field.dispose(),
  }, samplerCard);
}

/** xi_n as [nodes, components, chains]. */
const noiseAt = (key: Key, step: number, [nodes, components, chains]: ValuesShape): Float32Array =>
  normals(new Float32Array(nodes * components * chains), key, { step, purpose: Purpose.noise, nodes, lanes: components * chains });
