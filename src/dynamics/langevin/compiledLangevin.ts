// Steps of an update by code compiled for the energy, wherever the field is held.
import type { ByNode, Update } from '../../codegen/index.js';
import type { Hamiltonian } from '../../energy/index.js';
import { normals, Purpose, type Key } from '../../random/index.js';
import { FieldDiverged, StepperDied, type Drive } from '../compiled/index.js';
import type { HeldField, HoldField } from './heldField.js';
import { amplitudeOf, byNodeOf } from './nodeTemperature.js';
import { makeSampler, type Place } from '../makeSampler.js';
import { SamplerStopped, type Numbers, type Sampler, type ValuesShape } from '../sampler.js';
import type { UpdateSetup } from './updateSetup.js';

interface Kept {
  readonly setup: UpdateSetup;
  readonly energy: Hamiltonian;
  readonly update: Update;
  readonly field: HeldField;
  readonly byNode: ByNode | undefined;
}

export type CompiledState = Place & Kept;

export function compiledLangevin(energy: Hamiltonian, setup: UpdateSetup, hold: HoldField): Sampler<CompiledState> {
  const { caller, name, law, temperature, update } = setup;
  const byNode = byNodeOf(temperature);
  const fixed = byNode === 'fixed' ? amplitudeOf(temperature.at(0), setup.amplitude) : undefined;
  const numbers = Object.fromEntries([...setup.numbers].map(([symbol, value]) => [symbol.name, value]));

  const start = (place: Place, values: Float32Array, noise?: Float32Array, velocities?: Float32Array): Kept => {
    const { step, key, shape, gauge } = place;
    const [, components, chains] = shape;
    const kept = update.kept === undefined ? undefined : noise ?? noiseAt(key, step, shape);
    const velocity = velocities ?? setup.velocity?.(place, values);
    return { setup, energy, update, byNode, field: hold(caller, energy, update, { components, chains, gauge, byNode }, { values, noise: kept, velocity }) };
  };
  const drive = ({ step, key }: Place): Drive => ({
    firstStep: step,
    key,
    purpose: Purpose.noise,
    numbers,
    amplitude: (at) => fixed ?? amplitudeOf(temperature.at(at), setup.amplitude),
  });
  const after = (state: CompiledState, steps: number): CompiledState => ({ ...state, step: state.step + steps });
  /** The state on this sampler's program: another sampler may have made it. */
  const own = async (state: CompiledState): Promise<CompiledState> => {
    if (state.energy === energy && state.update === update && state.byNode === byNode) return { ...state, setup };
    const from = await state.field.stepper();
    const arrays = [await from.read(), await from.readNoise(), await from.readVelocity()] as const;
    state.field.dispose();
    return { ...state, ...start(state, ...arrays) };
  };

  return makeSampler<CompiledState>({
    caller, name, energy, temperature, law,
    check: (field) => setup.check(field),
    start: (place, { values, noise, velocities }) =>
      start(place, Float32Array.from(values), noise && Float32Array.from(noise), velocities && Float32Array.from(velocities)),

    async advance(given, count, signal) {
      const state = await own(given);
      const stepper = await state.field.stepper();
      const { steps, code, broken } = await stepper.run(count, drive(state), signal).catch((error: unknown) => {
        if (!(error instanceof StepperDied)) throw error;
        throw new SamplerStopped(error, after(state, error.steps));
      });
      const next = after(state, steps);
      if (code === 0) return next;
      const divergence = { before: await stepper.read(), after: broken!, step: next.step };
      throw new SamplerStopped(new FieldDiverged(caller, energy, state.shape, divergence), next);
    },

    values: async ({ field }) => (await field.stepper()).read(),
    async others({ step, key, shape, field }): Promise<Record<string, Numbers>> {
      const stepper = await field.stepper();
      const velocities = await stepper.readVelocity();
      return velocities ? { velocities } : { noise: (await stepper.readNoise()) ?? noiseAt(key, step, shape) };
    },
    load(state, values) {
      state.field.load(values, (velocity, from) => setup.reloaded!(state, velocity, from, values));
      return state;
    },
    dispose: ({ field }) => field.dispose(),
  });
}

/** xi_n as [nodes, components, chains]. */
const noiseAt = (key: Key, step: number, [nodes, components, chains]: ValuesShape): Float32Array =>
  normals(new Float32Array(nodes * components * chains), key, { step, purpose: Purpose.noise, nodes, lanes: components * chains });
