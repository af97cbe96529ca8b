// Overdamped Langevin dynamics dx = - grad H dt + sqrt(2 T) dW, of which exp(-H/T) is the stationary law
// (EMTD sections 1.3 and 3.2, with the noise that fluctuation-dissipation asks for). Two schemes:
//
//   Leimkuhler-Matthews  x' = x - grad H dt + sqrt(2 T dt) (xi_n + xi_(n+1)) / 2
//   Euler-Maruyama       x' = x - grad H dt + sqrt(2 T dt) xi_n
//
// The first (Appl. Math. Res. Express 2013, 34, doi:10.1093/amrx/abs010) has averages right to second
// order in dt, and exactly right for quadratic H. It is for equilibrium averages at constant T under
// additive noise: not for work, rates or detailed balance. The second is biased at first order.
import { keep, tensor3d, tidy, type Tensor3D } from '@tensorflow/tfjs';
import { summarised } from '../display/index.js';
import type { Hamiltonian } from '../energy/index.js';
import { evaluate, normals } from '../engine/index.js';
import { scalar, tape, vector } from '../expression/index.js';
import { constantField, type Field } from '../field/index.js';
import { Purpose, randomKey, type Key, type Seed } from '../random/index.js';
import { samplerCard, savedStateCard } from './display.js';
import { constraint, type Constraint } from './gauge.js';
import { checkSaved, type ValuesShape, type Sampler } from './sampler.js';
import { asSchedule, type Temperature } from './schedule.js';
import { stabilityBound } from './stability.js';

export type LangevinMethod = 'leimkuhler-matthews' | 'euler-maruyama';

const [x, slope, noise, next] = ['x', 'slope', 'noise', 'next'].map(vector);
const [timeStep, amplitude] = [scalar('timeStep'), scalar('amplitude')];
const drifted = x.sub(slope.mul(timeStep));
/** x', the amplitude being sqrt(2 T dt). */
const STEP = {
  'leimkuhler-matthews': tape([drifted.add(noise.add(next).mul(amplitude.div(2)))]),
  'euler-maruyama': tape([drifted.add(noise.mul(amplitude))]),
};

export interface LangevinOptions {
  /** In units of energy; a number or a schedule. */
  readonly temperature: Temperature;
  /** dt, in units of (field squared) / energy: the mobility is 1. */
  readonly timeStep: number;
  readonly method?: LangevinMethod;
}

export interface LangevinState {
  readonly step: number;
  readonly seed: Seed;
  readonly key: Key;
  readonly values: Tensor3D;
  /** xi_n, which Leimkuhler-Matthews uses twice. */
  readonly noise: Tensor3D;
  readonly constraint: Constraint;
}

const number = (value: number): Tensor3D => tensor3d([value], [1, 1, 1]);

/**
 * A Langevin sampler of exp(-H/T).
 *
 * @throws RangeError if timeStep is not positive or, at `init`, beyond the stability bound 2 / lambda_max
 *         of the energy's curvature there; if the temperature is negative; for an unknown method
 * @example langevin(energy, { temperature: 1, timeStep: 0.1 })
 */
export function langevin(energy: Hamiltonian, options: LangevinOptions): Sampler<LangevinState> {
  const { timeStep, method = 'leimkuhler-matthews' } = options;
  const temperature = asSchedule(options.temperature);
  if (!(timeStep > 0 && Number.isFinite(timeStep))) {
    throw new RangeError(`langevin: timeStep must be positive, got ${timeStep}`);
  }
  if (method !== 'leimkuhler-matthews' && method !== 'euler-maruyama') {
    throw new RangeError(`langevin: method must be leimkuhler-matthews or euler-maruyama, got ${method as string}`);
  }
  const name = `langevin (${method}, dt = ${timeStep})`;
  const nodes = energy.graph.nodeCount;
  const noiseAt = (key: Key, step: number, shape: ValuesShape): Tensor3D =>
    normals(key, { step, purpose: Purpose.noise, shape });

  return summarised<Sampler<LangevinState>>({
    name,
    energy,
    temperature,
    initialField: ({ components, chains }) => constantField({ sites: nodes, components, chains }, 0),

    init(field: Field, seed: Seed) {
      const key = randomKey(seed, 'langevin');
      const shape: ValuesShape = [nodes, field.components, field.chains];
      const values = keep(tensor3d(field.values, [...shape]));
      const bound = stabilityBound(energy, values);
      if (timeStep > bound) {
        values.dispose();
        throw new RangeError(
          `langevin: timeStep must be below 2 / lambda_max = ${bound.toPrecision(3)} ` +
            `(largest curvature of the energy at the initial field), got ${timeStep}`,
        );
      }
      return { step: 0, seed, key, values, noise: keep(noiseAt(key, 0, shape)), constraint: constraint(field) };
    },

    step({ step, seed, key, values, noise, constraint }) {
      const amplitude = Math.sqrt(2 * temperature.at(step) * timeStep);
      const [moved, next] = tidy(() => {
        const next = noiseAt(key, step + 1, values.shape);
        const inputs = { x: values, slope: energy.gradient(values), noise, next, timeStep: number(timeStep), amplitude: number(amplitude) };
        const [free] = evaluate(STEP[method], inputs, values.shape[1]);
        const moved = constraint(free!, values);
        return [keep(moved), keep(next)];
      });
      values.dispose();
      noise.dispose();
      return { step: step + 1, seed, key, values: moved!, noise: next!, constraint };
    },

    read: async ({ values }) => (await values.data()) as Float32Array,
    acceptance: () => undefined,

    save: async ({ step, seed, values, noise, constraint }) => summarised({
      sampler: name,
      seed,
      step,
      shape: values.shape,
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
