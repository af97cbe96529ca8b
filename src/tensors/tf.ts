// TensorFlow.js, from one place: every room and every user sees the same module, which `tools/tfjs` makes.
import * as tf from '#tfjs';

export { tf };
