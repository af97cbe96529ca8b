export type { Broadcast, DisplayContent, MimeBundle } from './broadcast.js';
export { Figure, figureJson, type FigureSpec, type Layout, type Trace } from './figure.js';
export { lineWithBand, type LineWithBand, type Series } from './lineWithBand.js';
export { overSeeds, type Band } from './overSeeds.js';
export type { Theory } from './points.js';
export { renderPng } from './renderPng.js';
export { renderSvg } from './renderSvg.js';
export type { Axis } from './theme.js';
