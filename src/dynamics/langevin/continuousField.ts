// What samplers of whole fields on tensors share: which fields they move, numbers as tensors, and how they advance.
import { keep, tensor3d, tidy, type Tensor3D } from '@tensorflow/tfjs';
import type { Hamiltonian } from '../../energy/index.js';
import { tf } from '../../tensors/index.js';
import type { Field } from '../../field/index.js';
import { FieldDiverged } from '../compiled/index.js';
import { stepByStep, type Place } from '../makeSampler.js';
import { SamplerStopped, type Sampler, type ValuesShape } from '../sampler.js';

/** @throws TypeError for spins and labels */
export function requireContinuous(caller: string, { codomain }: Field): void {
  if (codomain === 'spin' || codomain === 'potts') throw new TypeError(`${caller}: moves continuous fields, got a ${codomain} field`);
}

/** A number, or one a node, that broadcasts over [nodes, components, chains]. */
export function numberTensor(value: number | ArrayLike<number>): Tensor3D {
  const flat = typeof value === 'number' ? [value] : Array.from(value);
  return tensor3d(flat, [flat.length, 1, 1]);
}

/** Values [nodes, components, chains] on the backend, until they are disposed of. */
export const kept = (values: ArrayLike<number>, shape: ValuesShape): Tensor3D => keep(tensor3d(Float32Array.from(values), [...shape]));

/** A copy of a tensor's numbers. */
export const numbersOf = async (tensor: Tensor3D): Promise<Float32Array> => (await tensor.data<'float32'>()).slice();

interface TensorState extends Place {
  readonly values: Tensor3D;
}

/**
 * `advance` and `dispose` of a sampler whose `step` makes a new state and leaves the old one. Whether the field is finite is asked once
 * a call; where it is not the steps are made again one by one, so that the last whole state and the term are known.
 */
export function tensorSteps<State extends TensorState>(
  caller: string, energy: Hamiltonian, step: (state: State) => State,
): { advance: Sampler<State>['advance']; dispose(state: object): void } {
  const dispose = (state: object): void => tf.dispose(Object.values(state).filter((value) => value instanceof tf.Tensor));
  const isFinite = async ({ values }: State): Promise<boolean> => {
    const differences = tidy(() => values.sub(values).sum()); // x - x is 0 unless x is NaN or infinite
    const [sum] = await differences.data();
    differences.dispose();
    return sum === 0;
  };

  return {
    dispose,
    async advance(from, steps, signal) {
      const quick = stepByStep<State>((state) => {
        const next = step(state);
        if (state !== from) dispose(state);
        return next;
      });
      const to = await quick(from, steps, signal).catch((error: unknown) => {
        if (error instanceof SamplerStopped && error.state !== from) dispose(from);
        throw error;
      });
      if (to === from) return from;
      if (await isFinite(to)) {
        dispose(from);
        return to;
      }
      dispose(to);
      for (let state = from; ;) {
        const next = step(state);
        if (!(await isFinite(next))) {
          const [before, after] = await Promise.all([state, next].map(({ values }) => numbersOf(values)));
          dispose(next);
          throw new SamplerStopped(new FieldDiverged(caller, energy, state.shape, { before, after, step: state.step }), state);
        }
        dispose(state);
        state = next;
      }
    },
  };
}
