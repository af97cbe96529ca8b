// tfjs and its backends, and the lab's operations on tensors [nodes, components, chains].
import './cpu.js';
import './tensorflow.js';
import './wasm.js';
import './tensorDisplay.js';
export { tf } from './tf.js';
export {
  availableBackends,
  backendName,
  ready,
  setBackend,
  type BackendChoice,
  type BackendName,
  type BackendReport,
} from './backend.js';
export { gather, rowIndex, scatter, type RowIndex } from './rows.js';
export { total } from './axes.js';
