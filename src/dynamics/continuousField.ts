// What samplers of whole fields on tensors share: which fields they move, and numbers as tensors.
import { keep, tensor3d, type Tensor3D } from '@tensorflow/tfjs';
import type { Field } from '../field/index.js';
import type { ValuesShape } from './sampler.js';

/** @throws TypeError for spins and labels */
export function requireContinuous(caller: string, { codomain }: Field): void {
  if (codomain === 'spin' || codomain === 'potts') throw new TypeError(`${caller}: moves continuous fields, got a ${codomain} field`);
}

/** A number that broadcasts over [nodes, components, chains]. */
export const numberTensor = (value: number): Tensor3D => tensor3d([value], [1, 1, 1]);

/** Values [nodes, components, chains] on the backend, until they are disposed of. */
export const kept = (values: ArrayLike<number>, shape: ValuesShape): Tensor3D => keep(tensor3d(Float32Array.from(values), [...shape]));
