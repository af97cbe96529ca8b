// The Metropolis-adjusted Langevin algorithm: an Euler-Maruyama step of the whole field of a chain, g = grad H(x),
//   x' = x - g h + sqrt(2 T h) xi,
// taken with probability min(1, e^a), which makes exp(-H/T) exact at any h:
//   a = -(H(x') - H(x)) / T + ln q(x | x') - ln q(x' | x),
//   ln q(x | x') - ln q(x' | x) = (sqrt(2 T h) xi . G / 2 - h |G|^2 / 4) / T,   G = g(x) + g(x').
// At a given h fewer moves are taken the more nodes there are: for a constant fraction h must fall as N^(-1/3), the best one
// being about 0.57. Sources: Rossky, Doll, Friedman, J. Chem. Phys. 69 (1978) 4628, doi:10.1063/1.436415; Roberts and Tweedie,
// Bernoulli 2 (1996) 341, doi:10.2307/3318418; Roberts and Rosenthal, J. R. Stat. Soc. B 60 (1998) 255, doi:10.1111/1467-9868.00123.
import { add, keep, tidy, where, type Tensor3D } from '@tensorflow/tfjs';
import { summarised } from '../display/index.js';
import type { Hamiltonian } from '../energy/index.js';
import { evaluate, normals, tf, total } from '../engine/index.js';
import { scalar, tape, vector } from '../expression/index.js';
import { constantField, type Field } from '../field/index.js';
import { requirePositive } from '../graph/check.js';
import { Purpose, randomKey, uniforms, type Key, type Seed } from '../random/index.js';
import { kept, numberTensor, requireContinuous } from './continuousField.js';
import { samplerCard, savedStateCard } from './display.js';
import { tangent } from './gauge.js';
import { checkSaved, type Sampler, type ValuesShape } from './sampler.js';
import { asSchedule, type Temperature } from './schedule.js';

export interface MalaOptions {
  readonly temperature: Temperature;
  /** h, in units of (field squared) / energy. */
  readonly timeStep: number;
}

export interface MalaState {
  readonly step: number;
  readonly seed: Seed;
  readonly key: Key;
  readonly shape: ValuesShape;
  readonly gauge: Field['gauge'];
  readonly values: Tensor3D;
  /** grad H, as the gauge allows. */
  readonly slope: Tensor3D;
  /** H of each chain. */
  readonly energies: Float32Array;
  /** Accepted steps by chain. */
  readonly accepted: Float64Array;
  /** Steps in a row in which no chain moved. */
  readonly refusals: number;
}

/** So many steps without a move in any chain are a run that stands still. */
const MOST_REFUSALS = 200;

const [x, slope, noise, slopes] = ['x', 'slope', 'noise', 'slopes'].map(vector);
const [timeStep, amplitude] = ['timeStep', 'amplitude'].map(scalar);
const proposal = tape([x.sub(slope.mul(timeStep)).add(noise.mul(amplitude))]);
/** T (ln q(x | x') - ln q(x' | x)), node by node. */
const logRatio = tape([noise.dot(slopes).mul(amplitude.div(2)).sub(slopes.squaredNorm().mul(timeStep.div(4)))]);

/**
 * A MALA sampler of exp(-H/T), on tensors; energies and gradients run in generated code where the backend has it. `acceptance`
 * is the fraction of steps that were taken, by chain. H is summed to float32: a is right to about 1e-7 |H| / T.
 *
 * @throws RangeError unless timeStep is positive and, at every step, the temperature; at `init` TypeError for spins and labels;
 *         Error in a run when 200 steps in a row are refused in all chains: the time step is too large
 * @example
 * const samples = await sample(mala(energy, { temperature: 1, timeStep: 0.1 }), { chains: 16, steps: 2000 });
 * samples.acceptance; // fractions by chain
 */
export function mala(energy: Hamiltonian, options: MalaOptions): Sampler<MalaState> {
  const nodes = energy.graph.nodeCount;
  const temperature = asSchedule('mala', options.temperature);
  const { timeStep: h } = options;
  requirePositive('mala', 'timeStep', h);
  const name = `mala (dt = ${h})`;

  const slopeAt = (values: Tensor3D, gauge: Field['gauge']): Tensor3D => tidy(() => keep(tangent(gauge, energy.gradient(values))));
  const energiesAt = (values: Tensor3D): Float32Array => tidy(() => energy.energy(values).dataSync<'float32'>().slice());
  const start = (at: Omit<MalaState, 'key' | 'values' | 'slope' | 'energies' | 'refusals'>, field: ArrayLike<number>): MalaState => {
    const values = kept(field, at.shape);
    return { ...at, key: randomKey(at.seed, 'mala'), values, slope: slopeAt(values, at.gauge), energies: energiesAt(values), refusals: 0 };
  };

  return summarised<Sampler<MalaState>>({
    name,
    energy,
    temperature,
    initialField: ({ components, chains }) => constantField({ sites: nodes, components, chains }, 0),

    init(field, seed) {
      requireContinuous('mala', field);
      const { components, chains, gauge } = field;
      return start({ step: 0, seed, shape: [nodes, components, chains], gauge, accepted: new Float64Array(chains) }, field.values);
    },

    step(state) {
      const { step, key, shape, gauge, values, slope, energies, accepted } = state;
      const [, components, chains] = shape;
      const T = temperature.at(step);
      requirePositive('mala', `the temperature at step ${step}`, T);
      const numbers = { timeStep: numberTensor(h), amplitude: numberTensor(Math.sqrt(2 * T * h)) };
      const [moved, newSlope, ratios] = tidy(() => {
        const noise = tangent(gauge, normals(key, { step, purpose: Purpose.noise, shape }));
        const moved = evaluate(proposal, { x: values, slope, noise, ...numbers }, components)[0];
        const newSlope = slopeAt(moved, gauge);
        const ratios = total(evaluate(logRatio, { noise, slopes: add(slope, newSlope) as Tensor3D, ...numbers }, components)[0]);
        return [keep(moved), newSlope, keep(ratios)];
      });
      const [newEnergies, exponents] = [energiesAt(moved), ratios.dataSync()];
      const chance = uniforms(new Float64Array(chains), key, { step, purpose: Purpose.acceptance, nodes: 1, lanes: chains });
      // not taken where the energy is not a number
      const isTaken = Uint8Array.from(chance, (u, c) => Number(u < Math.exp((energies[c] - newEnergies[c] + exponents[c]) / T)));
      const [next, nextSlope] = tidy(() => {
        const mask = tf.tensor3d(isTaken, [1, 1, chains], 'bool').broadcastTo(values.shape);
        return [keep(where(mask, moved, values)), keep(where(mask, newSlope, slope))];
      });
      tf.dispose([values, slope, moved, newSlope, ratios, numbers]);
      isTaken.forEach((taken, c) => (accepted[c] += taken));
      const refusals = isTaken.includes(1) ? 0 : state.refusals + 1;
      if (refusals >= MOST_REFUSALS) throw standsStill(refusals, chains, step, h);
      return { ...state, step: step + 1, values: next, slope: nextSlope, energies: energies.map((E, c) => (isTaken[c] ? newEnergies[c] : E)), refusals };
    },

    read: async ({ values }) => (await values.data()) as Float32Array,
    acceptance: ({ accepted, step }) => Array.from(accepted, (count) => count / step),

    save: async ({ step, seed, shape, gauge, values, accepted }) => summarised({
      sampler: name, seed, step, shape, gauge, arrays: { values: (await values.data()) as Float32Array, accepted: accepted.slice() },
    }, savedStateCard),

    restore(saved) {
      checkSaved(name, nodes, saved);
      const { step, seed, shape, gauge, arrays } = saved;
      return start({ step, seed, shape, gauge, accepted: Float64Array.from(arrays['accepted']) }, arrays['values']);
    },

    dispose: ({ values, slope }) => tf.dispose([values, slope]),
  }, samplerCard);
}

const standsStill = (refusals: number, chains: number, step: number, h: number): Error => new Error(
  `mala: ${refusals} steps in a row were refused in ${chains === 1 ? 'the only chain' : `all ${chains} chains`}, up to step ${step}; ` +
    `timeStep ${h} is too large for the curvature of the energy or for so many nodes`,
);
