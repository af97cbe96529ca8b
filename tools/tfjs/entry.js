// What the lab takes of TensorFlow.js: the core with its gradients and chained methods, and the backends cpu and wasm.
import './quiet.js';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import '@tensorflow/tfjs-backend-cpu';
import './wasm.js';
import { getGlobalTensorClass } from '@tensorflow/tfjs-core/dist/tensor.js';

export * from '@tensorflow/tfjs-core';
/** Of the copy of tfjs that was loaded first: copies share one engine, which makes its tensors. */
export const Tensor = getGlobalTensorClass();
