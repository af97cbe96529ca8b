// The lab's own operations as tfjs sees them: a name, an implementation for each backend, a gradient. tfjs
// calls such implementations "kernels" and finds them by name and backend.
import type { GradFunc, KernelBackend, NamedAttrMap, Tensor, Tensor3D, TensorInfo } from '#tfjs';
import { tf } from './tf.js';

export type Operation = 'gather' | 'scatter' | 'total' | 'normals' | 'uniforms' | 'inPlace';

type Shape = readonly number[];

/** What every implementation and adjoint gets, beside the operation's own attributes. */
export interface Shapes {
  /** Shape of the input; empty if there is none. */
  readonly from: Shape;
  /** Shape of the output. */
  readonly to: Shape;
}

const tfjsName = (operation: Operation): string => `Emtd.${operation}`;

/**
 * Runs an operation on the current backend; tfjs records it for gradients.
 * @throws TypeError for an input that is not float32
 */
export function run<Result extends Tensor>(
  operation: Operation,
  input: Tensor | undefined,
  to: Shape,
  attributes: object = {},
): Result {
  if (input && input.dtype !== 'float32')
    throw new TypeError(`${operation}: needs a float32 tensor, got ${input.dtype}`);
  const all = { ...attributes, from: input?.shape ?? [], to } as unknown as NamedAttrMap;
  return tf.engine().runKernel(tfjsName(operation), input ? { input } : {}, all) as Result;
}

/** Registers the implementation of an operation on a backend. */
export function implement<Backend extends KernelBackend, Attributes>(
  backendName: string,
  operation: Operation,
  implementation: (backend: Backend, attributes: Attributes & Shapes, input: TensorInfo) => TensorInfo,
): void {
  tf.registerKernel({
    kernelName: tfjsName(operation),
    backendName,
    kernelFunc: ({ inputs, backend, attrs }) =>
      implementation(backend as Backend, attrs as unknown as Attributes & Shapes, inputs.input as TensorInfo),
  });
}

/** Registers the adjoint: the gradient of the input from the gradient of the output. */
export function differentiate<Attributes>(
  operation: Operation,
  adjoint: (gradient: Tensor3D, attributes: Attributes & Shapes) => Tensor,
): void {
  const gradFunc: GradFunc = (gradient, _saved, attributes) => ({
    input: () => adjoint(gradient as Tensor3D, attributes as unknown as Attributes & Shapes),
  });
  tf.registerGradient({ kernelName: tfjsName(operation), gradFunc });
}
