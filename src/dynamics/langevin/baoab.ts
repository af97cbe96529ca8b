// Underdamped Langevin dynamics of a field of mass m,
//   dx = v dt,   m dv = -grad H dt - m gamma v dt + sqrt(2 T m gamma) dW,
// split into half kicks B, half drifts A and an exact Ornstein-Uhlenbeck step O of the velocities, in the
// order B A O A B:
//   v -= h grad H / 2 m,  x += h v / 2,  v <- c v + sqrt((1 - c^2) T / m) xi,  x += h v / 2,  v -= h grad H /
// 2 m,   c = e^(-gamma h).
// Positions of a harmonic H have the exact law at any stable h, others an error of order h^2; velocities are
// colder, <v^2> = (T / m)(1 - (omega h)^2 / 4). Source: Leimkuhler and Matthews, J. Chem. Phys. 138 (2013)
// 174102, doi:10.1063/1.4802990.
import { baoabUpdate, halfStep, keeps, kick } from '../../codegen/index.js';
import { type Hamiltonian, requireEnergy } from '../../energies/index.js';
import { normals, tf } from '../../tensors/index.js';
import { byDefault, needed, type Options, type OptionsOf, readOptions } from '../../numerics/options.js';
import { positive } from '../../numerics/rules.js';
import { Purpose } from '../../randomness/index.js';
import { WasmStepper } from '../compiled/index.js';
import { requireContinuous, tangent } from './continuousField.js';
import { aTemperature } from '../check.js';
import { anEngine } from '../engine.js';
import type { RunPosition } from '../makeSampler.js';
import type { Sampler } from '../sampler.js';
import { asSchedule } from '../schedules/schedule.js';
import { requireStable } from './stability.js';
import type { UpdateSetup } from './tensorLangevin.js';
import { updateSampler, type UpdateState } from './updateSampler.js';

const baoabOptions = {
  /** T, in units of energy; k_B = 1: a number, or a schedule. */
  temperature: needed(aTemperature),
  /** h, in units of time. */
  timeStep: needed(positive),
  /** gamma, per unit of time. */
  friction: needed(positive),
  /** m of every component of every node; 1 by default. */
  mass: byDefault(1, positive),
  /** What runs it; `auto` by default. */
  engine: anEngine,
};

/** Options of `baoab`. */
export interface BaoabOptions extends Options, OptionsOf<typeof baoabOptions> {}

interface BaoabSetup extends UpdateSetup {
  readonly energy: Hamiltonian;
  readonly mass: number;
  readonly halfKick: number;
}

/** Where a `baoab` sampler stands. */
export type BaoabState = UpdateState & { readonly setup: BaoabSetup };

/**
 * A BAOAB sampler of exp(-(H + m |v|^2 / 2) / T). One step is the same on all engines to float32 rounding.
 * Runs start with velocities of the temperature, and saved states keep them, as they are before the last half
 * kick of a step. The velocities have the `kineticTemperature`, the field has the
 * `configurationalTemperature`: these differ more as h grows.
 *
 * @throws RangeError unless timeStep, friction and mass are positive and, at `init`, timeStep is below 2
 * sqrt(m / lambda_max) of the energy's curvature there; TypeError for spins and labels
 * @example
 * const energy = hamiltonian(smallWorld(50, 4, 0.1, { seed: 1 }), [interaction()]);
 * const sampler = dynamics.baoab(energy, { temperature: 1, timeStep: 0.2, friction: 1 });
 * const samples = await sample(sampler, { chains: 16, burnIn: 200, steps: 2000, every: 10, seed: 1 });
 * measure.configurationalTemperature(samples, energy); // { estimate: 1.008, interval: [1.001, 1.016] }
 */
export function baoab(energy: Hamiltonian, options: BaoabOptions): Sampler<BaoabState> {
  requireEnergy('baoab', energy);
  const { timeStep: h, friction, mass, engine, ...given } = readOptions('baoab', options, baoabOptions);
  const temperature = asSchedule('baoab', given.temperature);
  const c = Math.exp(-friction * h);
  const halfKick = h / (2 * mass);

  const setup: BaoabSetup = {
    caller: 'baoab',
    name: `baoab (dt = ${h}, friction ${friction}, mass ${mass})`,
    temperature,
    energy,
    mass,
    halfKick,
    update: baoabUpdate,
    numbers: new Map([
      [kick, 2 * halfKick],
      [halfStep, h / 2],
      [keeps, c],
    ]),
    amplitude: (T) => Math.sqrt(((1 - c ** 2) * T) / mass),
    needs: ['velocities'],
    check: (field) => requireContinuous('baoab', field, energy),
    checkStart: (field) =>
      requireStable('baoab', energy, field, h, '2 sqrt(m / lambda_max)', (bound) =>
        Math.sqrt(2 * mass * bound),
      ),
    velocity(place, values) {
      const { key, shape, gauge } = place;
      const deviation = Math.sqrt(temperature.at(0) / mass);
      const draw = { step: 0, purpose: Purpose.initial, shape };
      const thermal = tf.tidy(() =>
        tangent(gauge, normals(key, draw).mul(deviation)).dataSync<'float32'>().slice(),
      );
      return kicked(energy, place, thermal, values, halfKick);
    },
    reloaded: (place, velocity, from, to) =>
      kicked(energy, place, kicked(energy, place, velocity, from, -halfKick), to, halfKick),
  };
  return updateSampler(energy, setup, engine) as Sampler<BaoabState>;
}

/** v + s grad H(x), as the gauge allows. */
function kicked(
  energy: Hamiltonian,
  { shape, gauge }: RunPosition,
  velocity: Float32Array,
  values: Float32Array,
  s: number,
): Float32Array {
  return tf.tidy(() => {
    const slope = tangent(gauge, energy.gradient(tf.tensor3d(values, [...shape])));
    return tf
      .tensor3d(velocity, [...shape])
      .add(slope.mul(s))
      .dataSync<'float32'>()
      .slice();
  });
}

/**
 * m |v|^2 over the number of velocities that are free, of each chain: [chains], in units of energy. Its mean
 * over time is the temperature, less (omega h)^2 / 4 of it for a mode of frequency omega.
 *
 * @example
 * const energy = hamiltonian(ring(50), [interaction()]);
 * const sampler = dynamics.baoab(energy, { temperature: 1, timeStep: 0.2, friction: 1 });
 * const { state } = await sample(sampler, { chains: 16, steps: 200, every: 200, seed: 1 });
 * mean(dynamics.kineticTemperature(sampler.restore(state))); // 0.9365
 */
export function kineticTemperature(state: BaoabState): Float64Array {
  const {
    shape: [nodes, components, chains],
    gauge,
    setup: { mass },
  } = state;
  const free = nodes - (typeof gauge === 'object' ? gauge.pinned.length : gauge === 'centred' ? 1 : 0);
  const temperatures = new Float64Array(chains);
  velocitiesOf(state).forEach((v, at) => (temperatures[at % chains] += (mass * v * v) / (free * components)));
  return temperatures;
}

/**
 * v at the end of the last step: [nodes, components, chains].
 * @throws TypeError where the state lies on the GPU
 */
export function velocitiesOf(state: BaoabState): Float32Array {
  const { energy, halfKick } = state.setup;
  if ('values' in state) {
    const [values, velocity] = [state.values, state.velocity!].map((tensor) => tensor.dataSync<'float32'>());
    return kicked(energy, state, velocity, values, -halfKick);
  }
  const { stepper } = state;
  if (!(stepper instanceof WasmStepper))
    throw new TypeError("baoab: the velocities lie on the GPU; restore the saved state with engine 'wasm'");
  return kicked(energy, state, stepper.readVelocity()!, stepper.read(), -halfKick);
}
