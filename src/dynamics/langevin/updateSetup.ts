// What every engine is given of a sampler whose step is an update (src/codegen/passes/step.ts).
import type { Tensor3D } from '@tensorflow/tfjs';
import type { Update } from '../../codegen/index.js';
import type { Expression } from '../../expression/index.js';
import type { Field } from '../../field/index.js';
import type { Place, Recipe } from '../makeSampler.js';

export interface UpdateSetup extends Pick<Recipe<Place>, 'caller' | 'name' | 'law' | 'temperature'> {
  readonly update: Update;
  /** The inputs of the update that stay. */
  readonly numbers: ReadonlyMap<Expression, number>;
  /** The factor of the noise. */
  amplitude(temperature: number): number;
  check(field: Field): void;
  /** The second field at the start; and for another field. */
  velocity?(place: Place, values: Float32Array): Float32Array;
  reloaded?(place: Place, velocity: Float32Array, from: Float32Array, to: Float32Array): Float32Array;
  /** What tensors have in the place of dH/dx; by default that. */
  readonly slope?: (values: Tensor3D, place: Pick<Place, 'key' | 'step'>) => Tensor3D;
}
