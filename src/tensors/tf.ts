// TensorFlow.js, from one place: every room and every user sees the same module, banner silenced.
// By `require`: for an ES import Node reads the sources of all its parts to find their names, which takes five times as long.
import tf = require('@tensorflow/tfjs');
import '@tensorflow/tfjs-backend-wasm';

tf.env().set('PROD', true);

export { tf };
