// Underdamped Langevin dynamics of a field of mass m,
//   dx = v dt,   m dv = -grad H dt - m gamma v dt + sqrt(2 T m gamma) dW,
// split into half kicks B, half drifts A and an exact Ornstein-Uhlenbeck step O of the velocities, in the order B A O A B:
//   v -= h grad H / 2 m,  x += h v / 2,  v <- c v + sqrt((1 - c^2) T / m) xi,  x += h v / 2,  v -= h grad H / 2 m,   c = e^(-gamma h).
// Positions of a harmonic H have the exact law at any stable h, others an error of order h^2; velocities are colder,
// <v^2> = (T / m)(1 - (omega h)^2 / 4). Source: Leimkuhler and Matthews, J. Chem. Phys. 138 (2013) 174102, doi:10.1063/1.4802990.
import { keep, tidy, type Tensor3D } from '@tensorflow/tfjs';
import { summarised } from '../display/index.js';
import type { Hamiltonian } from '../energy/index.js';
import { evaluate, normals, tf, total } from '../engine/index.js';
import { scalar, tape, vector } from '../expression/index.js';
import { constantField, type Field } from '../field/index.js';
import { requirePositive } from '../graph/check.js';
import { Purpose, randomKey, type Key, type Seed } from '../random/index.js';
import { kept, numberTensor, requireContinuous } from './continuousField.js';
import { samplerCard, savedStateCard } from './display.js';
import { tangent } from './gauge.js';
import { checkSaved, type Sampler, type ValuesShape } from './sampler.js';
import { asSchedule, type Temperature } from './schedule.js';
import { boundAt } from './stability.js';

export interface BaoabOptions {
  readonly temperature: Temperature;
  /** h, in units of time. */
  readonly timeStep: number;
  /** gamma, per unit of time. */
  readonly friction: number;
  /** m of every component of every node; 1 by default. */
  readonly mass?: number;
}

export interface BaoabState {
  readonly step: number;
  readonly seed: Seed;
  readonly key: Key;
  readonly shape: ValuesShape;
  readonly gauge: Field['gauge'];
  readonly mass: number;
  readonly values: Tensor3D;
  readonly velocities: Tensor3D;
  /** grad H, as the gauge allows. */
  readonly slope: Tensor3D;
}

const [x, v, slope, noise] = ['x', 'v', 'slope', 'noise'].map(vector);
/** halfKick = h / 2 m, halfStep = h / 2, keeps = c, amplitude = sqrt((1 - c^2) T / m) */
const [halfKick, halfStep, keeps, amplitude] = ['halfKick', 'halfStep', 'keeps', 'amplitude'].map(scalar);
const kicked = v.sub(slope.mul(halfKick));
const thermal = kicked.mul(keeps).add(noise.mul(amplitude));
const driftAndNoise = tape([x.add(kicked.add(thermal).mul(halfStep)), thermal]);
const kick = tape([kicked]);
const square = tape([v.squaredNorm()]);

/**
 * A BAOAB sampler of exp(-(H + m |v|^2 / 2) / T), on tensors; gradients run in generated code where the backend has it. Runs
 * start with velocities of the temperature, and saved states keep them. The temperature of the velocities is `kineticTemperature`,
 * that of the field `configurationalTemperature`: they part as h grows.
 *
 * @throws RangeError unless timeStep, friction and mass are positive and, at `init`, timeStep is below 2 sqrt(m / lambda_max) of the
 *         energy's curvature there; TypeError for spins and labels
 * @example
 * await sample(baoab(energy, { temperature: 1, timeStep: 0.2, friction: 1 }), { chains: 16, steps: 2000 });
 */
export function baoab(energy: Hamiltonian, options: BaoabOptions): Sampler<BaoabState> {
  const { timeStep: h, friction, mass = 1 } = options;
  for (const [what, value] of Object.entries({ timeStep: h, friction, mass })) requirePositive('baoab', what, value);
  const nodes = energy.graph.nodeCount;
  const temperature = asSchedule('baoab', options.temperature);
  const name = `baoab (dt = ${h}, friction ${friction}, mass ${mass})`;
  const keepsNow = Math.exp(-friction * h);

  const slopeAt = (values: Tensor3D, gauge: Field['gauge']): Tensor3D => tidy(() => keep(tangent(gauge, energy.gradient(values))));

  return summarised<Sampler<BaoabState>>({
    name,
    energy,
    temperature,
    initialField: ({ components, chains }) => constantField({ sites: nodes, components, chains }, 0),

    init(field, seed) {
      requireContinuous('baoab', field);
      const bound = Math.sqrt(2 * mass * boundAt(energy, field));
      if (h > bound) {
        throw new RangeError(`baoab: timeStep must be below 2 sqrt(m / lambda_max) = ${bound.toPrecision(3)} ` +
          `(largest curvature of the energy at the initial field), got ${h}`);
      }
      const { components, chains, gauge } = field;
      const shape: ValuesShape = [nodes, components, chains];
      const key = randomKey(seed, 'baoab');
      const values = kept(field.values, shape);
      const deviation = Math.sqrt(temperature.at(0) / mass);
      const velocities = tidy(() => keep(tangent(gauge, normals(key, { step: 0, purpose: Purpose.initial, shape }).mul(deviation))));
      return { step: 0, seed, key, shape, gauge, mass, values, velocities, slope: slopeAt(values, gauge) };
    },

    step(state) {
      const { step, key, shape, gauge, values, velocities, slope } = state;
      const [, components] = shape;
      const [next, nextVelocities, nextSlope] = tidy(() => {
        const numbers = {
          halfKick: numberTensor(h / (2 * mass)), halfStep: numberTensor(h / 2), keeps: numberTensor(keepsNow),
          amplitude: numberTensor(Math.sqrt(((1 - keepsNow ** 2) * temperature.at(step)) / mass)),
        };
        const noise = tangent(gauge, normals(key, { step, purpose: Purpose.noise, shape }));
        const [moved, thermal] = evaluate(driftAndNoise, { x: values, v: velocities, slope, noise, ...numbers }, components);
        const nextSlope = slopeAt(moved, gauge);
        const [kicked] = evaluate(kick, { v: thermal, slope: nextSlope, ...numbers }, components);
        return [keep(moved), keep(kicked), nextSlope];
      });
      tf.dispose([values, velocities, slope]);
      return { ...state, step: step + 1, values: next, velocities: nextVelocities, slope: nextSlope };
    },

    read: async ({ values }) => (await values.data()) as Float32Array,
    acceptance: () => undefined,

    save: async ({ step, seed, shape, gauge, values, velocities }) => {
      const arrays = { values: (await values.data()) as Float32Array, velocities: (await velocities.data()) as Float32Array };
      return summarised({ sampler: name, seed, step, shape, gauge, arrays }, savedStateCard);
    },

    restore(saved) {
      checkSaved(name, nodes, saved);
      const { step, seed, shape, gauge, arrays } = saved;
      const values = kept(arrays['values'], shape);
      return {
        step, seed, key: randomKey(seed, 'baoab'), shape, gauge, mass, values,
        velocities: kept(arrays['velocities'], shape), slope: slopeAt(values, gauge),
      };
    },

    dispose: ({ values, velocities, slope }) => tf.dispose([values, velocities, slope]),
  }, samplerCard);
}

/**
 * m |v|^2 over the number of velocities that are free, of each chain: [chains], in units of energy. Its mean over time is the
 * temperature, less (omega h)^2 / 4 of it for a mode of frequency omega.
 *
 * @example
 * const sampler = baoab(energy, { temperature: 1, timeStep: 0.2, friction: 1 });
 * const { state } = await sample(sampler, { chains: 16, steps: 1000 });
 * kineticTemperature(sampler.restore(state)); // one number a chain
 */
export function kineticTemperature({ shape, gauge, mass, velocities }: BaoabState): Float64Array {
  const [nodes, components] = shape;
  const free = nodes - (typeof gauge === 'object' ? gauge.pinned.length : gauge === 'centred' ? 1 : 0);
  const squares = tidy(() => total(evaluate(square, { v: velocities }, components)[0]).dataSync());
  return Float64Array.from(squares, (sum) => (mass * sum) / (free * components));
}
