// The public surface of the lab: every room's public names.
export { Aborted, jupyterDisplay, type MimeBundle, RunFailed } from './display/index.js';
export * from './statistics/index.js';
export * from './random/index.js';
export * from './graph/index.js';
export * from './exact/index.js';
export * from './merkle/index.js';
export { Expression, gradient, latex, scalar, vector, type Operand } from './expression/index.js';
export {
  availableBackends,
  backendName,
  gather,
  ready,
  rowIndex,
  scatter,
  setBackend,
  tf,
  total,
  type BackendChoice,
  type BackendName,
  type BackendReport,
  type RowIndex,
} from './tensors/index.js';
export { setThreads, threadCount } from './runtime/index.js';
export * from './field/index.js';
export * from './energy/index.js';
export * from './dynamics/index.js';
export * from './measure/index.js';
export * from './geometry/index.js';
export * from './protocol/index.js';
export * from './ambient/index.js';
export * from './claims/index.js';
export * from './reference/index.js';
export * from './figures/index.js';
export * from './widgets/index.js';
