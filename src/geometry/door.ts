// Geometry: the curvature of edges, and lengths that flow by it.
export { formanRicci } from './formanRicci.js';
export { type LazyWalkOptions, ollivierRicci, type OllivierOptions } from './ollivierRicci.js';
export type { Decay } from './lazyWalk.js';
export { ricciFlow, type RicciFlow, type RicciFlowOptions } from './ricciFlow.js';
export type { Operation, Surgery } from './surgery.js';
export { flowCouplings } from './flowCouplings.js';
export { hodge, type Hodge } from './hodge.js';
