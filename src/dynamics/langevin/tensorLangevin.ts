// Steps of an update on tensors, on any backend: by operations of tfjs, and on wasm by generated code in
// place.
import type { Tensor3D } from '#tfjs';
import { langevinInputs as of, type Update } from '../../codegen/index.js';
import type { Hamiltonian } from '../../energies/index.js';
import type { Expression } from '../../expressions/index.js';
import { evaluate, normals, tf } from '../../tensors/index.js';
import { Purpose, type Key } from '../../randomness/index.js';
import {
  constrained,
  keptTensor,
  numberTensor,
  numbersOf,
  tangent,
  tensorSampler,
} from './continuousField.js';
import { amplitudeOf } from '../schedules/nodeTemperature.js';
import type { RunPosition, Recipe } from '../makeSampler.js';
import type { Numbers, Sampler, ValuesShape } from '../sampler.js';

/** What every engine is given of a sampler whose step is an update (src/codegen/passes/step.ts). */
export interface UpdateSetup
  extends Pick<
    Recipe<RunPosition>,
    'caller' | 'name' | 'law' | 'temperature' | 'needs' | 'check' | 'checkStart'
  > {
  readonly update: Update;
  /** The inputs of the update that stay. */
  readonly numbers: ReadonlyMap<Expression, number>;
  /** The factor of the noise. */
  amplitude(temperature: number): number;
  /** The second field at the start; and after the first has been replaced. */
  velocity?(place: RunPosition, values: Float32Array): Float32Array;
  reloaded?(place: RunPosition, velocity: Float32Array, from: Float32Array, to: Float32Array): Float32Array;
  /** What tensors use for dH/dx, the gradient by default. */
  readonly slope?: (values: Tensor3D, place: Pick<RunPosition, 'key' | 'step'>) => Tensor3D;
}

export interface TensorState extends RunPosition {
  readonly values: Tensor3D;
  /** xi_n, which Leimkuhler-Matthews uses twice. */
  readonly noise: Tensor3D;
  readonly velocity?: Tensor3D | undefined;
  readonly setup: UpdateSetup;
}

const noiseAt = (key: Key, step: number, shape: ValuesShape): Tensor3D =>
  tf.keep(normals(key, { step, purpose: Purpose.noise, shape }));

export function tensorLangevin(energy: Hamiltonian, setup: UpdateSetup): Sampler<TensorState> {
  const { temperature, update, numbers, slope = (values: Tensor3D) => energy.gradient(values) } = setup;
  const { drawn: fresh, previousNoise: before, velocity: second } = update;

  const step = (state: TensorState): TensorState => {
    const { step: at, key, gauge, values, noise, velocity } = state;
    const [moved, next, thermal] = tf.tidy(() => {
      const next = noiseAt(key, at + 1, state.shape);
      const inputs = new Map([
        [of.x, values],
        [of.slope, slope(values, state)],
        [of.amplitude, numberTensor(amplitudeOf(temperature.at(at), setup.amplitude))],
        ...[...numbers].map(([symbol, value]) => [symbol, numberTensor(value)] as const),
      ]);
      if (fresh) inputs.set(fresh.symbol, fresh.later === 0 ? noise : next);
      if (before) inputs.set(before, noise);
      if (second) inputs.set(second, velocity!);
      const [free, thermal] = evaluate(update.tape, inputs, values.shape[1]);
      return [
        tf.keep(constrained(gauge, free!, values)),
        next,
        ...(second ? [tf.keep(tangent(gauge, thermal!))] : []),
      ];
    });
    return { ...state, step: at + 1, values: moved!, noise: next!, velocity: thermal };
  };

  return tensorSampler<TensorState>({
    ...setup,
    energy,
    byGradient: true,
    step,
    start(place, { values, noise, velocities }) {
      const { step, key, shape } = place;
      const velocity = velocities ?? setup.velocity?.(place, Float32Array.from(values));
      const xi = noise ? keptTensor(noise, shape) : noiseAt(key, step, shape);
      return {
        values: keptTensor(values, shape),
        noise: xi,
        velocity: velocity && keptTensor(velocity, shape),
        setup,
      };
    },
    async others({ noise, velocity }): Promise<Record<string, Numbers>> {
      return velocity ? { velocities: await numbersOf(velocity) } : { noise: await numbersOf(noise) };
    },
    load(state, values) {
      const { shape, values: from, velocity: u } = state;
      const velocity =
        u &&
        keptTensor(
          setup.reloaded!(state, u.dataSync<'float32'>(), from.dataSync<'float32'>(), values),
          shape,
        );
      tf.dispose([from, ...(u ? [u] : [])]);
      return { ...state, values: keptTensor(values, shape), velocity };
    },
  });
}
