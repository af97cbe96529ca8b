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

const number = (value: number): Tensor3D => tensor3d([value], [1, 1, 1]);

export function tensorLangevin(energy: Hamiltonian, { name, temperature, timeStep, method }: LangevinSetup): Sampler<TensorState> {
  const nodes = energy.graph.nodeCount;
  const noiseAt = (key: Key, step: number, shape: ValuesShape): Tensor3D =>
    normals(key, { step, purpose: Purpose.noise, shape });

  return summarised<Sampler<TensorState>>({
    name,
    energy,
    temperature,
    initialField: ({ components, chains }) => constantField({ sites: nodes, components, chains }, 0),

    init(field: Field, seed: Seed) {
      const key = randomKey(seed, 'langevin');
      const shape: ValuesShape = [nodes, field.components, field.chains];
      requireStable(energy, field, timeStep, REFERENCE);
      const values = keep(tensor3d(field.values, [...shape]));
      return { step: 0, seed, key, shape, values, noise: keep(noiseAt(key, 0, shape)), constraint: constraint(field) };
    },

    step({ step, seed, key, shape, values, noise, constraint }) {
      const amplitude = Math.sqrt(2 * temperature.at(step) * timeStep);
      const [moved, next] = tidy(() => {
        const next = noiseAt(key, step + 1, values.shape);
        const inputs = { x: values, slope: energy.gradient(values, REFERENCE), noise, next, timeStep: number(timeStep), amplitude: number(amplitude) };
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
        key: randomKey(saved.seed, 'langevin'),
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
