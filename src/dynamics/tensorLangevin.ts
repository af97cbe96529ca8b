// Langevin steps on tensors, one operation after another on any backend: the reference of the compiled engines.
import { keep, tensor3d, tidy, type Tensor3D } from '@tensorflow/tfjs';
import { langevinUpdate } from '../codegen/index.js';
import { summarised } from '../display/index.js';
import type { Hamiltonian } from '../energy/index.js';
import { evaluate, normals } from '../engine/index.js';
import { constantField, type Field } from '../field/index.js';
import { Purpose, randomKey, type Key, type Seed } from '../random/index.js';
import { samplerCard, savedStateCard } from './display.js';
import { constraint, type Constraint } from './gauge.js';
import type { LangevinSetup } from './langevin.js';
import { checkSaved, type ValuesShape, type Sampler } from './sampler.js';
import { requireStable } from './stability.js';

export interface TensorState {
  readonly step: number;
  readonly seed: Seed;
  readonly key: Key;
  readonly shape: ValuesShape;
  readonly values: Tensor3D;
  /** xi_n, which Leimkuhler-Matthews uses twice. */
  readonly noise: Tensor3D;
  readonly constraint: Constraint;
}

/** The terms' own gradient by operations on tensors, and not by generated code. */
const REFERENCE = { engine: 'tensors' } as const;

export interface TensorSetup extends LangevinSetup {
  /** To be named in errors, and the stream of the noise. */
  readonly caller: string;
  /** What the sampler has in the place of dH/dx; by default that. */
  readonly slope?: (values: Tensor3D, place: Pick<TensorState, 'key' | 'step'>) => Tensor3D;
  /** What is sampled, where it is not exp(-H/T). */
  readonly law?: string;
}

/** One number, or one a node, that broadcasts over [nodes, components, chains]. */
const numbers = (value: number | ArrayLike<number>): Tensor3D => {
  const flat = typeof value === 'number' ? [value] : Array.from(value);
  return tensor3d(flat, [flat.length, 1, 1]);
};

/** sqrt(2 T dt) */
const amplitudeOf = (T: number | ArrayLike<number>, timeStep: number): number | ArrayLike<number> =>
  (typeof T === 'number' ? Math.sqrt(2 * T * timeStep) : Float64Array.from(T, (Ti) => Math.sqrt(2 * Ti * timeStep)));

export function tensorLangevin(energy: Hamiltonian, setup: TensorSetup): Sampler<TensorState> {
  const { caller, name, temperature, timeStep, method, law } = setup;
  const { slope = (values: Tensor3D) => energy.gradient(values, REFERENCE) } = setup;
  const nodes = energy.graph.nodeCount;
  const noiseAt = (key: Key, step: number, shape: ValuesShape): Tensor3D =>
    normals(key, { step, purpose: Purpose.noise, shape });

  return summarised<Sampler<TensorState>>({
    name,
    energy,
    temperature,
    ...(law === undefined ? {} : { law }),
    initialField: ({ components, chains }) => constantField({ sites: nodes, components, chains }, 0),

    init(field: Field, seed: Seed) {
      const key = randomKey(seed, caller);
      const shape: ValuesShape = [nodes, field.components, field.chains];
      requireStable(caller, energy, field, timeStep, REFERENCE);
      const values = keep(tensor3d(field.values, [...shape]));
      return { step: 0, seed, key, shape, values, noise: keep(noiseAt(key, 0, shape)), constraint: constraint(field) };
    },

    step({ step, seed, key, shape, values, noise, constraint }) {
      const amplitude = amplitudeOf(temperature.at(step), timeStep);
      const [moved, next] = tidy(() => {
        const next = noiseAt(key, step + 1, values.shape);
        const inputs = { x: values, slope: slope(values, { key, step }), noise, next, timeStep: numbers(timeStep), amplitude: numbers(amplitude) };
        const [free] = evaluate(langevinUpdate[method].tape, inputs, values.shape[1]);
        const moved = constraint(free!, values);
        return [keep(moved), keep(next)];
      });
      values.dispose();
      noise.dispose();
      return { step: step + 1, seed, key, shape, values: moved!, noise: next!, constraint };
    },

    read: async ({ values }) => (await values.data()) as Float32Array,
    acceptance: () => undefined,

    save: async ({ step, seed, shape, values, noise, constraint }) => summarised({
      sampler: name,
      seed,
      step,
      shape,
      gauge: constraint.gauge,
      arrays: { values: (await values.data()) as Float32Array, noise: (await noise.data()) as Float32Array },
    }, savedStateCard),

    restore(saved) {
      checkSaved(name, nodes, saved);
      const tensor = (array: string): Tensor3D => keep(tensor3d(Float32Array.from(saved.arrays[array]), [...saved.shape]));
      return {
        step: saved.step,
        seed: saved.seed,
        key: randomKey(saved.seed, caller),
        shape: saved.shape,
        values: tensor('values'),
        noise: tensor('noise'),
        constraint: constraint(saved),
      };
    },

    dispose({ values, noise }) {
      values.dispose();
      noise.dispose();
    },
  }, samplerCard);
}
