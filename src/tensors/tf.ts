// TensorFlow.js, from one place: every room and every user sees the same module, banner silenced.
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';

tf.env().set('PROD', true);

export { tf };
