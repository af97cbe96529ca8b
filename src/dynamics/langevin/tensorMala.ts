// MALA on tensors, one operation after another: the reference of the compiled engine.
import type { Tensor3D } from '#tfjs';
import type { Hamiltonian } from '../../energies/index.js';
import { evaluate, normals, tf, total } from '../../tensors/index.js';
import { malaInputs, malaProposal, malaRatio, MAX_REJECTIONS } from '../../codegen/index.js';
import type { Field } from '../../fields/index.js';
import { requirePositive } from '../../numerics/check.js';
import { Purpose, uniforms } from '../../randomness/index.js';
import { chainsOf } from '../chains.js';
import { FieldDiverged } from '../compiled/index.js';
import { EnergyNotANumber, termOf } from '../energyNotANumber.js';
import { keptTensor, numberTensor, requireContinuous, tangent, tensorSampler } from './continuousField.js';
import type { RunPosition } from '../makeSampler.js';
import { SamplerStopped, type Sampler, type ValuesShape } from '../sampler.js';
import type { Schedule } from '../schedules/schedule.js';

export interface TensorMalaState extends RunPosition {
  readonly values: Tensor3D;
  /** grad H, as the gauge allows. */
  readonly slope: Tensor3D;
  /** H of each chain. */
  readonly energies: Float32Array;
  readonly accepted: Float64Array;
  /** Steps in a row in which no chain moved. */
  readonly refusals: number;
}

const { x, slope, noise, slopes, timeStep, amplitude } = malaInputs;

export function tensorMala(
  energy: Hamiltonian,
  name: string,
  temperature: Schedule,
  h: number,
): Sampler<TensorMalaState> {
  const slopeAt = (values: Tensor3D, gauge: Field['gauge']): Tensor3D =>
    tf.tidy(() => tf.keep(tangent(gauge, energy.gradient(values))));
  const energiesAt = (values: Tensor3D): Float32Array =>
    tf.tidy(() => energy.energy(values).dataSync<'float32'>().slice());
  const at = (field: ArrayLike<number>, { shape, gauge }: RunPosition) => {
    const values = keptTensor(field, shape);
    return { values, slope: slopeAt(values, gauge), energies: energiesAt(values) };
  };

  const step = (state: TensorMalaState): TensorMalaState => {
    const { step, key, shape, gauge, values, slope: now, energies, accepted } = state;
    const [, components, chains] = shape;
    const T = positiveAt(temperature, step);
    const numbers = [
      [timeStep, numberTensor(h)],
      [amplitude, numberTensor(Math.sqrt(2 * T * h))],
    ] as const;
    const [moved, newSlope, ratios] = tf.tidy(() => {
      const xi = tangent(gauge, normals(key, { step, purpose: Purpose.noise, shape }));
      const moved = evaluate(
        malaProposal,
        new Map([[x, values], [slope, now], [noise, xi], ...numbers]),
        components,
      )[0];
      const newSlope = slopeAt(moved, gauge);
      const ratios = total(
        evaluate(
          malaRatio,
          new Map([[noise, xi], [slopes, tf.add(now, newSlope) as Tensor3D], ...numbers]),
          components,
        )[0],
      );
      return [tf.keep(moved), newSlope, tf.keep(ratios)];
    });
    const [newEnergies, exponents] = [energiesAt(moved), ratios.dataSync()];
    const chance = uniforms(new Float64Array(chains), key, {
      step,
      purpose: Purpose.acceptance,
      nodes: 1,
      lanes: chains,
    });
    // not taken where the energy is infinite, and with it the gradient
    const isTaken = Uint8Array.from(chance, (u, c) =>
      Number(u < Math.exp((energies[c] - newEnergies[c] + exponents[c]) / T)),
    );
    const [next, nextSlope] = tf.tidy(() => {
      const row = tf.tensor3d(Float32Array.from(isTaken), [1, 1, chains]);
      const mask = row.mul(tf.ones(values.shape)).toBool(); // on wasm a repeat takes ten times as long
      return [tf.keep(tf.where(mask, moved, values)), tf.keep(tf.where(mask, newSlope, now))];
    });
    const wrong = newEnergies.findIndex(Number.isNaN);
    const failure =
      wrong < 0
        ? undefined
        : notANumber(energy, values.dataSync<'float32'>(), moved.dataSync<'float32'>(), shape, step, wrong);
    tf.dispose([moved, newSlope, ratios, ...numbers.map(([, number]) => number)]);
    const refusals = isTaken.includes(1) ? 0 : state.refusals + 1;
    if (failure ?? refusals >= MAX_REJECTIONS) {
      tf.dispose([next, nextSlope]);
      throw new SamplerStopped(
        failure ?? standsStill(energy, values.dataSync<'float32'>(), shape, step, h),
        state,
      );
    }
    return {
      ...state,
      step: step + 1,
      values: next,
      slope: nextSlope,
      refusals,
      energies: energies.map((E, c) => (isTaken[c] ? newEnergies[c] : E)),
      accepted: accepted.map((count, c) => count + isTaken[c]),
    };
  };

  return tensorSampler<TensorMalaState>({
    caller: 'mala',
    name,
    energy,
    temperature,
    needs: ['accepted'],
    step,
    check: (field) => requireContinuous('mala', field, energy),
    start: (place, { values, accepted }) => ({ ...at(values, place), accepted, refusals: 0 }),
    accepted: ({ accepted }) => accepted,
    load(state, values) {
      tf.dispose([state.values, state.slope]);
      return { ...state, ...at(values, state) };
    },
  });
}

export function positiveAt(temperature: Schedule, step: number): number {
  const T = temperature.at(step);
  requirePositive('mala', `the temperature at step ${step}`, T);
  return T;
}

/**
 * A proposal with an energy that is not a number: the gradient at the field before, or the energy at the
 * proposal, is not a number.
 * @param wrong the chain; by default the first whose energy in float64 is not a number
 */
export function notANumber(
  energy: Hamiltonian,
  before: Float32Array,
  moved: Float32Array,
  shape: ValuesShape,
  step: number,
  wrong?: number,
): Error {
  if (!moved.every(Number.isFinite)) return new FieldDiverged('mala', energy, shape, before, moved, step);
  const states = chainsOf(moved, shape[2]);
  const chain =
    wrong ??
    Math.max(
      0,
      states.findIndex((state) => Number.isNaN(energy.energy64(state))),
    );
  const term = termOf(energy, states[chain], (E) => !Number.isNaN(E));
  return new EnergyNotANumber('mala', 'the energy after a move is not a number', { step, chain, term });
}

/** No move is taken: the energy of the present field is infinite, or the time step is too large. */
export function standsStill(
  energy: Hamiltonian,
  values: Float32Array,
  [, , chains]: ValuesShape,
  step: number,
  h: number,
): Error {
  for (const [chain, state] of chainsOf(values, chains).entries()) {
    const term = termOf(energy, state, Number.isFinite);
    if (term !== undefined)
      return new EnergyNotANumber('mala', 'no move is taken: the energy of the present field is infinite', {
        step,
        chain,
        term,
      });
  }
  return new Error(
    `mala: ${MAX_REJECTIONS} steps in a row were refused in ${chains === 1 ? 'the only chain' : `all ${chains} chains`}, up to step ${step}; ` +
      `timeStep ${h} is too large for the curvature of the energy or for so many nodes, or the energy has no lower bound`,
  );
}
